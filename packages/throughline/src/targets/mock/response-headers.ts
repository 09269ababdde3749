import { validatorOf } from '@throughline/core'
import type { Example, Parameter, ResponseDeclaration } from '@throughline/core'
import { headerText } from './answer.ts'
import { generatedValue } from './generated.ts'

/**
 * The headers that a contract describes for a response, name and value in turn: an example where there is one, else
 * generated from the schema. Headers that speak about this connection or this body are the server's own business.
 */
export function responseHeaders(response: ResponseDeclaration, seed: string): readonly string[] {
  if (response.headers.length === 0) return NOTHING
  const headers: string[] = []
  for (const header of response.headers) {
    const name = header.name.toLowerCase()
    if (OWN.has(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || name.startsWith('access-control-'))
      continue
    const value = valueOf(header, name, `${seed} ${name}`)
    if (value !== undefined) headers.push(header.name, headerText(value))
  }
  return headers
}

const NOTHING: readonly string[] = []
/** Hop-by-hop, about the body as it is sent, or answered by the mock itself. */
const OWN = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'date',
  'etag',
  'accept-ranges',
  'server',
])
/** A made-up value would send people and programs astray: only an example or a requirement brings these. */
const ONLY_WHEN_SPELLED_OUT = new Set([
  'link',
  'location',
  'content-location',
  'content-disposition',
  'refresh',
  'set-cookie',
  'retry-after',
  'clear-site-data',
  'strict-transport-security',
  'content-security-policy',
])

function valueOf(header: Parameter, name: string, seed: string): string | undefined {
  const schema = header.content?.schema ?? header.schema
  const example = goodExample(header)
  if (example !== undefined) return written(example.value, header.explode)
  if (name === 'retry-after') return header.required ? '3' : undefined
  if (ONLY_WHEN_SPELLED_OUT.has(name) && !header.required) return undefined
  return schema === undefined
    ? undefined
    : written(generatedValue(schema, seed, { name: header.name }), header.explode)
}

/** The first example that keeps to its schema. Found once. */
function goodExample(header: Parameter): Example | undefined {
  if (header.examples.length === 0) return undefined
  let known = good.get(header)
  if (known === undefined) {
    const schema = header.content?.schema ?? header.schema
    const example = header.examples.find(
      (one) =>
        one.external === undefined && (schema === undefined || validatorOf(schema).test(one.value)),
    )
    good.set(header, (known = { example }))
  }
  return known.example
}

const good = new WeakMap<Parameter, { readonly example: Example | undefined }>()

/** `simple` style: the only one that headers have. */
function written(value: unknown, explode: boolean): string {
  if (Array.isArray(value)) return value.map(String).join(',')
  if (value !== null && typeof value === 'object') {
    return Object.entries(value)
      .map(([name, inner]) => `${name}${explode ? '=' : ','}${String(inner)}`)
      .join(',')
  }
  return String(value)
}
