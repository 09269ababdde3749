import { fileURLToPath } from 'node:url'
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'
import {
  compile,
  nodeOf,
  nodesOfKind,
  type CallNode,
  type Graph,
  type StepNode,
} from '@throughline/core'
import { appServer } from '../../../packages/throughline/src/server/app.ts'
import { pageScript } from '../../../packages/throughline/src/server/page-script.ts'
import { notebookAt } from '../../../packages/throughline/src/targets/discover/notebook.ts'
import { watchWindow } from '../../../packages/throughline/src/targets/discover/watch-window.ts'
import { listen } from '../../../packages/throughline/src/targets/mock/listen.ts'
import { mock, type Mock } from '../../../packages/throughline/src/targets/mock/mock.ts'
import { openWorkspace } from '../../../packages/throughline/src/workspace/workspace.ts'

const folder = fileURLToPath(new URL('..', import.meta.url))

/** The shop in a real browser, against the mock of its own workspace. */
export interface Shop {
  readonly graph: Graph
  readonly app: string
  readonly api: string
  readonly mock: Mock
  /** A page of its own browser session. `scenario` is played in that session only. */
  open(
    scenario?: string,
    options?: BrowserContextOptions,
  ): Promise<{ readonly page: Page; readonly context: BrowserContext }>
  /** Requests that went anywhere but this machine. */
  readonly strayed: readonly string[]
  close(): Promise<void>
}

export interface ShopOptions {
  /** How long the shop waits for an answer, in milliseconds. */
  readonly patience?: number
  /** What the mock is filled with; the contract's examples unless said. */
  readonly dataset?: string
}

export async function openShop({ patience = 2500, dataset }: ShopOptions = {}): Promise<Shop> {
  const { graph } = compile(openWorkspace(folder))
  const pages = appServer(`${folder}/app`)
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  const place = pages.address()
  const app = `http://localhost:${typeof place === 'object' ? place?.port : place}`
  const situations = mock(graph, {
    origins: [app],
    browserScript: pageScript,
    ...(dataset !== undefined && { dataset }),
  })
  const served = await listen(situations, { port: 0 })
  const api = `http://localhost:${served.port}`
  const browser = await chromiumBrowser()
  const strayed: string[] = []
  return {
    graph,
    app,
    api,
    mock: situations,
    strayed,
    async open(scenario, options = {}) {
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
      context.on('request', (request) => {
        if (!isNear(request.url())) strayed.push(request.url())
      })
      const page = await context.newPage()
      await page.addInitScript(
        ([api, patience]) => {
          sessionStorage.clear()
          sessionStorage.setItem('setting:api', api!)
          sessionStorage.setItem('setting:patience', patience!)
        },
        [api, String(patience)],
      )
      if (scenario !== undefined) await play(context, scenario)
      // All that the shop's tests hold holds under the recorder of `throughline discover` too.
      if (process.env['RECORDED'] === '1') await watchWindow(context, notebookAt(undefined), [api])
      return { page, context }
    },
    async close() {
      await browser.close()
      await served.close()
      pages.closeAllConnections()
      await new Promise((resolve) => pages.close(resolve))
    },
  }
}

/** What a play link does: this scenario, in this browser session only. */
export async function play(context: BrowserContext, scenario: string): Promise<void> {
  await context.addCookies([
    {
      name: 'throughline-scenario',
      value: encodeURIComponent(scenario),
      domain: 'localhost',
      path: '/',
    },
  ])
}

function isNear(url: string): boolean {
  return /^(https?:\/\/(localhost|127\.0\.0\.1)[:/]|data:|blob:|about:)/.test(url)
}

/** A Chromium that looks for nothing on the network by itself. */
export function chromiumBrowser(): Promise<Browser> {
  const quiet = [
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ]
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', ...quiet],
  })
}

/** Where a step's screen is, with the names of things that the contract's examples have. */
export function addressOf(step: StepNode): string {
  const names: Readonly<Record<string, string>> = { productId: 'sourdough', orderId: 'CM-2041' }
  return (step.screen ?? '/').replace(/:(\w+)/g, (_, name: string) => names[name] ?? name)
}

/** Every call of every journey, in order. */
export function callsOf(
  graph: Graph,
): readonly { readonly step: StepNode; readonly call: CallNode }[] {
  return [...nodesOfKind(graph, 'step')].flatMap((step) =>
    step.calls.flatMap((id) => {
      const call = nodeOf(graph, 'call', id)
      return call === undefined ? [] : [{ step, call }]
    }),
  )
}

/** What a person does on the screen so that the call is made; calls that only read are made by arriving. */
export async function makeCall(page: Page, call: CallNode): Promise<void> {
  const act = acts[call.name]
  if (act !== undefined) await act(page)
}

export const acts: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'store.addToBasket': (page) => page.getByRole('button', { name: 'Into the basket' }).click(),
  'store.changeBasketItem': (page) =>
    page.getByRole('button', { name: 'One more: Sourdough loaf' }).click(),
  'store.removeBasketItem': (page) =>
    page.getByRole('button', { name: 'Remove Sourdough loaf' }).click(),
  async 'store.chooseDeliverySlot'(page) {
    await page.getByRole('radio').first().check()
    await page.getByLabel('Name on the door').fill('Maya Weber')
    await page.getByLabel('Street and number').fill('Marktgasse 7')
    await page.getByLabel('Postcode').fill('79098')
    await page.getByLabel('Town').fill('Freiburg')
    await page.getByRole('button', { name: 'Continue to payment' }).click()
  },
  async 'store.createPayment'(page) {
    await page.getByText(/things?, delivered/).waitFor()
    await page.getByRole('radio').first().check()
    await page.getByLabel('E-mail').fill('maya@mail.example')
    await page.getByRole('button', { name: 'Pay and order' }).click()
  },
  async 'store.findOrder'(page) {
    await page.getByLabel('Order number').fill('cm-2041')
    await page.getByLabel('E-mail').fill('maya@mail.example')
    await page.getByRole('button', { name: 'Find the order' }).click()
  },
  async 'store.changeOrderDelivery'(page) {
    await page.getByRole('radio').first().check()
    await page.getByRole('button', { name: 'Come then' }).click()
  },
  async 'reviews.AddReview'(page) {
    await page.getByLabel('How was it?').fill('Fresh, and on time.')
    await page.getByRole('button', { name: 'Send' }).click()
  },
}

/** Goes to a screen as the shop itself does: the page is loaded only the first time, the data each time. */
export async function visit(page: Page, address: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto(address, { waitUntil: 'domcontentloaded' })
  else
    await page.evaluate(
      (address) => (
        history.replaceState(null, '', address),
        dispatchEvent(new PopStateEvent('popstate'))
      ),
      address,
    )
}

/** Once nothing on the screen waits for an answer. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main .screen').waitFor()
  await page.waitForFunction(
    () => !document.querySelector('[data-state=loading], [data-sending], li[aria-busy=true]'),
  )
}
