import { expect, test, vi } from 'vitest'
import { shellIn } from '../../../test/shell.ts'
import { openDuckdbStore } from '../../targets/observe/store/duckdb-store.ts'
import { evidenceFolder } from '../../targets/observe/evidence-folder.ts'

// A database is loaded for each command.
vi.setConfig({ testTimeout: 60_000 })

const shop = {
  'throughline.yaml': 'throughline: 1\nname: Shop\n',
  'checkout.journey.yaml':
    'journey: checkout\nsteps: [{ step: basket, title: Review <the> basket, screen: /basket }, { step: pay, screen: /pay }]\n',
}

test('sets two releases beside each other, step by step, in every format', async () => {
  const shell = shellIn(shop)
  const store = await openDuckdbStore({ folder: evidenceFolder(shell.folder) })
  const time = Date.now() - 3_600_000
  for (const [release, sessions, paid] of [
    ['1.4', 100, 60],
    ['1.5', 80, 24],
  ] as const)
    await store.append(
      release,
      Array.from({ length: sessions }, (_, at) => {
        const visit = { kind: 'view', release, session: `${release} ${at}`, source: 'sdk' } as const
        return [
          { ...visit, time: time + at, view: '1', step: 'checkout/basket' },
          ...(at < paid
            ? [{ ...visit, time: time + at + 5000, view: '2', step: 'checkout/pay' }]
            : []),
        ]
      }).flat(),
    )
  await store.close()

  const compared = async (...more: readonly string[]) =>
    (await shell.run('report', '--compare', '1.4..1.5', ...more)).stdout
  const { comparison } = JSON.parse(await compared('--json')) as {
    comparison: { label: string; steps: readonly Record<string, unknown>[] }
  }
  expect(comparison.label).toBe('association')
  const [basket] = comparison.steps
  expect(basket).toMatchObject({
    name: 'checkout/basket',
    sessions: [100, 80],
    dropOff: [0.4, 0.7],
  })
  // Newcombe's interval of 56/80 against 40/100 (1998, method 10).
  const { value, low, high } = basket!['difference'] as Record<string, number>
  expect(value).toBeCloseTo(0.3, 6)
  expect([low, high].map((one) => Math.round(one! * 1000) / 1000)).toEqual([0.154, 0.427])
  const html = await compared('--format', 'html')
  expect(html).toContain('<h2>1.4 and 1.5</h2>')
  expect(html).toContain('Review &#60;the&#62; basket</th><td class="n">100 → 80</td>')
  expect(html).toContain('40 % → 70 %')
  for (const format of ['text', 'markdown'])
    expect(await compared('--format', format)).toContain('100 → 80')
  const wrong = await shell.run('report', '--compare', '1.4..2.0')
  expect(`${wrong.status} ${wrong.stderr}`).toMatch(/^2 [^]*no evidence of the release `2\.0`/)
})
