import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { checkout, orders, shop } from '../../../test/deciding.ts'
import { shellIn } from '../../../test/shell.ts'

test('tells what is open, what waits and for whom, and what changed since a revision', async () => {
  const shell = shellIn(shop)
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
      cwd: shell.folder,
      encoding: 'utf8',
    })
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'The shop')
  git('tag', 'last')
  await shell.run('propose', 'eta', '--as', checkout)
  await shell.run('decide', 'comment', 'step:checkout/basket', '-t', 'Too *much*?', '--as', orders)
  shell.write({
    'apis/store.yaml': shop['apis/store.yaml'].replace('[total]', '[]'),
  })
  const { stdout, status } = await shell.run('agenda', '--since', 'last', '--format', 'markdown')
  expect(status).toBe(0)
  expect(
    stdout
      .replace(/agenda, \S+/, 'agenda, DAY')
      .replaceAll(/-[0-9a-f]{6}`/g, '-X`')
      .replace(/not decided\n\n.*/, 'not decided\n\n...'),
  ).toMatchInlineSnapshot(`
    "# Shop: agenda, DAY

    ## Decisions that wait

    - **checkout** must sign: Return \`eta\` from GET /basket (\`return-eta-from-get-basket-X\`; checkout/basket)
    - **orders** must sign: Return \`eta\` from GET /basket (\`return-eta-from-get-basket-X\`; checkout/basket)

    ## What screens need and no contract returns

    - **Eta** on checkout/basket (/basket), checkout (proposed: \`return-eta-from-get-basket-X\`)

    ## What people see when it goes wrong: not decided

    ...

    ## Open questions

    - Too \\*much\\*? (\`step-checkout-basket-X\`; checkout/basket, 1 comment)

    ## What changed since last

    - **breaking** \`total\` of GET /basket (200) may be missing now. (breaks checkout/basket)
    "
  `)
  const json = JSON.parse((await shell.run('agenda', '--json')).stdout) as { gaps: unknown }
  expect(json.gaps).toMatchObject([
    {
      step: 'checkout/basket',
      screen: '/basket',
      proposal: expect.stringMatching(/^return-eta/) as string,
    },
  ])
})

test('is an invitation that calendars read', async () => {
  const { stdout } = await shellIn(shop).run(
    'agenda',
    '--format',
    'ics',
    '--at',
    '2026-12-01T10:00Z',
    '--minutes',
    '90',
  )
  const lines = stdout.split('\r\n')
  expect(lines).toContain('DTSTART:20261201T100000Z')
  expect(lines).toContain('DTEND:20261201T113000Z')
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
  const unfolded = stdout.replaceAll('\r\n ', '')
  expect(unfolded).toContain(
    '## What screens need and no contract returns\\n\\n- **Eta** on checkout/basket',
  )
  expect(unfolded).toMatch(/SUMMARY:Shop: what screens need/)
})

test('refuses a day before the first commit, and a moment that is none', async () => {
  const shell = shellIn(shop)
  expect(await shell.run('agenda', '--since', '2001-01-01')).toMatchObject({ status: 2 })
  expect(await shell.run('agenda', '--format', 'ics', '--at', 'soon')).toMatchObject({ status: 2 })
})
