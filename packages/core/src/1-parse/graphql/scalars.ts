import type { JsonSchema } from '../shape.ts'

/** The five scalars of the specification (section 3.5). */
export const standardScalars: ReadonlyMap<string, JsonSchema> = new Map<string, JsonSchema>([
  ['String', { type: 'string' }],
  ['ID', { type: 'string' }],
  ['Int', { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 }],
  ['Float', { type: 'number' }],
  ['Boolean', { type: 'boolean' }],
])

/** What a custom scalar looks like in JSON: by the address it is specified at, by its usual name, else any scalar. */
export function scalarSchema(name: string, specifiedBy: string | undefined): JsonSchema {
  const url = specifiedBy?.toLowerCase() ?? ''
  const usual = byName.get(name.toLowerCase())
  // RFC 3339 describes dates and times as well as both together: the name tells which.
  if (usual !== undefined && url.includes('rfc3339')) return usual
  for (const [part, schema] of byAddress) if (url.includes(part)) return schema
  if (usual !== undefined) return usual
  if (/json|object|map|any|scalar|blob|struct/i.test(name)) return {}
  if (/date_?time$|timestamp$/i.test(name)) return { type: 'string', format: 'date-time' }
  return { type: ['string', 'integer', 'number', 'boolean'] }
}

const formatted = (format: string): JsonSchema => ({ type: 'string', format })
const text: JsonSchema = { type: 'string' }
const base64: JsonSchema = { type: 'string', contentEncoding: 'base64' }

const byAddress: readonly (readonly [string, JsonSchema])[] = [
  ['rfc3339', formatted('date-time')],
  ['andimarek/date-time', formatted('date-time')],
  ['andimarek/local-date', formatted('date')],
  ['rfc4122', formatted('uuid')],
  ['rfc9562', formatted('uuid')],
  ['rfc3986', formatted('uri')],
  ['url.spec.whatwg.org', formatted('uri')],
  ['rfc5322', formatted('email')],
  ['html.spec.whatwg.org/multipage/input.html#valid-e-mail', formatted('email')],
  ['rfc4648', base64],
]

const byName: ReadonlyMap<string, JsonSchema> = new Map<string, JsonSchema>([
  ['datetime', formatted('date-time')],
  ['timestamp', formatted('date-time')],
  ['precisedatetime', formatted('date-time')],
  ['gittimestamp', formatted('date-time')],
  ['instant', formatted('date-time')],
  ['date', formatted('date')],
  ['localdate', formatted('date')],
  ['time', formatted('time')],
  ['localtime', text],
  ['duration', formatted('duration')],
  ['iso8601duration', formatted('duration')],
  ['uri', formatted('uri')],
  ['url', formatted('uri')],
  ['uritemplate', formatted('uri-template')],
  ['uuid', formatted('uuid')],
  ['guid', formatted('uuid')],
  ['email', formatted('email')],
  ['emailaddress', formatted('email')],
  ['hostname', formatted('hostname')],
  ['ipv4', formatted('ipv4')],
  ['ipv6', formatted('ipv6')],
  ['regularexpression', formatted('regex')],
  ['html', text],
  ['markdown', text],
  ['gitobjectid', { type: 'string', pattern: '^[0-9a-f]{40}$' }],
  ['gitrefname', text],
  ['gitsshremote', text],
  ['x509certificate', text],
  ['base64string', base64],
  ['base64', base64],
  ['byte', base64],
  ['currency', { type: 'string', pattern: '^[A-Z]{3}$' }],
  ['currencycode', { type: 'string', pattern: '^[A-Z]{3}$' }],
  ['countrycode', { type: 'string', pattern: '^[A-Z]{2}$' }],
  ['locale', text],
  ['phonenumber', { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' }],
  ['hexcolorcode', { type: 'string', pattern: '^#[0-9a-fA-F]{6}$' }],
  ['slug', text],
  ['decimal', { type: ['string', 'number'] }],
  ['bigdecimal', { type: ['string', 'number'] }],
  ['money', { type: ['string', 'number'] }],
  ['bigint', { type: ['integer', 'string'] }],
  ['long', { type: 'integer' }],
  ['short', { type: 'integer', minimum: -32_768, maximum: 32_767 }],
  ['unsignedint', { type: 'integer', minimum: 0 }],
  ['positiveint', { type: 'integer', minimum: 1 }],
  ['nonnegativeint', { type: 'integer', minimum: 0 }],
  ['positivefloat', { type: 'number', exclusiveMinimum: 0 }],
  ['nonnegativefloat', { type: 'number', minimum: 0 }],
  ['latitude', { type: 'number', minimum: -90, maximum: 90 }],
  ['longitude', { type: 'number', minimum: -180, maximum: 180 }],
  ['port', { type: 'integer', minimum: 1, maximum: 65_535 }],
  ['void', { type: 'null' }],
])
