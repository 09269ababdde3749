import { expect, test } from 'vitest'
import { filesOf } from '../../../test/in-memory-files.ts'
import { located } from '../../text/diagnostic.ts'
import { documentOf } from '../document.ts'
import { validityOf } from './validity.ts'

const wrong = `
inf: {}
info: { title: Store }
paths:
  /basket:
    get:
      operationId: [basket]
      parameters:
        - { name: a, in: bodyy, schema: { type: string } }
        - just a string
        - { name: q, in: query, schema: { type: strng } }
    put:
      responses: { 200: { descripton: ok }, abc: { description: no status } }
  basket: {}
components:
  securitySchemes:
    key: { type: apikey }
    web: { type: http }
`

test('tells the mistakes of OpenAPI 3.0 in few and plain words', () => {
  expect(told(`openapi: 3.0.3${wrong}`)).toEqual([
    '2 `inf` is no key that OpenAPI knows here. Did you mean `info`?',
    '3 `info` has no `version`. Add it.',
    '6 `paths./basket.get` has no `responses`. Add it.',
    '7 `paths./basket.get.operationId` is a list, expected a string.',
    '9 `paths./basket.get.parameters[0].in` is "bodyy", expected "path", "query", "header" or "cookie".',
    '10 `paths./basket.get.parameters[1]` is a string, expected an object.',
    '11 `paths./basket.get.parameters[2].schema.type` is "strng", expected "array", "boolean", "integer", "number", "object" or "string".',
    '13 `paths./basket.put.responses.200.descripton` is no key that OpenAPI knows here. Did you mean `description`?',
    '13 `paths./basket.put.responses.abc` is no key that OpenAPI knows here. Remove it, or begin its name with `x-`.',
    '14 `paths.basket` does not begin with `/`, as every path must. Write it so, or begin its name with `x-`.',
    '17 `components.securitySchemes.key.type` is "apikey", expected "apiKey", "http", "oauth2" or "openIdConnect".',
    '18 `components.securitySchemes.web` has no `scheme`. Add it.',
  ])
})

test.each(['3.1.0', '3.2.0'])(
  'tells the mistakes of OpenAPI %s, those inside schemas too',
  (version) => {
    const messages = told(`openapi: ${version}${wrong}`)
    expect(messages).toContain(
      '11 `paths./basket.get.parameters[2].schema.type` is "strng", expected "array", "boolean", "integer", "null", "number", "object" or "string".',
    )
    expect(messages).toContain(
      '17 `components.securitySchemes.key.type` is "apikey", expected "apiKey", "http", "mutualTLS", "oauth2" or "openIdConnect".',
    )
    expect(messages.filter((one) => one.startsWith('9 '))).toHaveLength(1)
    expect(messages.filter((one) => one.startsWith('10 '))).toEqual([
      '10 `paths./basket.get.parameters[1]` is a string, expected an object.',
    ])
  },
)

test('tells the mistakes of Swagger 2.0', () => {
  expect(told(`swagger: 2.0${wrong}`).slice(0, 6)).toEqual([
    '1 `swagger` is a number. Write the version as a text, in quotes.',
    '2 `inf` is no key that OpenAPI knows here. Did you mean `info`?',
    '3 `info` has no `version`. Add it.',
    '6 `paths./basket.get` has no `responses`. Add it.',
    '7 `paths./basket.get.operationId` is a list, expected a string.',
    '9 `paths./basket.get.parameters[0].in` is "bodyy", expected "body", "header", "formData", "query" or "path".',
  ])
})

test.each([
  ['4.0.0', '4.0.0'],
  ['3.7', '3.7'],
])('says which versions there are: %s', (version, shown) => {
  expect(told(`openapi: "${version}"\ninfo: { title: Store, version: "1" }\npaths: {}\n`)).toEqual([
    `1 \`openapi\` is "${shown}", which is no version that Throughline knows: 2.0 (as \`swagger\`), 3.0.x, 3.1.x or 3.2.x.`,
  ])
})

test('tells a mistake that stands in many places once', () => {
  const paths = Array.from(
    { length: 20 },
    (_, index) =>
      `  /p${index}: { get: { sumary: Basket, responses: { 200: { description: ok } } } }`,
  )
  const text = `openapi: 3.1.0\ninfo: { title: Store, version: "1" }\npaths:\n${paths.join('\n')}\n`
  expect(told(text)).toEqual([
    '4 `paths./p0.get.sumary` is no key that OpenAPI knows here. Did you mean `summary`? The same is wrong in 19 other places.',
  ])
})

function told(text: string): readonly string[] {
  const { document } = documentOf(filesOf({ 'store.yaml': text }), 'store.yaml')
  return located(validityOf(document!, [document!]))
    .toSorted(
      (a, b) =>
        a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column,
    )
    .map((one) => `${one.range.start.line} ${one.message}`)
}
