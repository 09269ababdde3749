import { graphqlExamples } from './graphql-examples.ts'

/** Two contracts, or the two parts of them that differ, which one rule tells apart. */
export interface RuleExample {
  readonly before: string
  readonly after: string
  readonly language: 'json' | 'graphql'
}

/** The smallest example of a rule: every rule about contracts has one, and is tested with it. `undefined` for rules about journeys. */
export function exampleOf(code: string): RuleExample | undefined {
  const sdl = graphqlExamples[code]
  if (sdl !== undefined)
    return { before: laidOut(sdl[0]), after: laidOut(sdl[1]), language: 'graphql' }
  const action = Object.keys(schemaExamples).find((one) =>
    [`request-${one.replace(' ', '-')}`, `response-${one.replace(' ', '-')}`].includes(code),
  )
  const pair = action === undefined ? otherExamples[code] : schemaExamples[action]
  if (pair === undefined) return undefined
  const [before, after] = pair.map((one) => JSON.stringify(one, null, 2).split('\n'))
  const from = before!.findIndex((line, index) => line !== after![index])
  const alike = (index: number): boolean => before!.at(-index) === after!.at(-index)
  let end = 1
  while (end < before!.length - from && end < after!.length - from && alike(end)) end++
  const shown = (lines: readonly string[]): string => {
    const start = Math.max(0, from - context)
    const stop = Math.min(lines.length, lines.length - end + 1 + context)
    const all = lines.slice(start, stop)
    const deep = Math.min(...all.map((line) => line.length - line.trimStart().length))
    const inner = all.map((line) => line.slice(deep))
    return [...(start > 0 ? ['...'] : []), ...inner, ...(stop < lines.length ? ['...'] : [])].join(
      '\n',
    )
  }
  return { before: shown(before!), after: shown(after!), language: 'json' }
}

/** How many lines around a difference an example shows. */
const context = 2

function laidOut(sdl: string): string {
  const lines = sdl
    .trim()
    .split('\n')
    .map((line) => line.trim())
  return lines.filter((line) => line !== '').join('\n')
}

type Json = Readonly<Record<string, unknown>>

const text = { type: 'string' }
const number = { type: 'number' }
const list = (more: Json): Json => ({ type: 'array', items: text, ...more })
const thing = (properties: Json, more: Json = {}): Json => ({ type: 'object', properties, ...more })
const card = thing({ kind: { const: 'card' }, digits: text })
const voucher = thing({ kind: { const: 'voucher' }, code: text })
const cash = thing({ kind: { const: 'cash' }, coins: number })
const tagged = (discriminator: Json): Json => ({ oneOf: [card, voucher], discriminator })
const shared = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })

