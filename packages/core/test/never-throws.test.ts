import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { compile } from '../src/compile.ts'
import { located } from '../src/text/diagnostic.ts'
import { filesOf } from './in-memory-files.ts'
import { shop } from './storefront-like.ts'

vi.setConfig({ testTimeout: 60_000 })

const texts: Readonly<Record<string, string>> = shop
const paths = Object.keys(texts)

/** Words that mean something somewhere, and so get further than noise. */
const words = fc.constantFrom(
  ...[
    '$ref: "#/components/schemas/Basket"',
    '{ same: timeout }',
    'null',
    '[]',
    '{}',
    '- ',
    ': ',
    '"',
    '&a ',
    '*a',
    '<<: *a',
    'after: store.getBasket',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '-1',
    '1e999',
    '~',
    '|',
    '\t',
    '\r\n',
    '\u0000',
    '\ud800',
    '{ $ref: "#" }',
    'type: [string, "null"]',
  ],
  ...[
    'items[].name',
    'checkout',
    'store.getBasket',
    'required: items',
    'oneOf: [{ $ref: "#/components/schemas/Line" }]',
    '..',
    'steps:',
    'calls:',
  ],
)

interface Cut {
  readonly path: string
  readonly at: number
  readonly length: number
  readonly insert: string
}

const cut: fc.Arbitrary<Cut> = fc.record({
  path: fc.constantFrom(...paths),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(60),
  insert: fc.oneof(words, fc.string({ unit: 'binary', maxLength: 12 })),
})

function mutated(cuts: readonly Cut[]): Record<string, string> {
  const files: Record<string, string> = { ...texts }
  for (const { path, at, length, insert } of cuts) {
    const text = files[path] ?? ''
    const start = Math.floor(at * text.length)
    files[path] = text.slice(0, start) + insert + text.slice(start + length)
  }
  return files
}

function expectSound(files: Record<string, string>): void {
  const { diagnostics, graph } = compile(filesOf(files), { now: new Date('2026-06-01') })
  for (const { file, range, message } of located(diagnostics)) {
    const lines = (files[file] ?? '').split('\n')
    expect(range.start.line).toBeGreaterThanOrEqual(1)
    expect(range.start.column).toBeGreaterThanOrEqual(1)
    expect(range.end.line).toBeLessThanOrEqual(lines.length)
    expect(range.end.column).toBeLessThanOrEqual((lines[range.end.line - 1] ?? '').length + 1)
    expect(range.end.line > range.start.line || range.end.column >= range.start.column).toBe(true)
    expect(message).not.toMatch(/undefined|\[object|NaN/)
  }
  for (const edge of [...graph.outgoing.values()].flat()) {
    if (edge.kind === 'leads-to') continue // Into a journey whose file could not be read as far as that.
    expect(graph.nodes.has(edge.from)).toBe(true)
    expect(graph.nodes.has(edge.to)).toBe(true)
  }
}

test('never throws on a mutated workspace, and every span lies inside its file', () => {
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      expectSound(mutated(cuts))
    }),
    { numRuns: 150 },
  )
})

test('never throws on noise in any file', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.string({ unit: 'binary', maxLength: 300 }),
      (path, noise) => {
        expectSound({ ...texts, [path]: noise })
      },
    ),
    { numRuns: 100 },
  )
})

test('gives the same ids and diagnostics for the same texts', () => {
  fc.assert(
    fc.property(fc.array(cut, { maxLength: 3 }), (cuts) => {
      const [first, second] = [compile(filesOf(mutated(cuts))), compile(filesOf(mutated(cuts)))]
      expect([...first.graph.nodes.keys()]).toEqual([...second.graph.nodes.keys()])
      expect(located(first.diagnostics)).toEqual(located(second.diagnostics))
    }),
    { numRuns: 25 },
  )
})
