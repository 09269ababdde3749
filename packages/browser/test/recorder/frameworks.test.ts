import { afterAll, beforeAll, expect, test } from 'vitest'
import { appScript } from './apps.ts'
import { openPages, type Pages } from './pages.ts'

let pages: Pages
beforeAll(async () => {
  pages = await openPages()
}, 60_000)
afterAll(() => pages.close())

const pairs = [
  ['react', 'axios'],
  ['react', 'text'],
  ['vue', 'fetch'],
  ['svelte', 'xhr'],
  ['solid', 'apollo'],
  ['angular', 'stream'],
] as const

test.each(pairs)(
  'sees what %s reads of an answer of %s, and changes nothing',
  async (framework, transport) => {
    const script = await appScript(framework, transport)
    const bare = await shownBy(script, true)
    const { errors, shown, fields } = await shownBy(script, false)
    expect({ errors, shown }).toEqual({ errors: bare.errors, shown: bare.shown })
    expect(shown).toContain('Sourdough loaf 2')
    expect(Object.keys(fields).filter((path) => fields[path]!.read > 0)).toEqual(
      expect.arrayContaining(['items[].name', 'items[].quantity', 'total.amount']),
    )
    for (const untouched of ['total.currency', 'voucher.code', 'items[].note'])
      expect(fields[untouched]?.read ?? 0, untouched).toBe(0)
  },
)

async function shownBy(
  script: string,
  plainly: boolean,
): Promise<{
  errors: readonly string[]
  shown: string
  fields: Readonly<Record<string, { read: number }>>
}> {
  const { page, errors, fields } = await pages.open(script, plainly)
  await page
    .locator('[data-ready]')
    .waitFor({ timeout: 5_000 })
    .catch(() => undefined)
  await page
    .getByRole('button', { name: 'More' })
    .click({ timeout: 5_000 })
    .catch(() => undefined)
  await page
    .getByText('Sourdough loaf 2')
    .waitFor({ timeout: 2_000 })
    .catch(() => undefined)
  const shown = await page.locator('#app').innerText()
  const counted = plainly ? {} : await fields()
  await page.close()
  return { errors, shown, fields: counted }
}