/** What happened to a schema, by two of them: each is sent and returned as `value` (`withSchema`). */
export const schemaExamples: Readonly<Record<string, readonly [unknown, unknown]>> = {
  'type narrowed': [number, { type: 'integer' }],
  'type widened': [{ type: 'integer' }, number],
  'type changed': [text, number],
  'null allowed': [text, { type: ['string', 'null'] }],
  'null forbidden': [{ anyOf: [text, { type: 'null' }] }, text],
  'schema forbidden': [text, false],
  'schema permitted': [false, text],
  'enum added': [text, { ...text, enum: ['mild', 'hot'] }],
  'enum removed': [{ ...text, enum: ['mild', 'hot'] }, text],
  'enum-value added': [
    { ...text, enum: ['mild', 'hot'] },
    { ...text, enum: ['hot', 'mild', 'raw'] },
  ],
  'enum-value removed': [
    { ...text, enum: ['mild', 'hot', 'raw'] },
    { ...text, enum: ['mild', 'hot'] },
  ],
  'const changed': [{ const: 'card' }, { const: 'voucher' }],
  'minimum added': [number, { ...number, minimum: 1 }],
  'minimum increased': [
    { ...number, minimum: 1 },
    { ...number, exclusiveMinimum: 1 },
  ],
  'minimum decreased': [
    { ...number, minimum: 1 },
    { ...number, minimum: 0 },
  ],
  'minimum removed': [{ ...number, minimum: 1 }, number],
  'maximum added': [number, { ...number, maximum: 9 }],
  'maximum decreased': [
    { ...number, maximum: 9 },
    { ...number, exclusiveMaximum: 9 },
  ],
  'maximum increased': [
    { ...number, maximum: 9 },
    { ...number, maximum: 10 },
  ],
  'maximum removed': [{ ...number, maximum: 9 }, number],
  'multiple-of added': [number, { ...number, multipleOf: 5 }],
  'multiple-of removed': [{ ...number, multipleOf: 5 }, number],
  'multiple-of narrowed': [
    { ...number, multipleOf: 5 },
    { ...number, multipleOf: 10 },
  ],
  'multiple-of widened': [
    { ...number, multipleOf: 10 },
    { ...number, multipleOf: 5 },
  ],
  'multiple-of changed': [
    { ...number, multipleOf: 5 },
    { ...number, multipleOf: 7 },
  ],
  ...bounded('length', text),
  ...bounded('items', list({})),
  ...bounded('properties', thing({})),
  'pattern added': [text, { ...text, pattern: '^a' }],
  'pattern removed': [{ ...text, pattern: '^a' }, text],
  'pattern changed': [
    { ...text, pattern: '^a' },
    { ...text, pattern: '^b' },
  ],
  'format added': [text, { ...text, format: 'date' }],
  'format removed': [{ ...text, format: 'date' }, text],
  'format changed': [
    { ...text, format: 'date' },
    { ...text, format: 'date-time' },
  ],
  'format widened': [
    { type: 'integer', format: 'int32' },
    { type: 'integer', format: 'int64' },
  ],
  'format narrowed': [
    { type: 'integer', format: 'int64' },
    { type: 'integer', format: 'int32' },
  ],
  'content-encoding changed': [text, { ...text, contentEncoding: 'base64' }],
  'content-media-type changed': [
    { ...text, contentMediaType: 'image/png' },
    { ...text, contentMediaType: 'image/webp' },
  ],
  'unique-items added': [list({}), list({ uniqueItems: true })],
  'unique-items removed': [list({ uniqueItems: true }), list({})],
  'tuple-item added': [list({ prefixItems: [text] }), list({ prefixItems: [text, number] })],
  'tuple-item removed': [list({ prefixItems: [text, number] }), list({ prefixItems: [text] })],
  'other-items forbidden': [
    { type: 'array', prefixItems: [text] },
    { type: 'array', prefixItems: [text], items: false },
  ],
  'other-items allowed': [
    { type: 'array', prefixItems: [text], items: false },
    { type: 'array', prefixItems: [text] },
  ],
  'contains added': [list({}), list({ contains: { const: 'bread' } })],
  'contains removed': [list({ contains: { const: 'bread' } }), list({})],
  'min-contains increased': [
    list({ contains: { const: 'bread' } }),
    list({ contains: { const: 'bread' }, minContains: 2 }),
  ],
  'min-contains decreased': [
    list({ contains: { const: 'bread' }, minContains: 2 }),
    list({ contains: { const: 'bread' } }),
  ],
  'max-contains decreased': [
    list({ contains: { const: 'bread' } }),
    list({ contains: { const: 'bread' }, maxContains: 2 }),
  ],
  'max-contains increased': [
    list({ contains: { const: 'bread' }, maxContains: 2 }),
    list({ contains: { const: 'bread' }, maxContains: 3 }),
  ],
  'property added': [thing({ name: text }), thing({ name: text, eta: text })],
  'required-property added': [
    thing({ name: text }),
    thing({ name: text, eta: text }, { required: ['eta'] }),
  ],
  'property removed': [
    thing({ eta: text, name: text }, { required: ['eta'] }),
    thing({ name: text }),
  ],
  'optional-property removed': [thing({ eta: text, name: text }), thing({ name: text })],
  'property removed-after-sunset': [
    thing({ eta: { ...text, deprecated: true, 'x-sunset': '2026-01-31' }, name: text }),
    thing({ name: text }),
  ],
  'property refused': [
    thing({ eta: text, name: text }, { additionalProperties: false }),
    thing({ name: text }, { additionalProperties: false }),
  ],
  'property became-required': [thing({ eta: text }), thing({ eta: text }, { required: ['eta'] })],
  'property became-optional': [thing({ eta: text }, { required: ['eta'] }), thing({ eta: text })],
  'other-properties forbidden': [thing({}), thing({}, { additionalProperties: false })],
  'other-properties allowed': [thing({}, { unevaluatedProperties: false }), thing({})],
  'pattern-property added': [thing({}), thing({}, { patternProperties: { '^x-': text } })],
  'pattern-property removed': [thing({}, { patternProperties: { '^x-': text } }), thing({})],
  'dependent-required added': [thing({}), thing({}, { dependentRequired: { card: ['digits'] } })],
  'dependent-required removed': [thing({}, { dependentRequired: { card: ['digits'] } }), thing({})],
  'dependent-schema added': [thing({}), thing({}, { dependentSchemas: { card: voucher } })],
  'dependent-schema removed': [thing({}, { dependentSchemas: { card: voucher } }), thing({})],
  'alternative added': [card, { oneOf: [voucher, card] }],
  'alternative removed': [{ oneOf: [card, voucher, cash] }, { oneOf: [cash, card] }],
  'alternatives became-exclusive': [{ anyOf: [card, voucher] }, { oneOf: [card, voucher] }],
  'alternatives became-inclusive': [{ oneOf: [card, voucher] }, { anyOf: [card, voucher] }],
  'not added': [text, { ...text, not: { const: 'none' } }],
  'not removed': [{ ...text, not: { const: 'none' } }, text],
  'not changed': [
    { ...text, not: { const: 'none' } },
    { ...text, not: { const: 'nothing' } },
  ],
  'condition added': [thing({}), thing({}, { if: card, else: voucher })],
  'condition removed': [thing({}, { if: card, else: voucher }), thing({})],
  'condition changed': [
    thing({}, { if: card, else: cash }),
    thing({}, { if: voucher, else: cash }),
  ],
  'discriminator added': [{ oneOf: [card, voucher] }, tagged({ propertyName: 'kind' })],
  'discriminator removed': [tagged({ propertyName: 'kind' }), { oneOf: [card, voucher] }],
  'discriminator changed': [tagged({ propertyName: 'kind' }), tagged({ propertyName: 'type' })],
  'discriminator-value added': [
    tagged({ propertyName: 'kind', mapping: { card: 'Card' } }),
    tagged({ propertyName: 'kind', mapping: { card: 'Card', debit: 'Card' } }),
  ],
  'discriminator-value removed': [
    tagged({ propertyName: 'kind', mapping: { card: 'Card', debit: 'Card' } }),
    tagged({ propertyName: 'kind', mapping: { card: 'Card' } }),
  ],
  'discriminator-value changed': [
    tagged({ propertyName: 'kind', mapping: { card: 'Card' } }),
    tagged({ propertyName: 'kind', mapping: { card: 'Voucher' } }),
  ],
  'read-only added': [text, { ...text, readOnly: true }],
  'read-only removed': [{ ...text, readOnly: true }, text],
  'write-only added': [text, { ...text, writeOnly: true }],
  'write-only removed': [{ ...text, writeOnly: true }, text],
  'default added': [text, { ...text, default: 'mild' }],
  'default removed': [{ ...text, default: 'mild' }, text],
  'default changed': [
    { ...text, default: 'mild' },
    { ...text, default: 'hot' },
  ],
  'reference changed': [{ $ref: 'a.yaml#/Money' }, { $ref: 'b.yaml#/Money' }],
  'xml changed': [text, { ...text, xml: { attribute: true } }],
  'type-name changed': [shared('Card'), shared('Karte')],
  'field deprecated': [text, { ...text, deprecated: true }],
  'field no-longer-deprecated': [{ ...text, deprecated: true }, text],
  'title changed': [text, { ...text, title: 'Heat' }],
  'description changed': [text, { ...text, description: 'How hot it is' }],
  'example changed': [text, { ...text, examples: ['hot'] }],
  'extension changed': [text, { ...text, 'x-order': 2 }],
}

