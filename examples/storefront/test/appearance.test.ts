import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodesOfKind } from '@throughline/core'
import type { Page } from 'playwright-core'
import { addressOf, openShop, play, settled, visit, type Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop.close())

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const wide = { width: 1280, height: 900 }
const phone = { width: 320, height: 640 }
const looks = [
  ['on a good day', undefined, 'light', wide],
  ['in the dark', undefined, 'dark', wide],
  ['on a small phone', undefined, 'light', phone],
  ['while it loads', 'loading', 'dark', phone],
  ['with nothing to show', 'empty', 'light', phone],
  ['offline', 'offline', 'dark', phone],
  ['with strange data', 'strange', 'light', phone],
] as const

test.each(looks)(
  'can be used by everybody %s',
  async (_, condition, colorScheme, viewport) => {
    const problems: string[] = []
    const { page, context } = await shop.open(undefined, { colorScheme, viewport })
    page.on('pageerror', (error) => problems.push(String(error)))
    if (condition === 'strange') {
      await context.route(`${shop.api}/{store,reviews}/**`, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: strange(await response.text()) })
      })
    }
    for (const step of nodesOfKind(shop.graph, 'step')) {
      if (condition !== undefined && condition !== 'strange')
        await play(context, `${step.name}/${condition}`)
      await visit(page, shop.app + addressOf(step))
      if (condition === 'loading') await page.locator('main .screen').waitFor()
      else await settled(page)
      problems.push(...(await violations(page)).map((one) => `${step.name}: ${one}`))
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth))
        problems.push(`${step.name}: scrolls sideways`)
      const text = await page.locator('body').innerText()
      for (const word of ['undefined', 'null', 'NaN', '[object', 'Invalid Date'])
        if (text.includes(word)) problems.push(`${step.name}: says ${word}`)
    }
    // A call of a screen that was left may still be on its way.
    await context.unrouteAll({ behavior: 'ignoreErrors' })
    await context.close()
    expect(problems).toEqual([])
    expect(shop.strayed).toEqual([])
  },
  120_000,
)

async function violations(page: Page): Promise<readonly string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe)
  return page.evaluate<string[]>(`(async () => {
    const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ' ' + html.slice(0, 160) + ' ' + failureSummary))
  })()`)
}

/** Long words, words from right to left, huge numbers, and things that are not there. */
function strange(text: string): string {
  let turn = 0
  const made = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.flatMap((one) => [made(one, name), made(one, name)])
    if (value !== null && typeof value === 'object') {
      const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [
        key,
        made(inner, key),
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
  return text.startsWith('{') ? JSON.stringify(made(JSON.parse(text), '')) : text
}
