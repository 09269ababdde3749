import type { Field } from '../schema/field.ts'
import { bodyField } from '../schema/fields.ts'
import { resolve } from '../1-parse/reference.ts'
import { child, isObject, type Site } from '../text/site.ts'
import { decodedPlus, pairsOf } from './call.ts'
import type { Pair } from './call.ts'
import { isJsonType } from './operation.ts'
import type { MediaType, Parameter } from './operation.ts'
import { partsOf, type Part } from './multipart.ts'
import { coerced, objectOf, readerOf } from './parameters.ts'
import { valueOfXml } from './xml-value.ts'
import { xmlElement } from './xml-element.ts'
import { isList, itemsOf } from './xml-object.ts'

/** What is wrong with one property of a form, before its schema is asked. */
export interface FormProblem {
  /** `''` for the whole body. */
  readonly property: string
  readonly expected: string
  readonly got: string
}

type ReadForm<Sent> = (sent: Sent, problems: FormProblem[]) => unknown

/**
 * Reads urlencoded forms by their `encoding`: a property is serialised by a style, by JSON or XML, or as plain text.
 * An object with no encoding is taken as `a[b]=c` and as JSON text: clients send both.
 */
export function urlencodedReader({ schema, encoding }: MediaType): ReadForm<string> {
  const field = bodyField(schema)
  const encodings = encodingsIn(encoding)
  const styled = [...encodings].flatMap(([name, one]) => {
    const property = field.children().find((inner) => inner.name === name)
    if (!isStyled(one.site)) return []
    return [{ name, read: readerOf(asParameter(name, one, property), new Set()) }]
  })
  return (text, problems) => {
    const pairs = pairsOf(text)
    const isTaken = ({ name }: Pair): boolean =>
      styled.some((one) => one.name === name || name.startsWith(`${one.name}[`))
    const rest = styled.length === 0 ? pairs : pairs.filter((one) => !isTaken(one))
    const value = new Map(Object.entries(objectOf(rest, field)))
    for (const { name, read } of styled) {
      const given = read({ call: NO_CALL, query: pairs, cookies: [] })
      if (given.kind === 'value') value.set(name, given.value)
    }
    for (const property of field.children()) {
      const { name } = property
      const raw = rest.filter((one) => one.name === name)
      if (raw.length !== 1) continue
      const text = decodedPlus(raw[0]!.raw)
      const type = encodings.get(name)?.types[0]
      const isData = property.types.includes('object') || property.types.includes('array')
      if (type === undefined && !(isData && /^\s*[{[]/.test(text))) continue
      const read = textAs(type ?? 'application/json', text, property)
      if (read.kind === 'value') value.set(name, read.value)
      else if (type !== undefined)
        problems.push({ property: name, expected: read.expected, got: text.slice(0, 80) })
    }
    return Object.fromEntries(value)
  }
}

/**
 * Reads multipart bodies: `multipart/form-data` as an object with a property for each name, any other multipart as a list.
 * A part is what its own content type says, which must be one that `encoding` allows.
 */
export function multipartReader({
  schema,
  encoding,
  itemSchema,
}: MediaType): (body: Uint8Array, contentType: string, problems: FormProblem[]) => unknown {
  const field = bodyField(schema)
  const item = itemSchema === undefined ? itemsOf(field) : bodyField(itemSchema)
  const encodings = encodingsIn(encoding)
  return (body, contentType, problems) => {
    const parts = partsOf(body, contentType)
    if (typeof parts === 'string') {
      problems.push({ property: '', expected: 'a multipart body', got: parts })
      return undefined
    }
    if (isList(field) || itemSchema !== undefined)
      return parts.map((part) => valueOfPart(part, item, undefined, problems, 0))
    const found = new Map<string, unknown[]>()
    for (const part of parts) {
      const property =
        field.children().find((one) => one.name === part.name) ??
        field.children().find((one) => one.name === '{}')
      const own = property !== undefined && isList(property) ? itemsOf(property) : property
      const isWhole = own !== property && isJsonType(part.type ?? '')
      const value = valueOfPart(
        part,
        isWhole ? property : own,
        encodings.get(part.name),
        problems,
        0,
      )
      const before = found.get(part.name)
      if (isWhole && Array.isArray(value)) found.set(part.name, [...(before ?? []), ...value])
      else if (before === undefined) found.set(part.name, [value])
      else before.push(value)
    }
    return Object.fromEntries(
      [...found].map(([name, values]) => {
        const property = field.children().find((one) => one.name === name)
        return [name, values.length > 1 || (property && isList(property)) ? values : values[0]]
      }),
    )
  }
}

interface Encoding {
  /** Media types and ranges of `contentType`; none where it is not stated. */
  readonly types: readonly string[]
  readonly site: Site
}

function encodingsIn(site: Site | undefined): ReadonlyMap<string, Encoding> {
  const found = new Map<string, Encoding>()
  if (site === undefined || !isObject(site.value)) return found
  for (const name of Object.keys(site.value)) {
    const one = resolve(child(site, name)!)
    if (!isObject(one.value)) continue
    const type = own(one.value, 'contentType')
    const types = typeof type === 'string' ? type.split(',').map((text) => text.trim()) : []
    found.set(name, { types, site: one })
  }
  return found
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function isStyled({ value }: Site): boolean {
  return (
    isObject(value) &&
    ['style', 'explode', 'allowReserved'].some((key) => Object.hasOwn(value, key))
  )
}

function asParameter(name: string, { site }: Encoding, property: Field | undefined): Parameter {
  const value = isObject(site.value) ? site.value : {}
  const style = own(value, 'style')
  const explode = own(value, 'explode')
  const named = typeof style === 'string' ? style : 'form'
  return {
    name,
    in: 'query',
    required: false,
    deprecated: false,
    schema: property?.written ?? property?.schema,
    style: named,
    explode: typeof explode === 'boolean' ? explode : named === 'form',
    allowReserved: false,
    examples: [],
    site,
  }
}

const NO_CALL = {
  method: 'POST',
  pathParameters: new Map<string, string>(),
  query: '',
  header: () => undefined,
}

type ReadText =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'wrong'; readonly expected: string }

function textAs(type: string, text: string, field: Field | undefined): ReadText {
  if (isJsonType(type)) {
    try {
      return { kind: 'value', value: JSON.parse(text) as unknown }
    } catch {
      return { kind: 'wrong', expected: 'JSON' }
    }
  }
  if (isXmlType(type)) {
    const root = xmlElement(text)
    return 'problem' in root
      ? { kind: 'wrong', expected: `XML: ${root.problem}` }
      : { kind: 'value', value: valueOfXml(root, field ?? bodyField(undefined)) }
  }
  return { kind: 'value', value: coerced(text, field) }
}

export function isXmlType(type: string): boolean {
  return /^[^;]*[/+]xml\s*(;|$)/i.test(type)
}

function valueOfPart(
  part: Part,
  field: Field | undefined,
  encoding: Encoding | undefined,
  problems: FormProblem[],
  depth: number,
): unknown {
  const { name, bytes, filename } = part
  const given = part.type ?? (filename === undefined ? undefined : 'application/octet-stream')
  const allowed = encoding?.types ?? []
  if (
    part.type !== undefined &&
    allowed.length > 0 &&
    !allowed.some((one) => fits(one, part.type!))
  )
    problems.push({ property: name, expected: allowed.join(' or '), got: part.type.slice(0, 80) })
  for (const header of requiredHeaders(encoding)) {
    if (!part.headers.has(header.toLowerCase()))
      problems.push({ property: name, expected: `a part with the header ${header}`, got: 'none' })
  }
  if (/^multipart\//i.test(given ?? '') && depth < DEEPEST) {
    const inner = partsOf(bytes, given!)
    if (typeof inner === 'string') {
      problems.push({ property: name, expected: 'a multipart body', got: inner })
      return undefined
    }
    const items = field === undefined ? undefined : itemsOf(field)
    if (field === undefined || isList(field))
      return inner.map((one) => valueOfPart(one, items, undefined, problems, depth + 1))
    return Object.fromEntries(
      inner.map((one) => {
        const property = field.children().find((child) => child.name === one.name)
        return [one.name, valueOfPart(one, property, undefined, problems, depth + 1)]
      }),
    )
  }
  // What says nothing of itself is what the contract says: its encoding, else JSON for objects, else text.
  const type =
    given ??
    allowed.find((one) => !one.includes('*')) ??
    (field?.types.includes('object') === true && !field.types.includes('string')
      ? 'application/json'
      : 'text/plain')
  if (isJsonType(type) || isXmlType(type)) {
    const text = decoder.decode(bytes)
    const read = textAs(type, text, field)
    if (read.kind === 'value') return read.value
    problems.push({ property: name, expected: read.expected, got: text.slice(0, 80) })
    return undefined
  }
  // Each byte a character, so that lengths are those of the file.
  if (filename !== undefined || !type.startsWith('text/')) return octets.decode(bytes)
  return coerced(decoder.decode(bytes), field)
}

/** Parts inside parts. */
const DEEPEST = 5
const decoder = new TextDecoder()
const octets = new TextDecoder('latin1')

/** `image/*` takes `image/png`; parameters of what was sent do not count unless they were asked for. */
function fits(wanted: string, given: string): boolean {
  const [type = ''] = given.toLowerCase().split(';')
  const bare = type.trim()
  const range = wanted.toLowerCase()
  if (range === '*/*' || range === '*') return true
  return range.endsWith('/*')
    ? bare.startsWith(range.slice(0, -1))
    : range === bare || range === given.toLowerCase() || range.split(';')[0]!.trim() === bare
}

function requiredHeaders(encoding: Encoding | undefined): readonly string[] {
  const headers = encoding && child(encoding.site, 'headers')
  if (headers === undefined || !isObject(headers.value)) return []
  return Object.keys(headers.value).filter((name) => {
    const { value } = resolve(child(headers, name)!)
    return (
      name.toLowerCase() !== 'content-type' && isObject(value) && own(value, 'required') === true
    )
  })
}