function bounded(name: 'length' | 'items' | 'properties', schema: Json) {
  const keyword = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const limit = (which: 'min' | 'max', value: number): Json => ({
    ...schema,
    [`${which}${keyword}`]: value,
  })
  return Object.fromEntries(
    (['min', 'max'] as const).flatMap((which) => [
      [`${which}-${name} added`, [schema, limit(which, 3)]],
      [`${which}-${name} removed`, [limit(which, 3), schema]],
      [`${which}-${name} increased`, [limit(which, 3), limit(which, 4)]],
      [`${which}-${name} decreased`, [limit(which, 4), limit(which, 3)]],
    ]),
  )
}

const json = (schema: unknown): Json => ({ 'application/json': { schema } })

/** A contract of one operation that takes and returns `value`. */
export function withSchema(value: unknown): Json {
  const body = json({ type: 'object', properties: { value } })
  return contract({
    requestBody: { content: body },
    responses: { 200: { description: 'Done', content: body } },
  })
}

function contract(operation: Json, more: Json = {}): Json {
  return {
    openapi: '3.1.0',
    info: { title: 'Store', version: '1' },
    paths: { '/orders/{id}': { post: { operationId: 'placeOrder', ...operation } } },
    components: {
      schemas: { Card: card, Karte: card, Voucher: voucher },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      },
    },
    ...more,
  }
}

