import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Locator, Page } from 'playwright-core'
import type { StudioServer } from './studio-server.ts'

const axeScript = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  interface Window {
    axe: typeof import('axe-core')
  }
}

export interface Look {
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
}

/** What a test has closed is taken again by the next one: a browser keeps what it has compiled of the studio's scripts. */
const idle = new WeakMap<Browser, Page>()

/** A page of the studio and what it did wrong: console errors, requests to anybody but its own server. */
export async function opened(
  browser: Browser,
  studio: Pick<StudioServer, 'address'>,
  path: string,
  look: Look = {},
) {
  const { page, release } = await taken(browser, look)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // A browser reports every 4xx by itself, and a stopped server.
    if (message.type() === 'error' && !/Failed to load resource|ERR_/.test(message.text()))
      faults.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url().replace(/^blob:/, '')
    if (!url.startsWith(studio.address)) faults.push(`asked ${url}`)
  })
  await page.goto(studio.address + path)
  return {
    page,
    faults,
    [Symbol.asyncDispose]: release,
  }
}

/** A page to look at something with, and how to give it back: nobody finds on it what another test has left. */
export async function taken(
  browser: Browser,
  { width = 1600, height = 1040, theme = 'light' }: Look,
) {
  const page =
    idle.get(browser) ?? (await browser.newPage({ reducedMotion: 'reduce', timezoneId: 'UTC' }))
  idle.delete(browser)
  await page.setViewportSize({ width, height })
  await page.emulateMedia({ colorScheme: theme })
  return {
    page,
    release: async (): Promise<void> => {
      page.removeAllListeners()
      await page.unrouteAll({ behavior: 'ignoreErrors' })
      await page.context().setOffline(false)
      await page.context().clearCookies()
      await page.emulateMedia({ media: null })
      await page.evaluate(() => {
        localStorage.clear()
        sessionStorage.clear()
      })
      await page.goto('about:blank')
      if (idle.has(browser)) await page.close()
      else idle.set(browser, page)
    },
  }
}

/** A text that stands on the page, and not only in the field where it was just typed (React repeats a value as the text of its textarea). */
export function written(where: Locator | Page, text: string): Locator {
  const page = 'page' in where ? where.page() : where
  return where.getByText(text).and(page.locator(':not(textarea)'))
}

/** The rules of WCAG 2.2 AA that axe finds broken, each with the first places. */
export async function brokenRules(
  page: Page,
  theme: 'light' | 'dark' = 'light',
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await axeScript)
  // A theme changes nothing but colours, so in the dark only those are asked about again.
  const runOnly =
    theme === 'dark'
      ? ({ type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const)
      : ({
          type: 'tag',
          values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        } as const)
  return page.evaluate(async ({ type, values }) => {
    // Whatever is in order is neither described nor sent: that takes longer than looking.
    const { violations } = await window.axe.run({
      runOnly: { type, values: [...values] },
      resultTypes: ['violations'],
      selectors: false,
      preload: false,
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 3)
        .map(({ html, any }) => `${location.pathname} ${id}: ${html} ${any[0]?.message ?? ''}`),
    )
  }, runOnly)
}

/** What axe finds in the light theme, and then in the dark one: nothing is loaded again for it. */
export async function brokenInBothThemes(page: Page): Promise<readonly string[]> {
  const wear = (theme: 'light' | 'dark'): Promise<void> =>
    page.evaluate((name) => {
      // Colours take a moment to change, one after another where they are inherited.
      const still = new CSSStyleSheet()
      still.replaceSync('* { transition: none !important }')
      document.adoptedStyleSheets = [still]
      document.documentElement.setAttribute('data-theme', name)
    }, theme)
  const light = await brokenRules(page)
  await wear('dark')
  const dark = await brokenRules(page, 'dark')
  await wear('light')
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}
