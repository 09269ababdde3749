import { bodyField } from '../schema/fields.ts'
import type { Field } from '../schema/field.ts'
import { isObject } from '../text/site.ts'
import { cookiesOf, decoded, decodedPlus, pairsOf } from './call.ts'
import type { Call, Pair } from './call.ts'
import { isJsonType } from './operation.ts'
import type { Parameter } from './operation.ts'

/** What a request says for one parameter. */
export type Given =
  | { readonly kind: 'absent' }
  | { readonly kind: 'value'; readonly value: unknown }
  /** The name stands there with no value, and the contract allows that (`allowEmptyValue`). */
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly expected: string; readonly got: string }

/** A request taken apart once, for all parameters of an operation. */
export interface Wire {
  readonly call: Call
  readonly query: readonly Pair[]
  readonly cookies: readonly Pair[]
}

export function wireOf(call: Call): Wire {
  return { call, query: pairsOf(call.query), cookies: cookiesOf(call.header('cookie')) }
}

/**
 * Reads one parameter from a request, by its `style` and `explode` (OpenAPI 3.2, "Style Values"; the collection
 * formats of 2.0 are styles too). Text becomes a number, a boolean or null where the schema asks for one and the text
 * is one, as a server would do; else it stays text, and the schema says what is wrong. `others` are the names of the
 * operation's other query parameters, which an exploded object does not swallow.
 */
export function readerOf(parameter: Parameter, others: ReadonlySet<string>): (wire: Wire) => Given {
  const { name, content, schema } = parameter
  if (content !== undefined) return readerOfContent(parameter)
  const field = bodyField(schema)
  const shape = shapeOf(field)
  const style = styleOf(parameter)
  const delimiter = DELIMITERS[style] ?? ','
  const emptyAllowed =
    isObject(parameter.site.value) && parameter.site.value['allowEmptyValue'] === true

  switch (parameter.in) {
    case 'path':
      return ({ call }) => {
        const raw = call.pathParameters.get(name)
        if (raw === undefined) return ABSENT
        return (
          unprefixed(raw, name, style, parameter.explode && shape === 'object') ??
          given(inPath(raw, name, style, parameter.explode, shape, field))
        )
      }
    case 'header':
      return ({ call }) => {
        const text = call.header(name.toLowerCase())
        return text === undefined
          ? ABSENT
          : given(delimited(text, delimiter, parameter.explode, shape, field, trimmed))
      }
    case 'cookie':
      // A plus is a space in queries only; the style `cookie` (OpenAPI 3.2) has no escapes at all.
      return ({ cookies }) => fromPairs(cookies, style === 'cookie' ? asItStands : decoded)
    case 'query':
      return ({ query }) => fromPairs(query, decodedPlus)
    case 'querystring':
      return ({ query }) => given(objectOf(query, field))
    default: // a GraphQL argument stands in the query document, not on the wire
      return () => ABSENT
  }

  function fromPairs(pairs: readonly Pair[], decode: (raw: string) => string): Given {
    if (pairs.length === 0) return ABSENT
    if (style === 'deepObject') {
      const found = deepObject(pairs, name, field)
      const bare = found.kind === 'absent' && pairs.find((pair) => pair.name === name)
      return bare === undefined || bare === false
        ? found
        : { kind: 'unreadable', expected: `${name}[property]=value`, got: `${name}=${bare.raw}` }
    }
    if (shape === 'object' && parameter.explode && !pairs.some((pair) => pair.name === name)) {
      const known = new Set(field.children().map((one) => one.name))
      const open = known.has('{}') || known.size === 0
      const own = pairs.filter((pair) => known.has(pair.name) || (open && !others.has(pair.name)))
      return own.length === 0 ? ABSENT : given(objectOf(own, field))
    }
    const own = pairs.filter((pair) => pair.name === name)
    if (own.length === 0) return ABSENT
    if (emptyAllowed && own.every((pair) => pair.raw === '')) return { kind: 'empty' }
    if (shape === 'array' || own.length > 1) {
      const items = itemOf(field)
      if (own.length > 1 || parameter.explode)
        return given(own.map(({ raw }) => itemIn(decode(raw), items)))
      return given(delimited(own[0]!.raw, delimiter, false, 'array', field, decode))
    }
    const { raw } = own[0]!
    if (shape === 'object') return given(delimited(raw, delimiter, false, 'object', field, decode))
    return given(coerced(decode(raw), field))
  }
}

/** Text as the value that the field's types ask for, where it is one. */
export function coerced(text: string, field: Field | undefined): unknown {
  const types = field?.types ?? []
  if ((types.includes('number') || types.includes('integer')) && NUMBER.test(text))
    return Number(text)
  if (types.includes('boolean')) {
    if (text === 'true') return true
    if (text === 'false') return false
  }
  if (field?.nullable === true && !types.includes('string') && (text === '' || text === 'null'))
    return null
  return text
}

