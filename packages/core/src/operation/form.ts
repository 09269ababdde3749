import type { Field } from '../schema/field.ts'
import { bodyField } from '../schema/fields.ts'
import { resolve } from '../1-parse/reference.ts'
import { validatorOf } from '../schema/validate.ts'
import { child, childrenOf, isObject, type Site } from '../text/site.ts'
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
  /** `''` for the whole body; of a body that is a list the part's number. */
  readonly property: string | number
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
  const styled = styledIn(encodings, field)
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
  site,
}: MediaType): (body: Uint8Array, contentType: string, problems: FormProblem[]) => unknown {
  const field = bodyField(schema)
  const item = itemSchema === undefined ? itemsOf(field) : bodyField(itemSchema)
  const encodings = encodingsIn(encoding)
  const styled = styledIn(encodings, field)
  const inOrder = positionsOf(site)
  return (body, contentType, problems) => {
    const parts = partsOf(body, contentType)
    if (typeof parts === 'string') {
      problems.push({ property: '', expected: 'a multipart body', got: parts })
      return undefined
    }
    if (isList(field) || itemSchema !== undefined)
      return parts.map((part, index) =>
        valueOfPart(
          part,
          inOrder.fields[index] ?? item,
          inOrder.encodings[index] ?? inOrder.rest,
          problems,
          0,
          index,
        ),
      )
    const found = new Map<string, unknown[]>()
    const texts: Pair[] = []
    for (const part of parts) {
      if (
        part.type === undefined &&
        part.filename === undefined &&
        styled.some(({ name }) => part.name === name || part.name.startsWith(`${name}[`))
      ) {
        texts.push({ name: part.name, raw: encodeURIComponent(decoder.decode(part.bytes)) })
        continue
      }
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
    const entries = [...found].map(([name, values]): readonly [string, unknown] => {
      const property = field.children().find((one) => one.name === name)
      return [name, values.length > 1 || (property && isList(property)) ? values : values[0]]
    })
    const written = texts.length === 0 ? [] : styled
    const read = written.flatMap(({ name, read: readText }): (readonly [string, unknown])[] => {
      const given = readText({ call: NO_CALL, query: texts, cookies: [] })
      return given.kind === 'value' ? [[name, given.value]] : []
    })
    return Object.fromEntries([...entries, ...read])
  }
}

interface Positions {
  readonly fields: readonly Field[]
  readonly encodings: readonly Encoding[]
  readonly rest: Encoding | undefined
}

/** What OpenAPI 3.2 says of parts by their place: `prefixItems` of the schema, `prefixEncoding` and `itemEncoding`. */
function positionsOf(media: Site): Positions {
  const schema = child(media, 'schema')
  const prefix = schema && child(resolve(schema), 'prefixItems')
  const before = child(media, 'prefixEncoding')
  const after = child(media, 'itemEncoding')
  return {
    fields: prefix === undefined ? [] : listed(prefix).map((one) => bodyField(one)),
    encodings: before === undefined ? [] : listed(before).map(encodingAt),
    rest: after && encodingAt(after),
  }
}

function listed(site: Site): readonly Site[] {
  return Array.isArray(site.value) ? [...childrenOf(site)] : []
}

interface Styled {
  readonly name: string
  readonly read: ReturnType<typeof readerOf>
}

/** The properties that are written by a style, as a query parameter is. */
function styledIn(encodings: ReadonlyMap<string, Encoding>, field: Field): readonly Styled[] {
  return [...encodings].flatMap(([name, one]) => {
    if (!isStyled(one.site)) return []
    const property = field.children().find((inner) => inner.name === name)
    return [{ name, read: readerOf(asParameter(name, one, property), new Set()) }]
  })
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
    const one = encodingAt(child(site, name)!)
    if (isObject(one.site.value)) found.set(name, one)
  }
  return found
}

