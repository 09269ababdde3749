import * as fc from 'fast-check'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { edited, filesOf } from '../../test/in-memory-files.ts'
import { located, type Diagnostic } from '../text/diagnostic.ts'
import type { Range } from '../text/origin.ts'
import type { Files } from '../text/source.ts'
import { parseWorkspace } from './workspace.ts'

const folder = fileURLToPath(new URL('fixtures/workspace/', import.meta.url))
const texts = new Map(
  globSync('**/*.{yaml,graphql}', { cwd: folder }).map((path) => [
    path,
    readFileSync(folder + path, 'utf8'),
  ]),
)
const written = filesOf(Object.fromEntries(texts))
const paths = [...texts.keys()]

const piece = fc.oneof(
  fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '\n',
    '\t',
    '  ',
    '- ',
    '"',
    "'",
    '`',
    '"""',
    '#',
    '&a ',
    '*a',
    '<<: *a',
    '!!binary ',
    '? ',
    '|',
    '>',
    '%',
    '@',
    '...',
    '---',
    '\0',
    '\ud800',
    '\ufeff',
    '__proto__: 1\n',
    'constructor',
    '$ref: "#"',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(30)),
  text: piece,
})

test('never throws on a mutated workspace, and every span lies inside its file', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      (path, edits) => {
        const text = edits.reduce((text, { at, length, text: inserted }) => {
          const start = Math.floor(at * text.length)
          return text.slice(0, start) + inserted + text.slice(start + length)
        }, texts.get(path)!)
        expect(spansOutside(edited(written, { [path]: text }))).toEqual([])
      },
    ),
    { numRuns: 150 },
  )
})

test('never throws on byte soup', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(piece, { maxLength: 40 }), (path, pieces) => {
      expect(spansOutside(edited(written, { [path]: pieces.join('') }))).toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('never throws on a bare contract of byte soup', () => {
  const names = fc.constantFrom(
    'openapi.yaml',
    'openapi.json',
    'store.graphql',
    'store.txt',
    '.yaml',
    '',
  )
  fc.assert(
    fc.property(names, fc.array(piece, { maxLength: 40 }), (path, pieces) => {
      expect(spansOutside(filesOf({ [path]: pieces.join('') }), [path])).toEqual([])
    }),
    { numRuns: 150 },
  )
})

/** Every span of a diagnostic that does not lie inside its file, after everything that is computed late has been. */
function spansOutside(files: Files, contracts?: readonly string[]): readonly string[] {
  const { diagnostics, contracts: parsed } = parseWorkspace(files, contracts)
  const late: unknown[] = []
  const validity: Diagnostic[] = []
  for (const contract of parsed.values()) {
    validity.push(...contract.validity())
    late.push(
      contract.graphql?.sdl(),
      contract.graphql?.documents.map((one) => one.text),
    )
    for (const one of contract.operations)
      late.push(one.parameters(), one.requestBody(), one.responses(), one.security())
  }
  return located([...diagnostics, ...validity])
    .flatMap(({ code, file, range, related = [] }) => [
      { code, file, range },
      ...related.map((one) => ({ code, ...one })),
    ])
    .filter(({ file, range }) => !isInside(files, file, range))
    .map(({ code, file, range }) => `${code} ${file} ${JSON.stringify(range)}`)
}

function isInside(files: Files, path: string, { start, end }: Range): boolean {
  const file = files.read(path)
  const lines = ('text' in file ? file.text : '').split('\n')
  const isForward = end.line > start.line || (end.line === start.line && end.column >= start.column)
  return (
    isForward &&
    [start, end].every(
      ({ line, column }) =>
        line >= 1 && column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1,
    )
  )
}