const operation = (before: Json, after: Json) => [contract(before), contract(after)] as const
const parameter = (more: Json): Json => ({
  parameters: [{ name: 'page', in: 'query', schema: text, ...more }],
})
const answer = (more: Json, status = '200'): Json => ({
  responses: { [status]: { description: 'Done', ...more } },
})
const header = (more: Json): Json =>
  answer({ headers: { Link: { required: true, schema: text, ...more } } })
const body = (more: Json): Json => ({ requestBody: { content: json(text), ...more } })
const top = (before: Json, after: Json) => [contract({}, before), contract({}, after)] as const
const at = (path: string, operation: Json): Json => ({ paths: { [path]: { post: operation } } })
const secured = (token: Json): Json =>
  contract({ security: [{ token: [] }] }, { components: { securitySchemes: { token } } })
const oauth = (flows: Json): Json => secured({ type: 'oauth2', flows })
const flow = (more: Json): Json => ({
  clientCredentials: { tokenUrl: '/token', scopes: { read: 'Read' }, ...more },
})
/** What happened around the schemas, by two contracts. */
export const otherExamples: Readonly<Record<string, readonly [unknown, unknown]>> = {
  'operation-added': top({ paths: {} }, at('/orders', {})),
  'operation-removed': top(at('/orders', {}), { paths: {} }),
  'operation-removed-after-sunset': top(
    at('/orders', { deprecated: true, 'x-sunset': '2026-05-01' }),
    { paths: {} },
  ),
  'operation-moved': top(
    at('/orders', { operationId: 'placeOrder' }),
    at('/purchases', { operationId: 'placeOrder' }),
  ),
  'operation-id-changed': operation({}, { operationId: 'orderNow' }),
  'operation-tags-changed': operation({ tags: ['Orders'] }, { tags: ['Shop'] }),
  'operation-deprecated': operation({}, { deprecated: true }),
  'operation-deprecated-with-sunset': operation({}, { deprecated: true, 'x-sunset': '2027-01-31' }),
  'operation-no-longer-deprecated': operation({ deprecated: true }, {}),
  'operation-sunset-changed': operation(
    { deprecated: true, 'x-sunset': '2027-01-31' },
    { deprecated: true, 'x-sunset': '2027-06-30' },
  ),
  'operation-sunset-earlier': operation(
    { deprecated: true, 'x-sunset': '2027-06-30' },
    { deprecated: true, 'x-sunset': '2027-01-31' },
  ),
  'operation-summary-changed': operation({}, { summary: 'Order' }),
  'operation-description-changed': operation({}, { description: 'Order' }),
  'operation-extension-changed': operation({}, { 'x-limit': 10 }),
  'request-parameter-added': operation({}, parameter({})),
  'request-required-parameter-added': operation({}, parameter({ required: true })),
  'request-parameter-removed': operation(parameter({}), {}),
  'request-parameter-removed-after-sunset': operation(
    parameter({ deprecated: true, 'x-sunset': '2026-05-01' }),
    {},
  ),
  'request-parameter-became-required': operation(parameter({}), parameter({ required: true })),
  'request-parameter-became-optional': operation(parameter({ required: true }), parameter({})),
  'request-parameter-moved': operation(parameter({}), parameter({ in: 'header' })),
  'request-path-parameter-renamed': top(
    at('/orders/{id}', { parameters: [{ name: 'id', in: 'path', schema: text }] }),
    at('/orders/{orderId}', { parameters: [{ name: 'orderId', in: 'path', schema: text }] }),
  ),
  'request-parameter-style-changed': operation(
    parameter({}),
    parameter({ style: 'pipeDelimited' }),
  ),
  'request-parameter-explode-changed': operation(
    parameter({ schema: list({}) }),
    parameter({ schema: list({}), explode: false }),
  ),
  'request-parameter-reserved-changed': operation(
    parameter({}),
    parameter({ allowReserved: true }),
  ),
  'request-parameter-empty-refused': operation(parameter({ allowEmptyValue: true }), parameter({})),
  'request-parameter-serialisation-changed': operation(
    { parameters: [{ name: 'page', in: 'query', content: json(text) }] },
    parameter({}),
  ),
  'request-parameter-deprecated': operation(parameter({}), parameter({ deprecated: true })),
  'request-parameter-no-longer-deprecated': operation(
    parameter({ deprecated: true }),
    parameter({}),
  ),
  'request-parameter-description-changed': operation(
    parameter({}),
    parameter({ description: 'Which page' }),
  ),
  'request-parameter-extension-changed': operation(parameter({}), parameter({ 'x-order': 1 })),
  'request-body-added': operation({}, body({})),
  'request-required-body-added': operation({}, body({ required: true })),
  'request-body-removed': operation(body({}), {}),
  'request-body-became-required': operation(body({}), body({ required: true })),
  'request-body-became-optional': operation(body({ required: true }), body({})),
  'request-body-description-changed': operation(body({}), body({ description: 'The order' })),
  'request-media-type-added': operation(
    body({}),
    body({ content: { ...json(text), 'text/plain': {} } }),
  ),
  'request-media-type-removed': operation(
    body({ content: { ...json(text), 'text/plain': {} } }),
    body({}),
  ),
  'request-encoding-changed': operation(
    body({ content: { 'multipart/form-data': { schema: text } } }),
    body({ content: { 'multipart/form-data': { schema: text, encoding: { a: {} } } } }),
  ),
  'request-schema-added': operation(body({ content: { 'application/json': {} } }), body({})),
  'request-schema-removed': operation(body({}), body({ content: { 'application/json': {} } })),
  'response-schema-added': operation(
    answer({ content: { 'application/json': {} } }),
    answer({ content: json(text) }),
  ),
  'response-schema-removed': operation(
    answer({ content: json(text) }),
    answer({ content: { 'application/json': {} } }),
  ),
  'response-media-type-added': operation(
    answer({ content: json(text) }),
    answer({ content: { ...json(text), 'text/csv': {} } }),
  ),
  'response-media-type-removed': operation(
    answer({ content: { ...json(text), 'text/csv': {} } }),
    answer({ content: json(text) }),
  ),
  'response-encoding-changed': operation(
    answer({ content: { 'multipart/mixed': { schema: text } } }),
    answer({ content: { 'multipart/mixed': { schema: text, encoding: { a: {} } } } }),
  ),
  'response-status-added': operation(answer({}), {
    responses: { 200: { description: 'Done' }, 202: { description: 'Later' } },
  }),
  'response-status-removed': operation(
    { responses: { 200: { description: 'Done' }, 202: { description: 'Later' } } },
    answer({}),
  ),
  'response-error-added': operation(answer({}), {
    responses: { 200: { description: 'Done' }, 409: { description: 'Gone' } },
  }),
  'response-error-removed': operation(
    { responses: { 200: { description: 'Done' }, 409: { description: 'Gone' } } },
    answer({}),
  ),
  'response-description-changed': operation(answer({}), answer({ description: 'All done' })),
  'response-extension-changed': operation(answer({}), answer({ 'x-cache': 1 })),
  'response-header-added': operation(answer({}), header({})),
  'response-header-removed': operation(header({}), answer({})),
  'response-optional-header-removed': operation(header({ required: false }), answer({})),
  'response-header-became-required': operation(header({ required: false }), header({})),
  'response-header-became-optional': operation(header({}), header({ required: false })),
  'response-header-style-changed': operation(
    header({ schema: thing({}) }),
    header({ schema: thing({}), explode: true }),
  ),
  'response-header-deprecated': operation(header({}), header({ deprecated: true })),
  'response-header-no-longer-deprecated': operation(header({ deprecated: true }), header({})),
  'response-header-description-changed': operation(header({}), header({ description: 'Next' })),
  'response-link-added': operation(answer({}), answer({ links: { next: { operationId: 'a' } } })),
  'response-link-removed': operation(answer({ links: { next: { operationId: 'a' } } }), answer({})),
  'response-link-changed': operation(
    answer({ links: { next: { operationId: 'a' } } }),
    answer({ links: { next: { operationId: 'b' } } }),
  ),
  'security-added': operation({}, { security: [{ token: [] }] }),
  'security-removed': operation({ security: [{ token: [] }] }, { security: [] }),
  'security-alternative-added': operation(
    { security: [{ token: [] }] },
    { security: [{ token: [] }, { key: [] }] },
  ),
  'security-alternative-removed': operation(
    { security: [{ token: [] }, { key: [] }] },
    { security: [{ token: [] }] },
  ),
  'security-scope-added': operation(
    { security: [{ token: [] }] },
    { security: [{ token: ['write'] }] },
  ),
  'security-scope-removed': operation(
    { security: [{ token: ['write'] }] },
    { security: [{ token: [] }] },
  ),
  'security-scheme-changed': [
    secured({ type: 'http', scheme: 'bearer' }),
    secured({ type: 'http', scheme: 'basic' }),
  ],
  'security-flow-added': [oauth(flow({})), oauth({ ...flow({}), password: { scopes: {} } })],
  'security-flow-removed': [oauth({ ...flow({}), password: { scopes: {} } }), oauth(flow({}))],
  'security-address-changed': [oauth(flow({})), oauth(flow({ tokenUrl: '/tokens' }))],
  'security-flow-scope-added': [oauth(flow({})), oauth(flow({ scopes: { read: '', write: '' } }))],
  'security-flow-scope-removed': [
    oauth(flow({ scopes: { read: '', write: '' } })),
    oauth(flow({})),
  ],
  'security-scheme-description-changed': [
    secured({ type: 'http', scheme: 'bearer' }),
    secured({ type: 'http', scheme: 'bearer', description: 'From the login' }),
  ],
  'server-added': top(
    servers('https://a.example'),
    servers('https://a.example', 'https://b.example'),
  ),
  'server-removed': top(
    servers('https://a.example', 'https://b.example'),
    servers('https://a.example'),
  ),
  'server-moved': top(servers('https://a.example/v1'), servers('https://a.example/v2')),
  'server-variable-value-added': top(
    variable({ default: 'eu', enum: ['eu'] }),
    variable({ default: 'eu', enum: ['eu', 'us'] }),
  ),
  'server-variable-value-removed': top(
    variable({ default: 'eu', enum: ['eu', 'us'] }),
    variable({ default: 'eu', enum: ['eu'] }),
  ),
  'server-variable-default-changed': top(
    { servers: [{ url: '/{region}/', variables: { region: { default: 'eu' } } }] },
    { servers: [{ url: '/{region}/', variables: { region: { default: 'us' } } }] },
  ),
  'server-description-changed': top(
    { servers: [{ url: 'https://a.example' }] },
    { servers: [{ url: 'https://a.example', description: 'Live' }] },
  ),
  'callback-added': operation({}, callback({})),
  'callback-removed': operation(callback({}), {}),
  'webhook-added': top({}, { webhooks: { paid: { post: {} } } }),
  'webhook-removed': top({ webhooks: { paid: { post: {} } } }, {}),
  'specification-changed': top({}, { openapi: '3.2.0' }),
  'info-changed': top({}, { info: { title: 'Store', version: '2' } }),
  'tag-changed': top(
    { tags: [{ name: 'Orders' }] },
    { tags: [{ name: 'Orders', description: 'What people bought' }] },
  ),
  'shared-schema-added': top(
    { components: { schemas: { Card: card } } },
    { components: { schemas: { Card: card, Cash: cash } } },
  ),
  'shared-schema-removed': top(
    { components: { schemas: { Card: card, Cash: cash } } },
    { components: { schemas: { Card: card } } },
  ),
  'extension-changed': top({}, { 'x-owner-team': 'orders' }),
}

function servers(...urls: readonly string[]): Json {
  return { servers: urls.map((url) => ({ url })) }
}

function variable(region: Json): Json {
  return { servers: [{ url: 'https://{region}.example', variables: { region } }] }
}

function callback(more: Json): Json {
  return { callbacks: { paid: { '{$request.body#/url}': { post: more } } } }
}
