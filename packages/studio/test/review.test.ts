import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { launched } from './chromium.ts'
import { editShop, type EditShop } from './edit-shop.ts'
import { brokenRules, written } from './studio-browser.ts'

// The example shop in a git repository of its own: a branch has made the basket leaner, and nothing is committed after it.

let browser: Browser
let shop: EditShop
const contract = 'apis/store.openapi.yaml'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

beforeAll(async () => {
  await built()
  browser = await launched()
  shop = await editShop(browser, { prepare: history })
})
afterAll(async () => {
  await shop?.[Symbol.asyncDispose]()
  await browser?.close()
})

function history(folder: string): void {
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', args, { cwd: folder, stdio: 'pipe' })
  git('init', '-q', '-b', 'main')
  git('config', 'user.name', 'Amara Obi')
  git('config', 'user.email', 'amara.obi@cornermarket.example')
  git('add', '-A')
  git('commit', '-qm', 'Open the shop')
  git('tag', 'v1.4')
  git('switch', '-qc', 'leaner-basket')
  const path = join(folder, contract)
  const text = readFileSync(path, 'utf8')
    .replace('            freeFrom: { $ref: "#/components/schemas/Money" }\n', '')
    .replace('required: [fee, freeFrom, arrivalDays]', 'required: [fee, arrivalDays]')
    .replace(
      'id: { type: string, minLength: 1, maxLength: 40 }\n        productId',
      'id: { type: string, minLength: 1, maxLength: 60 }\n        productId',
    )
  writeFileSync(path, text)
  git('commit', '-qam', 'Make the basket leaner')
}

const gone = (page: Page) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: /freeFrom is gone/ }) })

test('tells what a branch does to screens, in three ways, each with an address', async () => {
  const page = await shop.open('/review')
  await page.getByRole('heading', { name: '1 screen would break' }).waitFor()
  await page.getByText('Open the shop').waitFor()
  const journey = page.getByRole('region', { name: 'Fill a basket and pay' })
  await journey
    .getByRole('link', { name: /Review the basket/ })
    .first()
    .waitFor()
  expect(await journey.innerText()).toContain('walked by Returning customer')
  expect(await journey.getByRole('img').first().getAttribute('aria-label')).toMatch(
    /touched: .*Free delivery from/,
  )
  expect(await gone(page).innerText()).toMatch(/Breaks 1 screen[\s\S]*needs “Free delivery from”/)

  await page.getByRole('radio', { name: 'Raw' }).check()
  await expect.poll(() => new URL(page.url()).search).toBe('?read=raw')
  expect(await gone(page).getByRole('group', { name: /^Then/ }).innerText()).toContain('freeFrom')
  await page.getByRole('radio', { name: 'Fields' }).check()
  expect(await gone(page).innerText()).toContain('response-property-removed')

  await page.getByRole('combobox', { name: 'Effect' }).selectOption('breaks')
  await expect.poll(() => new URL(page.url()).search).toContain('verdict=breaks')
  await page.getByText(/^1 of \d+ changes$/).waitFor()
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption('HEAD')
  await page.getByRole('heading', { name: 'Nothing has changed' }).waitFor()
  expect(new URL(page.url()).searchParams.get('base')).toBe('HEAD')
})

test('offers a way that breaks nobody, hears comments, and accepts a change for a while', async () => {
  const page = await shop.open('/review')
  await gone(page)
    .getByRole('button', { name: /^Decide about/ })
    .press('Enter')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByText('A way that breaks nobody').waitFor()
  expect(await brokenRules(page)).toEqual([])
  await panel.getByRole('button', { name: 'Ask for a compatible way' }).click()
  await panel.getByRole('link', { name: 'See the proposal' }).waitFor()

  const other = await shop.open(new URL(page.url()).pathname + new URL(page.url()).search)
  await other.getByRole('textbox', { name: 'Comment' }).fill('Offer adds it up: we need it')
  await other.getByRole('button', { name: 'Comment', exact: true }).click()
  await written(panel, 'Offer adds it up: we need it').waitFor()
  await gone(page).getByText('1 comment').first().waitFor()

  await panel.getByRole('button', { name: 'Accept it for a while' }).click()
  await panel.getByRole('textbox', { name: 'Why is it all right?' }).fill('The app hides the line')
  await panel.getByRole('button', { name: 'Accept', exact: true }).click()
  await page
    .getByRole('region', { name: 'Accepted for a while' })
    .getByText('The app hides the line')
    .waitFor()
  await page.getByRole('heading', { name: /^Nothing breaks/ }).waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => new URL(page.url()).search).toBe('')
})

