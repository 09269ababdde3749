import { createServer, type Server } from 'node:http'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import type { Browser, Locator, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { built } from './built.ts'
import { launched } from './chromium.ts'
import { added, checkout, editShop, shot, type EditShop } from './edit-shop.ts'
import { brokenRules, written } from './studio-browser.ts'

// What stands around the journeys: people, app-wide states, needs from other pages, and the team's own app in its frame.

let browser: Browser
let one: EditShop
let page: Page
let app: Server
let headers: Record<string, string> = {}

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** An app that says where it is, and with which headers a test likes. */
beforeAll(async () => {
  await built()
  browser = await launched()
  app = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...headers })
    response.end(`<!doctype html><title>Shop</title><h1>The shop at ${request.url}</h1>`)
  })
  await new Promise<void>((listening) => app.listen(0, '127.0.0.1', listening))
  const { port } = app.address() as AddressInfo
  one = await editShop(browser, {
    prepare(folder) {
      const path = join(folder, 'throughline.yaml')
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, text.replace(/^app: .*$/m, `app: { url: http://127.0.0.1:${port} }`))
    },
  })
  page = await one.open('/people')
})

afterAll(async () => {
  await one?.[Symbol.asyncDispose]()
  await browser?.close()
  await new Promise((closed) => app?.close(closed))
})

const button = (name: string | RegExp, within: Page | Locator = page): Locator =>
  within.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) })
const go = async (path: string): Promise<void> =>
  void (await page.goto(new URL(path, page.url()).href))
const card = (name: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })

test('a person is added, edited, given another id and taken away with what names them', async () => {
  await button('New person').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What they are called').fill('Night owl')
  await dialog.getByLabel('What to know about them').fill('In bed, one eye open')
  await dialog.getByLabel('Devices').fill('phone, tablet')
  await dialog.getByLabel('Data on the mock').selectOption('many')
  expect(await brokenRules(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Add this person' }).click()
  await card('Night owl').getByText('Walks no journey yet').waitFor()
  expect(one.text('personas/night-owl.yaml')).toBe(
    'persona: night-owl\ntitle: Night owl\ncontext: In bed, one eye open\ndevices: [phone, tablet]\ndataset: many\n',
  )

  await button('Edit', card('Returning customer')).click()
  await dialog.getByLabel('What they want').fill('The usual, at once')
  await dialog.getByLabel('Devices').fill('phone, watch')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await written(card('Returning customer'), 'The usual, at once').waitFor()
  expect(one.text('personas/returning-customer.yaml')).toContain('devices: [phone, watch]\n')

  await button('Edit', card('Returning customer')).click()
  await button('Change the id', dialog).click()
  await dialog.getByLabel('Id', { exact: true }).fill('regular')
  await button('Change the id', dialog).click()
  await expect.poll(() => one.text()).toContain('persona: regular\n')
  await button('Delete', card('Gift buyer')).click()
  await dialog.getByText('1 journey will be about nobody. Undo brings them back.').waitFor()
  await button('Delete this person', dialog).click()
  await expect.poll(() => one.has('personas/gift-buyer.yaml')).toBe(false)
  expect(one.text('journeys/track-order.journey.yaml')).not.toContain('persona:')
  await button('Undo', page.getByRole('region', { name: 'Saved' })).click()
  await card('Gift buyer').getByText('See where the order is').waitFor()
})

test('a person who is described inside a journey gets a file of their own', async () => {
  const path = 'journeys/track-order.journey.yaml'
  one.write(
    one.text(path).replace('persona: gift-buyer', 'persona: { name: Anna, devices: [phone] }'),
    path,
  )
  await card('Anna').getByText('Described inside the journey track-order').waitFor()
  await button('Edit', card('Anna')).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('What they are called').fill('Anna M.')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await card('Anna M.').waitFor()
  expect(one.text(path)).toContain('persona: { name: Anna M., devices: [phone] }')
  await button('Give them a file of their own', card('Anna M.')).click()
  await card('Anna M.').getByText('personas/anna-m.yaml:1').waitFor()
  expect(one.text(path)).toContain('persona: anna-m\n')
  expect(one.text('personas/anna-m.yaml')).toBe(
    'persona: anna-m\ntitle: Anna M.\ndevices: [phone]\n',
  )
})

test('what the whole app shows is decided, changed and taken away, with its comments kept', async () => {
  const before = one.text('throughline.yaml')
  await go('/app-states')
  await card('Refused').getByText('1 step has nothing to show').waitFor()
  await card('Refused').getByRole('link', { name: 'Choose when and where' }).waitFor()
  await button('Decide', card('Refused')).click()
  const dialog = page.getByRole('dialog')
  await dialog
    .getByLabel('What people see', { exact: true })
    .fill('What went wrong, beside the button')
  await dialog.getByLabel('Test selector').fill('role=alert')
  expect(await brokenRules(page)).toEqual([])
  await shot(page, 'app-state')
  await button('Decide', dialog).click()
  await card('Refused').getByText('1 step shows it').waitFor()
  expect(added(before, one.text('throughline.yaml'))).toEqual([
    '  4xx: { show: "What went wrong, beside the button", test: role=alert }',
  ])
  expect(one.text('throughline.yaml')).toContain('states: # what every step does')
  await button('Plan for something else').click()
  await dialog.getByLabel('When').fill('sometimes')
  await dialog.getByLabel('It shows').selectOption('Something of its own')
  await dialog.getByLabel('What people see', { exact: true }).fill('Somebody is working on it')
  await button('Decide', dialog).click()
  await dialog.getByText(/Must be a condition/).waitFor()
  await dialog.getByLabel('When').fill('423')
  await button('Decide', dialog).click()
  await written(page, 'Somebody is working on it').waitFor()
  // Whoever is quicker than the first edit makes the second one after it.
  const slowly = async (route: Route): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    await route.continue()
  }
  await page.route('**/api/edits', slowly)
  await button('Remove it', card('423')).click()
  await button('Remove it', card('Refused')).click()
  await expect.poll(() => one.text('throughline.yaml')).toBe(before)
  await page.unrouteAll({ behavior: 'wait' })
})

test('a screen is said to need a field, from the matrix and from the reference', async () => {
  const before = one.text()
  await go('/needs?operation=store.getBasket&field=items[].notice&step=checkout/payment')
  const panel = page.getByRole('complementary', { name: 'Details' })
  await button('Add to Pay', panel).click()
  await panel.getByLabel('Why it is needed').fill('Nobody pays for what changed unseen')
  await button('Add the need', panel).click()
  await written(panel, 'Nobody pays for what changed unseen').waitFor()
  expect(added(before, one.text()).join('\n')).toContain('items[].notice')

  await go('/reference/store.getBasket?field=delivery.arrivalDays')
  await button('A screen needs this').click()
  const form = page.getByRole('form', { name: 'Who needs delivery.arrivalDays' })
  await form.getByLabel('Step').selectOption('checkout/done')
  await form.getByText('The step will call store.getBasket.').waitFor()
  await shot(page, 'field-needed')
  expect(await brokenRules(page)).toEqual([])
  await button('Add the need', form).click()
  await page.getByRole('link', { name: 'Know that it comes' }).first().waitFor()
  expect(one.text().split('- step: done')[1]).toMatch(
    /- operation: store\.getBasket\n {8}needs: \[delivery\.arrivalDays\]|- operation: store\.getBasket\n {8}needs:\n {10}- delivery\.arrivalDays/,
  )
})

test('the app stands beside the blueprint, follows the selected screen, and says when it lets nobody frame it', async () => {
  await go('/journeys/checkout?step=basket')
  await button('Show the app here').first().click()
  await page.waitForURL(/frame=app/)
  const frame = page.getByRole('complementary', { name: 'The app' })
  await page.frameLocator('iframe').getByText('The shop at /basket').waitFor()
  await page
    .getByRole('grid')
    .getByRole('button', { name: /^Pay/ })
    .or(page.locator('[data-lane=head][data-column=payment]'))
    .first()
    .click()
  await page.frameLocator('iframe').getByText('The shop at /payment').waitFor()
  expect(page.url()).toMatch(/frame=app/)
  await shot(page, 'frame')
  headers = { 'x-frame-options': 'DENY' }
  await button('Load it again', frame).click()
  await frame.getByText('The app does not let itself be shown in a frame.').waitFor()
  expect(
    await frame.getByRole('link', { name: 'Open in a tab' }).last().getAttribute('href'),
  ).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/payment$/)
  expect(await brokenRules(page)).toEqual([])
  await go('/states?frame=app&step=checkout/payment&condition=timeout')
  headers = {}
  await button('Load it again', frame).click()
  await page.frameLocator('iframe').getByText('The shop at /payment').waitFor()
  expect(await brokenRules(page)).toEqual([])
  await button('Play on the mock', page.getByRole('complementary', { name: 'Details' })).click()
  await frame.getByText(/^On the mock: /).waitFor()
  await button('Back to normal').first().click()
  await frame.getByText('The mock answers as usual').waitFor()
  await button('Close the app', frame).click()
  await frame.waitFor({ state: 'detached' })
  expect(one.strayed).toEqual([])
})

