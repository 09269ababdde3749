import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import type { StudioServer } from './studio-server.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

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

/** A page of the studio and what it did wrong: console errors, requests to anybody but its own server. */
export async function opened(
  browser: Browser,
  studio: StudioServer,
  path: string,
  { width = 1600, height = 1040, theme = 'light' }: Look = {},
) {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
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
  return { page, faults, [Symbol.asyncDispose]: () => page.close() }
}

/** The rules of WCAG 2.2 AA that axe finds broken, each with the first places. */
export async function brokenRules(
  page: Page,
  theme: 'light' | 'dark' = 'light',
): Promise<readonly string[]> {
  await page.evaluate(await readFile(axe, 'utf8'))
  // A theme changes nothing but colours, so in the dark only those are asked about again.
  const runOnly =
    theme === 'dark'
      ? ({ type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const)
      : ({
          type: 'tag',
          values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        } as const)
  const { violations } = await page.evaluate(
    ({ type, values }) => window.axe.run({ runOnly: { type, values: [...values] } }),
    runOnly,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes
      .slice(0, 3)
      .map(
        ({ html, any }) =>
          `${new URL(page.url()).pathname} ${id}: ${html} ${any[0]?.message ?? ''}`,
      ),
  )
}
