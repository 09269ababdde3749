import { bodyField } from '../schema/fields.ts'
import { isObject, type Site } from '../text/site.ts'
import type { Call } from './call.ts'
import { formStyle, isXmlType } from './form.ts'
import { isJsonType, type MediaType, type Operation, type Parameter } from './operation.ts'
import { isSequential, sequenceText } from './sequence.ts'
import { xmlTextOf } from './xml-text.ts'

/** What a request says, before it is written down. */
export interface SaidRequest {
  /** By `in` and name, as `ReadRequest.parameters` has them: `query.page`. A name without a value is not sent. */
  readonly parameters: ReadonlyMap<string, unknown>
  readonly body?: { readonly content: MediaType; readonly value: unknown }
  /** Headers beyond those of the contract. */
  readonly headers?: Readonly<Record<string, string>>
}

/** A request as it goes over the wire. */
export interface WrittenRequest {
  readonly method: string
  /** `/orders/CM-2041`, below the server's base path. */
  readonly path: string
  /** Without the `?`. */
  readonly query: string
  /** In order; a name may stand more than once. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array | undefined
  /** Each path parameter as it stands in the path. */
  readonly pathParameters: ReadonlyMap<string, string>
}

/** Why something cannot be said over HTTP at all. */
export interface Unsayable {
  readonly unsayable: string
}

/**
 * Writes a request down by the contract's styles (OpenAPI 3.2, "Style Values") and media types: what `requestOf` reads.
 * Not everything survives the way: `null` and a list that is empty look like nothing in a query. Read it again to see what a
 * server sees.
 */
