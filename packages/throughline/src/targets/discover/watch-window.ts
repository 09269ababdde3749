import type { Browser, BrowserContext, Page } from 'playwright-core'
import { CannotRun } from '../../cannot-run.ts'
import { whyNotOpened } from '../browser/why-not-opened.ts'
import type { Notebook } from './notebook.ts'
import { recorderScript } from './recorder-script.ts'

const leftBehind = '_throughline_discover'

/** Watches every page of a browser context: each tells the notebook. The app needs no change and no proxy. */
export async function watchWindow(
  context: BrowserContext,
  notebook: Notebook,
  origins: readonly string[],
): Promise<void> {
  await context.exposeBinding('__throughlineTell', (_, told: unknown) => {
    if (Array.isArray(told)) notebook.add(told as readonly unknown[])
  })
  await context.addInitScript({
    // A page that is left can no longer tell anything: what it knows is told by the next one.
    content: `if (window === window.top) { const tell = (told) => void globalThis.__throughlineTell(told)
      const left = (() => { try { const text = sessionStorage.getItem('${leftBehind}'); sessionStorage.removeItem('${leftBehind}'); return text } catch { return null } })()
      if (left !== null) tell(JSON.parse(left));
      ${recorderScript(
        `{ origins: ${JSON.stringify(origins)}, tell, leave: (told) => { try { sessionStorage.setItem('${leftBehind}', JSON.stringify(told)) } catch { tell(told) } } }`,
      )} }`,
  })
}

/** Opens the app. Throws `CannotRun` (TL9003) where that can't be done. */
export async function openApp(page: Page, app: string): Promise<void> {
  try {
    await page.goto(app)
  } catch (error) {
    const why = whyNotOpened(error instanceof Error ? error.message : String(error))
    throw new CannotRun('TL9003', `${app} could not be opened: ${why}.`)
  }
}

/** Opens pages of the same site one after another, by the links on them: what a visitor reaches without doing anything. */
export async function followLinks(page: Page, start: string, most: number): Promise<void> {
  const { origin } = new URL(start)
  const seen = new Set<string>()
  const patterns = new Map<string, number>()
  const open = [start]
  while (open.length > 0 && seen.size < most) {
    const next = open.shift()!
    const pattern = new URL(next).pathname.replace(/[^/]*\d[^/]*/g, '*')
    if (seen.has(next) || (patterns.get(pattern) ?? 0) >= 3) continue
    seen.add(next)
    patterns.set(pattern, (patterns.get(pattern) ?? 0) + 1)
    await page.goto(next, { waitUntil: 'domcontentloaded', timeout: 15_000 }).catch(() => null)
    await quiet(page)
    const links = await page
      .$$eval('a[href]', (all) => all.map((one) => (one as unknown as { href: string }).href))
      .catch(() => [])
    for (const link of links)
      if (URL.canParse(link) && new URL(link).origin === origin)
        open.push(link.replace(/#(?!!?\/).*$/, ''))
  }
}

/** Until nothing is asked for any more, and what was seen has been told. */
export async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined)
  await page.waitForTimeout(1_100).catch(() => undefined)
}

/** Resolves when the last window has been closed. */
export function closed(browser: Browser, page: Page): Promise<void> {
  return new Promise((resolve) => {
    page.once('close', () => resolve())
    browser.once('disconnected', () => resolve())
  })
}
