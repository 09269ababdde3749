import { readdirSync, readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { descend, isObject, type Site } from '../text/site.ts'
import { written } from './fixtures/written.ts'
import { validatorOf } from './validate.ts'

interface Group {
  readonly description: string
  readonly schema: unknown
  readonly tests: readonly {
    readonly description: string
    readonly data: unknown
    readonly valid: boolean
  }[]
}

const folder = new URL('fixtures/json-schema-test-suite/', import.meta.url)
const read = (path: string | URL): unknown =>
  JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
const groupsIn = (path: string): readonly Group[] => read(path) as readonly Group[]
const remotes = read('remotes.json') as Readonly<Record<string, Readonly<Record<string, unknown>>>>
const metaschemas = [
  'schema',
  'meta/core',
  'meta/applicator',
  'meta/unevaluated',
  'meta/validation',
  'meta/meta-data',
  'meta/format-annotation',
  'meta/content',
].map(
  (name) =>
    read(new URL(import.meta.resolve(`ajv/dist/refs/json-schema-2020-12/${name}.json`))) as {
      readonly $id: string
    },
)

const files = ['', 'optional/', 'optional/format/'].flatMap((under) =>
  readdirSync(new URL(under, folder))
    .filter((name) => name.endsWith('.json') && name !== 'remotes.json')
    .map((name) => under + name),
)

/** A schema that refers to others stands in one document with them, each under its own id. */
function schemaOf(schema: unknown): Site {
  if (!/localhost:1234|json-schema\.org/.test(JSON.stringify(schema))) return written(schema)
  const main =
    isObject(schema) && !('$id' in schema)
      ? { $id: 'http://localhost:1234/main.json', ...schema }
      : schema
  const others = Object.entries(remotes).flatMap(([uri, remote]) => [
    [uri, { $id: uri, ...remote }],
    ...(remote['$id'] === undefined || remote['$id'] === uri
      ? []
      : [[`${uri} `, { $id: uri, $ref: remote['$id'] }]]),
  ])
  const metas = metaschemas.map((one) => [one.$id, one])
  return descend(written({ $defs: { main, ...Object.fromEntries([...others, ...metas]) } }), [
    '$defs',
    'main',
  ])!
}

function outcomes(isValid: (schema: unknown) => (data: unknown) => boolean): {
  readonly passed: number
  readonly failed: readonly string[]
} {
  let passed = 0
  const failed: string[] = []
  for (const file of files) {
    for (const group of groupsIn(file)) {
      let check: (data: unknown) => boolean
      try {
        check = isValid(group.schema)
      } catch {
        check = () => {
          throw new Error('does not compile')
        }
      }
      for (const one of group.tests) {
        let right = false
        try {
          right = check(one.data) === one.valid
        } catch {
          right = false
        }
        if (right) passed++
        else failed.push(`${file}: ${group.description}: ${one.description}`)
      }
    }
  }
  return { passed, failed }
}

const ours = outcomes((schema) => validatorOf(schemaOf(schema)).test)

test('passes 1785 of the 1788 tests of JSON Schema 2020-12, formats included', () => {
  expect(ours.failed).toEqual([
    // A custom `$vocabulary` that switches keywords off, and an `$id` that only looks like one: contracts have neither.
    'unknownKeyword.json: $id inside an unknown keyword is not a real identifier: type matches second anyOf, which has a real schema in it',
    'unknownKeyword.json: $id inside an unknown keyword is not a real identifier: type matches non-schema in third anyOf',
    'vocabulary.json: schema that uses custom metaschema with with no validation vocabulary: no validation: invalid number, but it still validates',
  ])
  expect(ours.passed).toBe(1785)
})

test('passes more of it than Ajv does', () => {
  const ajv = new Ajv2020.default({ strict: false, logger: false })
  addFormats.default(ajv)
  for (const [uri, remote] of Object.entries(remotes))
    if (uri.includes('/draft2020-12/')) ajv.addSchema(remote, uri, undefined, false)
  const theirs = outcomes((schema) => {
    const compiled = ajv.compile(schema as object)
    return (data) => compiled(data)
  })
  expect(theirs.passed).toBeGreaterThan(1600)
  expect(ours.passed).toBeGreaterThan(theirs.passed)
})

test('says why whenever a value is refused', () => {
  for (const file of files) {
    for (const group of groupsIn(file)) {
      const validate = validatorOf(schemaOf(group.schema))
      for (const one of group.tests) {
        expect(validate(one.data).length > 0).toBe(!validate.test(one.data))
      }
    }
  }
})