/** An object from `name=value` pairs: repeated names and list types become lists, `a[b]=c` goes deep. */
export function objectOf(pairs: readonly Pair[], field: Field): Readonly<Record<string, unknown>> {
  const root = new Map<string, string[]>()
  const deep = new Set<string>()
  for (const { name, raw } of pairs) {
    const open = name.indexOf('[')
    if (open > 0 && name.endsWith(']') && childNamed(field, name) === undefined)
      deep.add(name.slice(0, open))
    else {
      const known = root.get(name)
      if (known === undefined) root.set(name, [raw])
      else known.push(raw)
    }
  }
  const entries: [string, unknown][] = []
  for (const [name, raws] of root) {
    const inner = childNamed(field, name)
    const list = raws.length > 1 || (inner !== undefined && shapeOf(inner) === 'array')
    const item = list && inner !== undefined ? itemOf(inner) : inner
    const values = raws.map((raw) => coerced(decodedPlus(raw), item))
    entries.push([name, list ? values : values[0]])
  }
  for (const name of deep) {
    const found = deepObject(pairs, name, childNamed(field, name) ?? bodyField(undefined))
    if (found.kind === 'value') entries.push([name, found.value])
  }
  return Object.fromEntries(entries)
}

const ABSENT: Given = { kind: 'absent' }
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const DELIMITERS: Readonly<Record<string, string>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
}
/** Brackets in `a[b][c]`, and items of one list: more is refused silently, a server would answer 400 as well. */
const MOST_DEPTH = 10

function given(value: unknown): Given {
  return { kind: 'value', value }
}

function styleOf({ style, in: place }: Parameter): string {
  if (style !== '') return style
  return place === 'query' || place === 'cookie' ? 'form' : 'simple'
}

function shapeOf(field: Field): 'array' | 'object' | 'text' {
  const { types } = field
  const plain = types.some((type) => type !== 'array' && type !== 'object')
  if (plain || types.length === 0) return 'text'
  return types.includes('array') ? 'array' : 'object'
}

function itemOf(field: Field): Field | undefined {
  return field.children().find((one) => one.name === '[]')
}

function childNamed(field: Field, name: string): Field | undefined {
  const children = field.children()
  return children.find((one) => one.name === name) ?? children.find((one) => one.name === '{}')
}

function readerOfContent({ name, in: place, content, schema }: Parameter): (wire: Wire) => Given {
  const type = content?.type ?? ''
  return ({ call, query, cookies }) => {
    const text = textOf()
    if (text === undefined) return ABSENT
    if (/urlencoded/i.test(type))
      return given(objectOf(pairsOf(text), bodyField(content?.schema ?? schema)))
    if (!isJsonType(type)) return given(decodedPlus(text))
    const json = place === 'header' ? text : place === 'path' ? decoded(text) : decodedPlus(text)
    try {
      return given(JSON.parse(json) as unknown)
    } catch {
      return { kind: 'unreadable', expected: 'JSON', got: json.slice(0, 80) }
    }

    function textOf(): string | undefined {
      switch (place) {
        case 'path':
          return call.pathParameters.get(name)
        case 'header':
          return call.header(name.toLowerCase())
        case 'cookie':
          return cookies.find((pair) => pair.name === name)?.raw
        case 'querystring':
          return call.query === '' ? undefined : call.query
        case 'query':
          return query.find((pair) => pair.name === name)?.raw
        default:
          return undefined
      }
    }
  }
}

function inPath(
  raw: string,
  name: string,
  style: string,
  explode: boolean,
  shape: Shape,
  field: Field,
): unknown {
  if (style === 'label') {
    const text = raw.startsWith('.') ? raw.slice(1) : raw
    return delimited(text, explode ? '.' : ',', explode, shape, field, decoded)
  }
  if (style === 'matrix') {
    const text = raw.startsWith(';') ? raw.slice(1) : raw
    const prefix = `${name}=`
    if (shape === 'object' && explode) return delimited(text, ';', true, shape, field, decoded)
    if (shape === 'array' && explode) {
      const items = text
        .split(';')
        .map((one) => (one.startsWith(prefix) ? one.slice(prefix.length) : one))
      return items.map((one) => coerced(decoded(one), itemOf(field)))
    }
    const own = text.startsWith(prefix) ? text.slice(prefix.length) : text === name ? '' : text
    return delimited(own, ',', false, shape, field, decoded)
  }
  return delimited(raw, DELIMITERS[style] ?? ',', explode, shape, field, decoded)
}