export function writtenRequest(
  operation: Operation,
  said: SaidRequest,
): WrittenRequest | Unsayable {
  const query: string[] = []
  const cookies: string[] = []
  const headers: [string, string][] = []
  const inPath = new Map<string, string>()
  for (const parameter of operation.parameters()) {
    const key = `${parameter.in === 'querystring' ? 'query' : parameter.in}.${parameter.name}`
    if (!said.parameters.has(key)) continue
    const value = said.parameters.get(key)
    switch (parameter.in) {
      case 'path': {
        const text = pathText(parameter, value)
        // Clients and servers drop these before anybody can look at them.
        if (text === '' || text === '.' || text === '..')
          return { unsayable: `the path parameter ${parameter.name} would be \`${text}\`` }
        inPath.set(parameter.name, text)
        break
      }
      case 'query':
        query.push(...pairsOf(parameter, value, escaped))
        break
      case 'querystring':
        query.push(queryStringOf(parameter, value))
        break
      case 'header': {
        const text = headerText(parameter, value)
        if (!isHeaderValue(text))
          return { unsayable: `the header ${parameter.name} cannot hold its value` }
        headers.push([parameter.name, text])
        break
      }
      case 'cookie':
        if (parameter.style !== 'cookie') cookies.push(...pairsOf(parameter, value, escaped))
        else {
          const pairs = pairsOf(parameter, value, (text) => text)
          if (pairs.some((one) => !/^[!#-+\--:<-[\]-~]*$/.test(one)))
            return { unsayable: `the cookie ${parameter.name} cannot hold its value` }
          cookies.push(...pairs)
        }
        break
      case 'argument': // stands in the query document
    }
  }
  const missing = /\{([^{}]+)\}/g
  let unfilled = ''
  const path = operation.path.replace(missing, (whole, name: string) => {
    const text = inPath.get(name)
    if (text === undefined) unfilled = name
    return text ?? whole
  })
  if (unfilled !== '') return { unsayable: `the path parameter ${unfilled} has no value` }
  if (cookies.length > 0) headers.push(['cookie', cookies.join('; ')])
  for (const [name, value] of Object.entries(said.headers ?? {})) {
    if (!isHeaderValue(value)) return { unsayable: `the header ${name} cannot hold its value` }
    headers.push([name, value])
  }
  const body = said.body && writtenBody(said.body.content, said.body.value)
  if (body !== undefined) headers.push(['content-type', body.type])
  return {
    method: operation.protocol === 'graphql' ? 'POST' : operation.method,
    path,
    query: query.filter((one) => one !== '').join('&'),
    headers,
    body: body?.bytes,
    pathParameters: inPath,
  }
}

/** The same request as a server's router hands it on. */
export function callOf({ method, query, headers, body, pathParameters }: WrittenRequest): Call {
  const byName = new Map<string, string>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const before = byName.get(key)
    byName.set(key, before === undefined ? value.trim() : `${before}, ${value.trim()}`)
  }
  return { method, pathParameters, query, header: (name) => byName.get(name), body }
}

/** RFC 9110, 5.5: visible characters, blanks between them, and what lies beyond ASCII as single bytes. */
function isHeaderValue(text: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(text)
}

function pathText({ name, style, explode, content }: Parameter, value: unknown): string {
  if (content !== undefined) return escaped(json(value))
  const joined = (separator: string, pair: string): string =>
    Array.isArray(value)
      ? value.map((one) => escaped(plain(one))).join(separator)
      : isObject(value)
        ? entriesOf(value)
            .map(([key, one]) => `${escaped(key)}${pair}${escaped(plain(one))}`)
            .join(separator)
        : escaped(plain(value))
  if (style === 'label') return `.${explode ? joined('.', '=') : joined(',', ',')}`
  if (style === 'matrix') {
    if (Array.isArray(value) && explode)
      return value.map((one) => `;${escaped(name)}=${escaped(plain(one))}`).join('')
    if (isObject(value) && explode) return `;${joined(';', '=')}`
    return `;${escaped(name)}=${joined(',', ',')}`
  }
  return joined(',', explode ? '=' : ',')
}

const delimiters: Readonly<Record<string, string>> = {
  spaceDelimited: '%20',
  pipeDelimited: '%7C',
  tabDelimited: '%09',
}

/** `name=value` pairs of a query, a cookie or a form, by style. */
function pairsOf(
  { name, style, explode, content }: Pick<Parameter, 'name' | 'style' | 'explode' | 'content'>,
  value: unknown,
  escape: (text: string) => string,
): readonly string[] {
  const key = escape(name)
  if (content !== undefined) return [`${key}=${escape(json(value))}`]
  if (Array.isArray(value)) {
    const items = value.map((one) => escape(plain(one)))
    return explode
      ? items.map((one) => `${key}=${one}`)
      : [`${key}=${items.join(delimiters[style] ?? ',')}`]
  }
  if (!isObject(value)) return [`${key}=${escape(plain(value))}`]
  if (style === 'deepObject') return deepPairs(name, value, escape, 0)
  const entries = entriesOf(value).map(
    ([inner, one]) => [escape(inner), escape(plain(one))] as const,
  )
  if (explode) return entries.map(([inner, one]) => `${inner}=${one}`)
  return [`${key}=${entries.flat().join(delimiters[style] ?? ',')}`]
}

function delimiterOf(style: string): string {
  return decodeURIComponent(delimiters[style] ?? ',')
}

/** `filter[price][max]=9`; lists repeat their name. */
function deepPairs(
  name: string,
  value: Readonly<Record<string, unknown>>,
  escape: (text: string) => string,
  depth: number,
): readonly string[] {
  return entriesOf(value).flatMap(([key, inner]) => {
    const full = `${name}[${key}]`
    if (Array.isArray(inner)) return inner.map((one) => `${escape(full)}=${escape(plain(one))}`)
    if (isObject(inner) && depth < 8) return deepPairs(full, inner, escape, depth + 1)
    return [`${escape(full)}=${escape(plain(inner))}`]
  })
}

function headerText({ explode, content }: Parameter, value: unknown): string {
  if (content !== undefined) return json(value)
  if (Array.isArray(value)) return value.map(plain).join(',')
  if (isObject(value))
    return entriesOf(value)
      .map(([key, one]) => `${key}${explode ? '=' : ','}${plain(one)}`)
      .join(',')
  return plain(value)
}

/** OpenAPI 3.2: `in: querystring`, the whole query by one media type. */
function queryStringOf({ content }: Parameter, value: unknown): string {
  if (content !== undefined && isJsonType(content.type)) return escaped(json(value))
  return isObject(value) ? formText(value) : escaped(plain(value))
}

interface WrittenBody {
  readonly type: string
  readonly bytes: Uint8Array
}

function writtenBody(content: MediaType, value: unknown): WrittenBody {
  const type = content.type.includes('*') ? concreteType(content.type, value) : content.type
  if (value instanceof Uint8Array) return { type, bytes: value }
  if (isJsonType(type)) return { type, bytes: encoder.encode(json(value)) }
  if (/^application\/x-www-form-urlencoded/i.test(type))
    return {
      type,
      bytes: encoder.encode(isObject(value) ? formText(value, content.encoding) : plain(value)),
    }
  if (/^multipart\//i.test(type)) return multipartBody(type, content, value)
  if (isXmlType(type))
    return { type, bytes: encoder.encode(xmlTextOf(value, bodyField(content.schema))) }
  if (isSequential(type) && Array.isArray(value))
    return { type, bytes: encoder.encode(sequenceText(value, type)) }
  if (/^text\//i.test(type)) return { type, bytes: encoder.encode(plain(value)) }
  // Each character a byte, as the reader has it.
  return { type, bytes: Uint8Array.from(plain(value), (one) => one.charCodeAt(0) & 0xff) }
}

function concreteType(range: string, value: unknown): string {
  if (typeof value === 'string' && /^text\//i.test(range)) return 'text/plain'
  return /^(\*\/\*|\*|application\/\*)/.test(range) && typeof value !== 'string'
    ? 'application/json'
    : 'application/octet-stream'
}

/** By their encoding; else lists repeat their name, objects are JSON: what every server reads without being told. */
function formText(value: Readonly<Record<string, unknown>>, encoding?: Site): string {
  return entriesOf(value)
    .flatMap(([name, one]) => {
      const style = formStyle(encoding, name)
      if (style !== undefined) return pairsOf({ name, ...style }, one, escaped)
      return Array.isArray(one)
        ? one.map((item) => `${escaped(name)}=${escaped(plain(item))}`)
        : [`${escaped(name)}=${escaped(plain(one))}`]
    })
    .join('&')
}

/** RFC 7578. The boundary is made from the parts, so that the same body is always the same bytes. */
function multipartBody(type: string, { schema, encoding }: MediaType, value: unknown): WrittenBody {
  const fields = new Map(
    bodyField(schema)
      .children()
      .map((one) => [one.name, one]),
  )
  const parts = (isObject(value) ? entriesOf(value) : []).flatMap(([name, one]) =>
    (Array.isArray(one) && formStyle(encoding, name)?.explode !== false ? one : [one]).map(
      (item: unknown) => {
        const disposition = `content-disposition: form-data; name="${name.replaceAll('"', '%22')}"`
        const style = Array.isArray(item) ? formStyle(encoding, name) : undefined
        if (style !== undefined && Array.isArray(item))
          return `${disposition}\r\n\r\n${item.map(plain).join(delimiterOf(style.style))}`
        if (isObject(item) || Array.isArray(item))
          return `${disposition}\r\ncontent-type: application/json\r\n\r\n${json(item)}`
        const isFile = /^(binary|byte)$/.test(fields.get(name)?.format ?? '')
        return isFile
          ? `${disposition}; filename="${name.replaceAll(/\W/g, '-')}"\r\ncontent-type: application/octet-stream\r\n\r\n${plain(item)}`
          : `${disposition}\r\n\r\n${plain(item)}`
      },
    ),
  )
  let boundary = 'throughline'
  while (parts.some((part) => part.includes(`--${boundary}`))) boundary += '-'
  const text = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')
  return {
    type: `${type.split(';')[0]!.trim()}; boundary=${boundary}`,
    bytes: encoder.encode(`${text}--${boundary}--\r\n`),
  }
}

const encoder = new TextEncoder()

function entriesOf(value: Readonly<Record<string, unknown>>): readonly [string, unknown][] {
  return Object.entries(value).filter(([, one]) => one !== undefined)
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** A value as text: data inside data as JSON. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : json(value)
}

function json(value: unknown): string {
  return JSON.stringify(value ?? null)
}