test('leads from a gap to a proposal, and from there into the contract', async () => {
  const page = await shop.open('/needs?show=gaps')
  await page.goto(`${new URL(page.url()).origin}/journeys/checkout?step=basket`)
  await page
    .getByRole('button', { name: /Missing/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Ask orders for it' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Why is it needed?' }).fill('Shoppers leave without it')
  await dialog.getByRole('button', { name: 'Propose it' }).click()
  await page.getByRole('heading', { name: 'Sign-off' }).waitFor()
  await page.getByText('Your turn').waitFor()
  expect(await brokenRules(page)).toEqual([])
  expect(await page.getByRole('list', { name: 'What was said' }).innerText()).toContain('Amara Obi')

  await page.getByRole('button', { name: /^Ask GET .*\/basket$/ }).click()
  await page.getByText('It answered 200').waitFor()
  const sign = page.getByRole('complementary', { name: 'Sign-off' })
  await sign.getByRole('button', { name: 'Approve' }).click()
  await sign.getByText('1 of 2').waitFor()

  await sign.getByRole('button', { name: /^As Amara/ }).click()
  const who = page.getByRole('dialog')
  await who
    .getByRole('textbox', { name: 'Name' })
    .fill('Ines Moreau <ines.moreau@cornermarket.example>')
  await who.getByRole('combobox', { name: 'Team' }).selectOption('checkout')
  await who.getByRole('button', { name: 'Remember' }).click()
  await page.getByText('Your turn').waitFor()
  await page.getByRole('link', { name: /^Review.*waiting for you/ }).waitFor()
  await sign.getByRole('button', { name: 'Approve' }).click()
  await sign.getByRole('button', { name: 'Apply' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Write it' }).click()
  await page.getByText('It is written into the files.').waitFor()
  expect(shop.text(contract)).not.toBe('')
  await page.goto(`${new URL(page.url()).origin}/review?tab=proposals&which=applied`)
  await page.getByRole('list', { name: 'Proposals' }).getByText('Applied').waitFor()
})

test('keeps comments where they were made, and counts them', async () => {
  const page = await shop.open('/journeys/checkout?step=payment')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await panel.getByRole('textbox', { name: 'Comment' }).fill('Two buttons look alike')
  await page.keyboard.press('Control+Enter')
  await panel.getByRole('list', { name: 'Comments' }).getByText('Two buttons look alike').waitFor()
  await page.getByRole('main').getByText('1 comment').first().waitFor({ state: 'attached' })
  await panel.getByRole('button', { name: 'Resolve' }).click()
  await panel.getByRole('button', { name: 'Open again' }).waitFor()
  expect(shop.strayed).toEqual([])
})

test('tells the history of a journey and of an operation', async () => {
  const page = await shop.open('/journeys/checkout?view=history')
  const list = page.getByRole('list', { name: 'History' })
  await list.getByText('Make the basket leaner').waitFor()
  expect(await list.innerText()).toMatch(
    /freeFrom is gone[\s\S]*Open the shop[\s\S]*It begins here/,
  )
  await page.goto(`${new URL(page.url()).origin}/reference/store.getBasket`)
  await page.getByRole('link', { name: 'Show what commits changed here' }).click()
  await page.getByRole('list', { name: 'History' }).getByText('Make the basket leaner').waitFor()
  expect(new URL(page.url()).searchParams.get('history')).toBe('open')
})

test('says what to do where there is no such version', async () => {
  const page = await shop.open('/review?base=nowhere')
  await page.getByRole('heading', { name: 'There is no such version' }).waitFor()
  await page.getByRole('button', { name: 'Compare with the usual one' }).click()
  await page.getByRole('region', { name: 'The verdict' }).waitFor()
  await page.goto(`${new URL(page.url()).origin}/review/gone`)
  await page.getByRole('heading', { name: 'There is no such thread' }).waitFor()
  expect(shop.strayed).toEqual([])
})

test('shows and writes nothing where it may only be read, and asks for a first commit where there is none', async () => {
  await using bare = await editShop(browser, { readOnly: true })
  const page = await bare.open('/review')
  await page.getByRole('heading', { name: 'There is no earlier version yet' }).waitFor()
  await page.goto(`${new URL(page.url()).origin}/journeys/checkout?step=basket`)
  await page.getByText('nothing can be said or decided here').waitFor()
  expect(await page.getByRole('textbox', { name: 'Comment' }).count()).toBe(0)
})

test.each([
  ['/review', 'light', 390],
  ['/review', 'dark', 1280],
  ['/review?tab=proposals&which=all', 'dark', 390],
] as const)('is readable: %s, %s, %i px', async (path, theme, width) => {
  const page = await shop.open(path, { theme, width })
  await page
    .getByRole('region', { name: path === '/review' ? 'The verdict' : 'What waits for you' })
    .waitFor()
  expect(await brokenRules(page, theme)).toEqual([])
  const scroller = page.getByRole('main')
  expect(await scroller.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0)
})
