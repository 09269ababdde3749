import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { compile } from '../src/compile.ts'
import { located } from '../src/text/diagnostic.ts'
import { filesOf } from './in-memory-files.ts'
import { shop } from './storefront-like.ts'

vi.setConfig({ testTimeout: 60_000 })

const texts: Readonly<Record<string, string>> = shop
const paths = Object.keys(texts)

/** Words that mean something somewhere, and so get further than noise. One a line, as JSON strings where letters don't show. */
const words = fc.constantFrom(
  ...String.raw`$ref: "#/components/schemas/Basket"
{ same: timeout }
null
[]
{}
-\u0020
:\u0020
\u0022
&a\u0020
*a
<<: *a
after: store.getBasket
__proto__
constructor
toString
-1
1e999
~
|
\t
\r\n
\u0000
\ud800
{ $ref: "#" }
type: [string, "null"]
items[].name
checkout
store.getBasket
required: items
oneOf: [{ $ref: "#/components/schemas/Line" }]
..
steps:
calls:`
    .split('\n')
    .map((word) => String(JSON.parse(`"${word.replaceAll('"', String.raw`\"`)}"`))),
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

/** What is wrong with a compilation whatever the files say: spans outside their file, messages with holes, loose edges. */
function* unsound(files: Record<string, string>): Generator<string> {
  const { diagnostics, graph } = compile(filesOf(files), { now: new Date('2026-06-01') })
  for (const { file, range, code, message } of located(diagnostics)) {
    const lines = (files[file] ?? '').split('\n')
    const { start, end } = range
    const where = `${code} ${file}:${start.line}:${start.column}-${end.line}:${end.column}`
    if (start.line < 1 || start.column < 1) yield `${where} begins before its file`
    if (end.line > lines.length) yield `${where} ends after its file`
    if (end.column > (lines[end.line - 1] ?? '').length + 1) yield `${where} ends after its line`
    if (end.line === start.line && end.column < start.column) yield `${where} ends before it begins`
    if (/undefined|\[object|NaN/.test(message)) yield `${where} says ${message}`
  }
  for (const { kind, from, to } of [...graph.outgoing.values()].flat()) {
    // A step may lead into a journey that has the same name as another, and so is not there.
    if (kind !== 'leads-to' && !graph.nodes.has(to))
      yield `${from} ${kind} ${to}, which is not there`
    if (!graph.nodes.has(from)) yield `${from}, which is not there, ${kind} ${to}`
  }
}

test('never throws on a mutated workspace, and every span lies inside its file', () => {
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      expect([...unsound(mutated(cuts))]).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('never throws on noise in any file', () => {
  const noise = fc.string({ unit: 'binary', maxLength: 300 })
  fc.assert(
    fc.property(fc.constantFrom(...paths), noise, (path, text) => {
      expect([...unsound({ ...texts, [path]: text })]).toEqual([])
    }),
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