/** What is wrong with a path parameter that lacks what its style begins with: `.5`, `;id=5`. */
function unprefixed(
  raw: string,
  name: string,
  style: string,
  isSpread: boolean,
): Given | undefined {
  const fits =
    style === 'label'
      ? raw.startsWith('.')
      : style !== 'matrix' ||
        (raw.startsWith(';') && (isSpread || decoded(/^;([^=;]*)/.exec(raw)?.[1] ?? '') === name))
  if (fits) return undefined
  const expected = style === 'label' ? '.value' : isSpread ? ';property=value' : `;${name}=value`
  return { kind: 'unreadable', expected, got: raw.slice(0, 80) }
}

type Shape = ReturnType<typeof shapeOf>

/** `a,b,c` as a list; `k,v,k,v` (or `k=v,k=v` when exploded) as an object. */
function delimited(
  raw: string,
  delimiter: string,
  explode: boolean,
  shape: Shape,
  field: Field,
  decode: (raw: string) => string,
): unknown {
  if (shape === 'text') return coerced(decode(raw), field)
  // Clients that encode a whole value encode the delimiter with it; split what is left then.
  const parts = raw.includes(delimiter)
    ? raw.split(delimiter).map(decode)
    : decode(raw).split(delimiter)
  if (shape === 'array') {
    const items = itemOf(field)
    return raw === '' ? [] : parts.map((part) => itemIn(part, items))
  }
  const entries: [string, unknown][] = []
  if (explode) {
    for (const part of parts) {
      const equals = part.indexOf('=')
      if (equals === -1) continue
      const key = part.slice(0, equals)
      entries.push([key, coerced(part.slice(equals + 1), childNamed(field, key))])
    }
  } else {
    for (let index = 0; index + 1 < parts.length; index += 2) {
      const key = parts[index]!
      entries.push([key, coerced(parts[index + 1]!, childNamed(field, key))])
    }
  }
  return Object.fromEntries(entries)
}

/** One item of a list; Swagger 2.0 has lists inside lists, each with its own delimiter. */
function itemIn(text: string, field: Field | undefined): unknown {
  if (field === undefined || shapeOf(field) !== 'array') return coerced(text, field)
  const value = field.schema?.value
  const format = isObject(value) ? String(value['collectionFormat']) : ''
  const delimiter = Object.hasOwn(COLLECTIONS, format) ? COLLECTIONS[format]! : ','
  return delimited(text, delimiter, false, 'array', field, asItStands)
}

const COLLECTIONS: Readonly<Record<string, string>> = { ssv: ' ', tsv: '\t', pipes: '|' }

function trimmed(text: string): string {
  return text.trim()
}

function asItStands(text: string): string {
  return text
}

/** `filter[price][max]=9`: objects as deep as the brackets; `[]`, numbers and repeated names make lists. */
function deepObject(pairs: readonly Pair[], name: string, field: Field): Given {
  const own = pairs.filter((pair) => pair.name.startsWith(`${name}[`) && pair.name.endsWith(']'))
  if (own.length === 0) return ABSENT
  const root: Branch = new Map()
  for (const { name: full, raw } of own) {
    const keys = full.slice(name.length + 1, -1).split('][')
    if (keys.length > MOST_DEPTH) continue
    let here = root
    for (const key of keys.slice(0, -1)) {
      let next = here.get(key)
      if (!(next instanceof Map)) here.set(key, (next = new Map()))
      here = next
    }
    const last = keys.at(-1) ?? ''
    const before = here.get(last)
    if (Array.isArray(before)) before.push(raw)
    else if (before === undefined) here.set(last, [raw])
  }
  return given(valueOf(root, field))
}

type Branch = Map<string, Branch | string[]>

function valueOf(branch: Branch, field: Field | undefined): unknown {
  const list = field !== undefined && shapeOf(field) === 'array'
  if (list || (branch.size === 1 && branch.has(''))) {
    const item = field && itemOf(field)
    return [...branch.values()].flatMap((one) =>
      Array.isArray(one) ? one.map((raw) => coerced(decodedPlus(raw), item)) : [valueOf(one, item)],
    )
  }
  return Object.fromEntries(
    [...branch].map(([key, one]) => {
      const inner = field && childNamed(field, key)
      if (!Array.isArray(one)) return [key, valueOf(one, inner)]
      const list = one.length > 1 || (inner !== undefined && shapeOf(inner) === 'array')
      const item = list && inner !== undefined ? itemOf(inner) : inner
      const values = one.map((raw) => coerced(decodedPlus(raw), item))
      return [key, list ? values : values[0]]
    }),
  )
}
