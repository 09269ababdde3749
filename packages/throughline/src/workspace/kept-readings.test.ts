import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { originOf, parsedText, descend, documentOf, rootOf } from '@throughline/core'
import type { SourceFile } from '@throughline/core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { cacheFolder, keptReading, LONG_YAML } from './kept-readings.ts'
import { readSource } from './read-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'throughline-readings-'))
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text = 'openapi: 3.1.0\npaths:\n  /basket: { $ref: basket.yaml }\nx-odd: "__proto__"\n'

test('gives back what was kept for the same text, and nothing for another', () => {
  keptReading(text, folder)!.set('{"a":1}')
  expect(keptReading(text, folder)!.get()).toBe('{"a":1}')
  expect(keptReading(`${text} `, folder)!.get()).toBeUndefined()
})

test('ignores a file that is damaged, cut short or of another version', () => {
  keptReading(text, folder)!.set('{"a":1}')
  const path = join(folder, readdirSync(folder)[0]!)
  const whole = readFileSync(path, 'utf8')
  for (const damaged of [
    whole.replace('1}', '2}'),
    whole.slice(0, -1),
    whole.replace('reading 1', 'reading 0'),
    '',
    '\n'.repeat(9),
  ]) {
    writeFileSync(path, damaged)
    expect(keptReading(text, folder)!.get(), damaged).toBeUndefined()
  }
})

test('keeps so many and no more: what nobody has used for longest goes', () => {
  const limits = { files: 2, bytes: 1000 }
  for (const [index, one] of ['a', 'b', 'c'].entries()) {
    const before = new Set(readdirSync(folder))
    keptReading(one, folder, limits)!.set('1')
    const fresh = readdirSync(folder).find((name) => !before.has(name))
    if (fresh !== undefined) utimesSync(join(folder, fresh), 1000 + index, 1000 + index)
  }
  const left = ['a', 'b', 'c'].map((one) => keptReading(one, folder)!.get() !== undefined)
  expect(left).toEqual([false, true, true])
  keptReading('d', folder, limits)!.set(`"${'x'.repeat(400)}"`)
  expect(keptReading('d', folder)!.get()).toBeUndefined()
})

test('reads the same from what was kept as from the text: values, references and places', () => {
  const fresh = reading(text)
  const again = reading(text)
  expect(again.hits).toBe(1)
  expect(again.parsed.value).toEqual(fresh.parsed.value)
  expect(again.parsed.references).toEqual(new Set(['basket.yaml']))
  const { document } = documentOf({ paths: ['store.yaml'], read: () => again.file }, 'store.yaml')
  const site = descend(rootOf(document!), ['paths', '/basket'])!
  const { source, place } = originOf(site)
  expect(source.locate([place])[0]!.start.line).toBe(3)
})

test('keeps nothing of a text with problems, or with a value that JSON cannot hold', () => {
  for (const odd of ['a: [1', 'a: 1\na: 2\n', 'a: .inf\n', 'a: -0.0\n']) {
    reading(odd)
    expect(reading(odd).hits, odd).toBe(0)
  }
})

test('does without a folder that cannot be written to', () => {
  const kept = keptReading(text, join(folder, 'a-file', 'below'))!
  writeFileSync(join(folder, 'a-file'), '')
  kept.set('1')
  expect(kept.get()).toBeUndefined()
})

test('stays away from short files, and from JSON', () => {
  const at = (name: string, content: string): boolean => {
    writeFileSync(join(folder, name), content)
    const { file } = readSource(name, join(folder, name), folder)
    return 'kept' in file
  }
  const long = `a: ${'x'.repeat(LONG_YAML)}`
  const before = process.env['THROUGHLINE_CACHE']
  process.env['THROUGHLINE_CACHE'] = folder
  expect([at('a.yaml', 'a: 1'), at('b.yaml', long), at('c.json', long)]).toEqual([
    false,
    true,
    false,
  ])
  process.env['THROUGHLINE_CACHE'] = 'off'
  expect(at('d.yaml', long)).toBe(false)
  if (before === undefined) delete process.env['THROUGHLINE_CACHE']
  else process.env['THROUGHLINE_CACHE'] = before
})

test('finds the folder that each system has for this', () => {
  expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux')).toBe(join('/c', 'throughline', 'readings'))
  expect(cacheFolder({ LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'throughline', 'readings'))
  expect(cacheFolder({ THROUGHLINE_CACHE: '/own' }, 'linux')).toBe(join('/own', 'readings'))
  expect(cacheFolder({ THROUGHLINE_CACHE: 'off' }, 'linux')).toBeUndefined()
})

function reading(content: string): {
  readonly parsed: ReturnType<typeof parsedText>
  readonly file: SourceFile
  readonly hits: number
} {
  const kept = keptReading(content, folder)!
  let hits = 0
  const file: SourceFile = {
    path: 'store.yaml',
    text: content,
    kept: {
      ...kept,
      get() {
        const json = kept.get()
        if (json !== undefined) hits++
        return json
      },
    },
  }
  return { parsed: parsedText(file), file, hits }
}
