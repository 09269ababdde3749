import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodesOfKind } from '@throughline/core'
import type { Page } from 'playwright-core'
import { inParallel } from './in-parallel.ts'
import { addressOf, openShop, settled, type Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop.close())

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { colorScheme: 'light', viewport: { width: 320, height: 640 } },
] as const

test.each([undefined, 'offline', 'loading', 'empty', 'extreme'])(
  'can be used by everybody, on a phone and in the dark (%s)',
  async (condition) => {
    const problems: string[] = []
    const cases = [...nodesOfKind(shop.graph, 'step')].flatMap((step) =>
      looks.map((look) => ({ step, look })),
    )
    await inParallel(3, cases, async ({ step, look }) => {
      const { page, context } = await shop.open(
        condition === undefined || condition === 'extreme'
          ? undefined
          : `${step.name}/${condition}`,
        look,
      )
      if (condition === 'extreme')
        await context.route(`${shop.api}/**`, async (route) =>
          route.fulfill({
            response: await route.fetch(),
            body: extreme(await (await route.fetch()).text()),
          }),
        )
      page.on('pageerror', (error) => problems.push(`${step.name}: ${error}`))
      await page.goto(shop.app + addressOf(step))
      if (condition !== 'loading') await settled(page)
      const at = `${step.name} ${look.colorScheme} ${look.viewport.width}`
      problems.push(...(await violations(page)).map((one) => `${at}: ${one}`))
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
        problems.push(`${at}: scrolls sideways`)
      const text = await page.locator('body').innerText()
      for (const word of ['undefined', 'null', 'NaN', '[object', 'Invalid Date'])
        if (text.includes(word)) problems.push(`${at}: says ${word}`)
      await context.close()
    })
    expect(problems).toEqual([])
    expect(shop.strayed).toEqual([])
  },
  120_000,
)

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate<string[]>(`(async () => {
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ' ' + html.slice(0, 160) + ' ' + failureSummary))
  })()`)
}

/** Long words, words from right to left, huge numbers, and things that are not there. */
function extreme(text: string): string {
  let turn = 0
  const strange = (value: unknown, name: string): unknown => {
    if (Array.isArray(value))
      return value.flatMap((one) => [strange(one, name), strange(one, name)])
    if (value !== null && typeof value === 'object') {
      const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
        key,
        strange(inner, key),
      ])
      return Object.fromEntries(entries.filter(() => ++turn % 11 !== 0))
    }
    if (typeof value === 'number') return name === 'amount' ? 9_999_999_999 : 123_456_789
    if (
      typeof value !== 'string' ||
      /id$|picture|starts|ends|stock|status|kind|currency/i.test(name)
    )
      return value
    return [
      'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselanhänger'.repeat(2),
      'مرحبا بكم في متجر الزاوية الصغير',
      '<b>&amp;</b> 🥖',
    ][++turn % 3]
  }
  return text.startsWith('{') ? JSON.stringify(strange(JSON.parse(text), '')) : text
}
