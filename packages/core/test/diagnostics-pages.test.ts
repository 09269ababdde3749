import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogue } from '../src/text/catalogue.ts'
import { compiled, compileMarked, parted } from './compile-marked.ts'

const folder = join(import.meta.dirname, '..', 'diagnostics')
const pages = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), 'utf8')
  return {
    code: file.replace(/\.md$/, ''),
    text,
    wrong: example(text, 'Wrong'),
    right: example(text, 'Right'),
  }
})

test('every code has a page, and every page a code', () => {
  expect(pages.map((page) => page.code)).toEqual(Object.keys(catalogue).toSorted())
})

describe.each(pages)('the page of $code', ({ code, text }) => {
  test('begins with the code and the rule, and says in a paragraph what it means', () => {
    const rule = Object.entries(catalogue).find(([known]) => known === code)?.[1].rule ?? ''
    const [title, , paragraph] = text.split('\n')
    expect(title).toBe(`# ${code}: ${rule.replaceAll('-', ' ')}`)
    expect(paragraph).toMatch(/^[A-Z]/)
  })
})

const isOfTerminal = (page: (typeof pages)[number]): boolean => page.wrong.language === 'console'

describe.each(pages.filter((page) => !isOfTerminal(page)))(
  'the page of $code',
  ({ code, wrong, right }) => {
    test('is wrong exactly where its example says', () => {
      const { actual, expected } = compileMarked(wrong.code, [code])
      expect(actual).toEqual(expected)
      expect(actual).not.toEqual([])
    })

    test('is right where its other example says so', () => {
      const { diagnostics } = compiled(parted(right.code).files)
      const disturbing = diagnostics.filter((one) => one.code === code || one.severity === 'error')
      expect(disturbing.map((one) => `${one.code} ${one.message}`)).toEqual([])
    })
  },
)

test.each(pages.filter(isOfTerminal))(
  'the page of $code shows what a terminal shows',
  ({ code, wrong, right }) => {
    expect(wrong.code).toContain(code)
    expect(right.code).not.toContain(code)
  },
)

function example(
  page: string,
  heading: string,
): { readonly language: string; readonly code: string } {
  const section = page.split(`\n## ${heading}\n`)[1] ?? ''
  const [, language = '', code = ''] = /```(\w+)\n([\s\S]*?)```/.exec(section) ?? []
  return { language, code }
}