test('a studio that only shows offers nothing to change on any page', async () => {
  await using shown = await editShop(browser, { readOnly: true })
  page = await shown.open('/people')
  const before = shown.text(checkout)
  await page.getByText('Only shown', { exact: true }).waitFor()
  for (const path of [
    '/people',
    '/app-states',
    '/journeys',
    '/journeys/checkout?step=basket',
    '/journeys/checkout?step=basket&call=call:checkout/basket/store.getBasket',
    '/needs?operation=store.getBasket&field=items[].notice&step=checkout/payment',
    '/reference/store.getBasket?field=total.amount',
  ]) {
    await go(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.getByText('Only shown', { exact: true }).waitFor()
    const offered = await page
      .getByRole('button', {
        name: /^(Edit|Add|Delete|Move|Remove|Change|Decide|New|Undo|Plan|A screen needs)/,
      })
      .allTextContents()
    expect([path, offered]).toEqual([path, []])
    expect(await page.locator('[draggable=true]').count()).toBe(0)
  }
  expect(shown.text(checkout)).toBe(before)
})

for (const [theme, width] of [
  ['dark', 1280],
  ['light', 390],
] as const) {
  test(`people and app-wide states are readable and reachable, ${theme}, ${width} wide`, async () => {
    page = await one.open('/people', { theme, width })
    for (const path of ['/people', '/app-states']) {
      await go(path)
      await page.getByRole('heading', { level: 2 }).first().waitFor()
      expect(await brokenRules(page, theme)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(
        false,
      )
      await shot(page, `${path.slice(1)}-${theme}-${width}`)
    }
  })
}
