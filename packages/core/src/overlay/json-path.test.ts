import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseJsonPath } from './json-path.ts'
import { selected } from './selected.ts'

interface Case {
  readonly name: string
  readonly selector: string
  readonly document?: unknown
  readonly result?: readonly unknown[]
  readonly results?: readonly (readonly unknown[])[]
  readonly result_paths?: readonly string[]
  readonly results_paths?: readonly (readonly string[])[]
  readonly invalid_selector?: boolean
}

const cases = JSON.parse(
  readFileSync(
    new URL('fixtures/jsonpath-compliance-test-suite/cts.json', import.meta.url),
    'utf8',
  ),
) as readonly Case[]

function ask(document: unknown, text: string) {
  const query = parseJsonPath(text)
  return 'problem' in query ? query : selected(document, query)!
}

describe('agrees with the compliance test suite of RFC 9535', () => {
  test.each(cases)('$name', (one) => {
    const found = ask(one.document, one.selector)
    if (one.invalid_selector === true) {
      expect(found).toMatchObject({ problem: expect.any(String) as string })
      return
    }
    if ('problem' in found) throw new Error(found.problem)
    const allowed = one.results ?? [one.result!]
    const at = allowed.findIndex(
      (result) => JSON.stringify(result) === JSON.stringify(found.map(({ value }) => value)),
    )
    expect(allowed).toContainEqual(found.map(({ value }) => value))
    const paths = one.results_paths?.[at] ?? one.result_paths
    if (paths !== undefined) expect(found.map(({ path }) => normal(path))).toEqual(paths)
  })
})

/** Normalized Paths (RFC 9535, section 2.7). */
function normal(path: readonly (string | number)[]): string {
  const escaped = (key: string): string =>
    key
      .replace(/[\\']/g, (sign) => `\\${sign}`)
      .replace(
        // eslint-disable-next-line no-control-regex
        /[\u0000-\u001f]/g,
        (sign) =>
          ({ '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' })[sign] ??
          `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
  return `$${path.map((key) => (typeof key === 'number' ? `[${key}]` : `['${escaped(key)}']`)).join('')}`
}

test('says what is wrong with a path, and where', () => {
  expect(ask({}, '$.paths./basket')).toEqual({
    problem:
      "has `/` where a name should be (names with other signs stand in brackets: `['/basket']`)",
    at: 8,
  })
  expect(ask({}, "$.paths['/basket'")).toEqual({
    problem: 'has its end where `]` should be',
    at: 17,
  })
  expect(ask({}, 'paths')).toEqual({ problem: 'must begin with `$`', at: 0 })
})

test('looks only at what a document itself has', () => {
  expect(ask({ basket: [] }, '$.constructor')).toEqual([])
  expect(ask({ basket: [] }, '$.basket.length')).toEqual([])
})

test('ends whatever it is asked', () => {
  const deep = `$[?${'('.repeat(5000)}`
  expect(ask({}, deep)).toMatchObject({ problem: 'is nested too deeply' })
  expect(ask({}, `$${'[?@'.repeat(3000)}`)).toMatchObject({ problem: 'is nested too deeply' })
  const wide = Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => 1))
  const query = parseJsonPath('$..[?$..[?@ == 2]]')
  expect('problem' in query ? query : selected(wide, query)).toBeUndefined()
})
