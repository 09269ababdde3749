import * as fc from 'fast-check'
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { edited, filesOf } from '../../test/in-memory-files.ts'
import { located } from '../text/diagnostic.ts'
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
        examine(edited(written, { [path]: text }))
      },
    ),
    { numRuns: 150 },
  )
})

test('never throws on byte soup', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.array(piece, { maxLength: 40 }), (path, pieces) => {
      examine(edited(written, { [path]: pieces.join('') }))
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
      examine(filesOf({ [path]: pieces.join('') }), [path])
    }),
    { numRuns: 150 },
  )
})

function examine(files: Files, contracts?: readonly string[]): void {
  const { diagnostics, contracts: parsed } = parseWorkspace(files, contracts)
  const validity = [...parsed.values()].flatMap((contract) => [...contract.validity()])
  for (const contract of parsed.values()) {
    contract.graphql?.sdl()
    JSON.stringify(contract.graphql?.documents.map(({ text, selects }) => [text, selects]))
    for (const operation of contract.operations)
      [operation.parameters(), operation.requestBody(), operation.responses(), operation.security()]
  }
  for (const { file, range, related = [] } of located([...diagnostics, ...validity])) {
    expectInside(files, file, range)
    for (const other of related) expectInside(files, other.file, other.range)
  }
}

function expectInside(files: Files, path: string, { start, end }: Range): void {
  const file = files.read(path)
  const lines = ('text' in file ? file.text : '').split('\n')
  for (const { line, column } of [start, end]) {
    expect(line).toBeGreaterThanOrEqual(1)
    expect(line).toBeLessThanOrEqual(lines.length)
    expect(column).toBeGreaterThanOrEqual(1)
    expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1)
  }
  expect(end.line > start.line || (end.line === start.line && end.column >= start.column)).toBe(
    true,
  )
}
