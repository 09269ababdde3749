import { catalogue } from '@throughline/core'
import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'
import { noColours } from '../colours.ts'
import { renderedMarkdown } from '../output/terminal-markdown.ts'

test('prints the page of a code, of a rule, and of either in any case', async () => {
  const { run } = shellIn()
  const page = await run('explain', 'TL2003')
  expect(page).toMatchObject({ status: 0, stderr: '' })
  expect(page.stdout).toMatch(/^TL2003/)
  expect(await run('explain', 'need-not-in-contract')).toEqual(page)
  expect(await run('explain', 'tl2003')).toEqual(page)
})

test('lists every code and rule', async () => {
  const { stdout } = await shellIn().run('explain')
  for (const [code, { rule }] of Object.entries(catalogue))
    expect(stdout).toMatch(new RegExp(`^ {2}${code} {2}${rule} `, 'm'))
})

test('--json gives a page, or all of the list, to a machine', async () => {
  const { run } = shellIn()
  expect(JSON.parse((await run('explain', 'TL2003', '--json')).stdout)).toMatchObject({
    version: 1,
    code: 'TL2003',
    rule: 'need-not-in-contract',
    severity: 'error',
    page: expect.stringMatching(/^# TL2003/) as string,
  })
  const { diagnostics } = JSON.parse((await run('explain', '--json')).stdout) as {
    diagnostics: { code: string }[]
  }
  expect(diagnostics.map(({ code }) => code)).toEqual(Object.keys(catalogue))
})

test('helps with a slip of the finger', async () => {
  const { status, stderr } = await shellIn().run('explain', 'need-not-in-contrakt')
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr:
      'error TL9003: There is no diagnostic or change `need-not-in-contrakt`. Did you mean `need-not-in-contract`? `throughline explain` lists them all.\n',
  })
})

test('renders headings, paragraphs, lists and code for a terminal', () => {
  const page = `# TL2001: unknown operation
A step calls an operation that **no contract** in the workspace declares, see [the guide](docs/guide.md) or [RFC](https://rfc.example/9457).

- check the spelling of \`store.getBasket\`
- or add the operation

## Wrong
    calls: [getCart, getCrat]
    #                ^^^^^^^ TL2001

\`\`\`yaml
calls:
  - getCart
\`\`\`
`
  expect(`\n${renderedMarkdown(page, noColours, 60)}`).toMatchInlineSnapshot(`
    "
    TL2001: unknown operation
    A step calls an operation that no contract in the
    workspace declares, see the guide or
    RFC (https://rfc.example/9457).

    - check the spelling of store.getBasket
    - or add the operation

    Wrong
        calls: [getCart, getCrat]
        #                ^^^^^^^ TL2001

        calls:
          - getCart
    "
  `)
})

test('explains what diff says, with the smallest pair of contracts', async () => {
  const { run } = shellIn()
  const page = await run('explain', 'argument-removed')
  expect(page).toMatchObject({ status: 0, stderr: '' })
  expect(page.stdout).toMatch(/Breaking[^]*Before[^]*text\(length: Int\)[^]*After[^]*text: String/)
  expect(await run('explain', 'diff/argument-removed')).toEqual(page)
  expect(
    JSON.parse((await run('explain', 'request-max-length-decreased', '--json')).stdout),
  ).toMatchObject({
    class: 'breaking',
    example: { before: expect.stringContaining('"maxLength": 4') as string },
  })
})
