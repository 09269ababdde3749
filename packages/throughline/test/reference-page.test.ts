import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { shellIn } from './shell.ts'

const page = readFileSync(new URL('../../../docs/guide/reference.md', import.meta.url), 'utf8')

test.each([
  ['import', '## What `throughline import` takes'],
  ['export', '## What `throughline export` writes'],
])('lists in the reference every format that %s has, and no other', async (command, heading) => {
  const { stdout } = await shellIn().run(command, '--help')
  const [, listed = ''] = /--format ([a-z0-9|-]+)/.exec(stdout) ?? []
  const section = page.slice(page.indexOf(heading)).slice(heading.length).split('\n## ')[0]!
  const described = [...section.matchAll(/^\| `([a-z0-9][a-z0-9-]*)` \|/gm)].map(([, name]) => name)
  expect(described).toEqual(listed.split('|'))
})