function encodingAt(site: Site): Encoding {
  const one = resolve(site)
  const type = isObject(one.value) ? own(one.value, 'contentType') : undefined
  const types = typeof type === 'string' ? type.split(',').map((text) => text.trim()) : []
  return { types, site: one }
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

/** How a property of a form is written as a query parameter would be; `undefined` where its encoding says nothing of that. */
export function formStyle(
  encoding: Site | undefined,
  name: string,
): Pick<Parameter, 'style' | 'explode'> | undefined {
  const site = encoding && child(encoding, name)
  const stated = site && encodingAt(site)
  return stated !== undefined && isStyled(stated.site) ? styleOf(stated) : undefined
}

function styleOf({ site }: Encoding): Pick<Parameter, 'style' | 'explode'> {
  const value = isObject(site.value) ? site.value : {}
  const style = own(value, 'style')
  const explode = own(value, 'explode')
  const named = typeof style === 'string' ? style : 'form'
  return { style: named, explode: typeof explode === 'boolean' ? explode : named === 'form' }
}

function asParameter(name: string, encoding: Encoding, property: Field | undefined): Parameter {
  return {
    name,
    in: 'query',
    required: false,
    deprecated: false,
    schema: property?.written ?? property?.schema,
    ...styleOf(encoding),
    allowReserved: false,
    examples: [],
    site: encoding.site,
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
  name: string | number = part.name,
): unknown {
  const { bytes, filename } = part
  const given = part.type ?? (filename === undefined ? undefined : 'application/octet-stream')
  const allowed = encoding?.types ?? []
  if (
    part.type !== undefined &&
    allowed.length > 0 &&
    !allowed.some((one) => fits(one, part.type!))
  )
    problems.push({ property: name, expected: allowed.join(' or '), got: part.type.slice(0, 80) })
  for (const header of headersIn(encoding)) {
    const text = part.headers.get(header.name.toLowerCase())
    if (text !== undefined) {
      const read = header.read({ call: { ...NO_CALL, header: () => text }, query: [], cookies: [] })
      const wrong =
        read.kind === 'value' && header.schema !== undefined
          ? validatorOf(header.schema)(read.value, { direction: 'request', all: false })[0]
          : undefined
      const fault =
        read.kind === 'unreadable' ? read.expected : wrong && (wrong.expected ?? wrong.message)
      if (fault !== undefined)
        problems.push({
          property: name,
          expected: `a part whose header ${header.name} is ${fault}`,
          got: text.slice(0, 80),
        })
    } else if (header.required)
      problems.push({
        property: name,
        expected: `a part with the header ${header.name}`,
        got: 'none',
      })
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

/** The headers that the parts of a property may have, those of the type apart. Found once for each encoding. */
function headersIn(encoding: Encoding | undefined): readonly PartHeader[] {
  if (encoding === undefined) return NO_HEADERS
  let known = partHeaders.get(encoding)
  if (known === undefined) {
    const headers = child(encoding.site, 'headers')
    known =
      headers === undefined || !isObject(headers.value)
        ? NO_HEADERS
        : Object.keys(headers.value)
            .filter((name) => name.toLowerCase() !== 'content-type')
            .map((name) => headerOf(name, resolve(child(headers, name)!)))
    partHeaders.set(encoding, known)
  }
  return known
}

interface PartHeader {
  readonly name: string
  readonly required: boolean
  readonly schema: Site | undefined
  readonly read: ReturnType<typeof readerOf>
}

const NO_HEADERS: readonly PartHeader[] = []
const partHeaders = new WeakMap<Encoding, readonly PartHeader[]>()

function headerOf(name: string, site: Site): PartHeader {
  const value = isObject(site.value) ? site.value : {}
  const schema = child(site, 'schema')
  const parameter: Parameter = {
    name,
    in: 'header',
    required: false,
    deprecated: false,
    schema,
    style: 'simple',
    explode: own(value, 'explode') === true,
    allowReserved: false,
    examples: [],
    site,
  }
  return {
    name,
    required: own(value, 'required') === true,
    schema,
    read: readerOf(parameter, new Set()),
  }
}
