import { validatorOf } from '@throughline/core'
import type { Example, Parameter, ResponseDeclaration, Site } from '@throughline/core'
import { headerText } from './answer.ts'
import { generatedValue } from './generated.ts'

/**
 * The headers that a contract describes for a response, name and value in turn: an example where there is one, else
 * generated from the schema. Headers that speak about this connection or this body are the server's own business.
 */
export function responseHeaders(response: ResponseDeclaration, seed: string): readonly string[] {
  if (response.headers.length === 0) return NOTHING
  let told = plans.get(response)
  if (told === undefined) plans.set(response, (told = toldOf(response)))
  if (told.made.length === 0) return told.fixed
  const headers = [...told.fixed]
  for (const { header, schema } of told.made) {
    const value = generatedValue(schema, `${seed} ${header.name.toLowerCase()}`, {
      name: header.name,
    })
    headers.push(header.name, headerText(written(value, header.explode)))
  }
  return headers
}

/** What is told in the headers of a response. Looked up once. */
interface Told {
  /** The same each time: name, value, name, value. */
  readonly fixed: readonly string[]
  readonly made: readonly { readonly header: Parameter; readonly schema: Site }[]
}

const plans = new WeakMap<ResponseDeclaration, Told>()

function toldOf({ headers }: ResponseDeclaration): Told {
  const fixed: string[] = []
  const made: { readonly header: Parameter; readonly schema: Site }[] = []
  for (const header of headers) {
    const name = header.name.toLowerCase()
    if (OWN.has(name) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || name.startsWith('access-control-'))
      continue
    const schema = header.content?.schema ?? header.schema
    const example = goodExample(header, schema)
    if (example !== undefined)
      fixed.push(header.name, headerText(written(example.value, header.explode)))
    else if (!header.required && (name === 'retry-after' || ONLY_WHEN_SPELLED_OUT.has(name)))
      continue
    else if (name === 'retry-after') fixed.push(header.name, '3')
    else if (schema !== undefined) made.push({ header, schema })
  }
  return { fixed, made }
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

/** The first example that keeps to its schema. */
function goodExample(header: Parameter, schema: Site | undefined): Example | undefined {
  return header.examples.find(
    (one) =>
      one.external === undefined && (schema === undefined || validatorOf(schema).test(one.value)),
  )
}

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
