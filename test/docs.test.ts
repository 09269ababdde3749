import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const house = fileURLToPath(new URL('..', import.meta.url))
const throughline = join(house, 'packages/throughline/bin/throughline.js')

// Every ```console block in the README and the guide is run in the checkout: `$ command`, then what it prints.
// A line `...` stands for any lines; a block without output only has to run.
const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'examples/storefront/README.md',
  ...globSync('docs/guide/*.md', { cwd: house }),
]
const blocks = pages.flatMap((page) =>
  [...readFileSync(join(house, page), 'utf8').matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(
    (match) => ({ page, text: match[1]! }),
  ),
)

test('finds blocks to run', () => {
  expect(blocks.length).toBeGreaterThan(3)
})

test.each(blocks.flatMap(({ page, text }) => commandsIn(text).map((one) => ({ page, ...one }))))(
  '$page: $command',
  ({ command, output }) => {
    const args = command
      .replace(/^npm start -- /, 'throughline ')
      .replace(/^npx /, '')
      .split(/\s+/)
    expect(args[0]).toBe('throughline')
    const result = spawnSync(process.execPath, [throughline, ...args.slice(1)], {
      cwd: house,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', COLUMNS: '120' },
    })
    expect(result.status, result.stderr).toBeLessThan(2)
    if (output.length > 0)
      expect(lines(result.stdout)).toEqual(
        expect.toSatisfy(
          (printed: string[]) => matches(printed, output),
          `output like\n${output.join('\n')}\nbut it was\n${result.stdout}`,
        ),
      )
  },
)

test('has a page for every link between its own documents', () => {
  const broken = pages.flatMap((page) =>
    [...readFileSync(join(house, page), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map((match) => match[1]!)
      .filter((link) => globSync(join(house, page, '..', link)).length === 0)
      .map((link) => `${page}: ${link}`),
  )
  expect(broken).toEqual([])
})

function commandsIn(text: string): readonly { command: string; output: readonly string[] }[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => ({ command: lines(part)[0]!, output: lines(part).slice(1) }))
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
}

function matches(printed: readonly string[], expected: readonly string[]): boolean {
  const [first, ...rest] = expected
  if (first === undefined) return printed.length === 0
  if (first === '...')
    return printed.some((_, index) => matches(printed.slice(index), rest)) || rest.length === 0
  return printed[0] === first && matches(printed.slice(1), rest)
}
