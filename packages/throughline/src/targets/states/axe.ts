import type { Page } from 'playwright-core'
import { pause, within } from '../browser/within.ts'

/** A rule of axe that a page breaks. */
export interface AxeViolation {
  readonly rule: string
  readonly help: string
  readonly impact: string
  /** The first element that breaks it. */
  readonly where: string
  readonly count: number
}

/** What axe finds on a page at this moment; `undefined` where it does not come to an end. `source` is axe's own script. */
export async function axeOn(
  page: Page,
  source: string,
): Promise<readonly AxeViolation[] | undefined> {
  const looking = new AbortController()
  const looked = (async () => {
    if (!(await page.evaluate<boolean>('typeof globalThis.axe === "object"')))
      await page.evaluate(source)
    return page.evaluate<readonly AxeViolation[]>(`axe
      .run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
      .then(({ violations }) => violations.map((one) => ({
        rule: one.id, help: one.help, impact: one.impact || 'minor', count: one.nodes.length,
        where: String(one.nodes[0] && one.nodes[0].target.join(' ')).slice(0, 200),
      })))`)
  })()
    .catch(() => undefined)
    .finally(() => looking.abort())
  // Axe waits by the page's timers, and the page's time stands still.
  const ticking = (async () => {
    while (!looking.signal.aborted) {
      await page.clock.runFor(5).catch(() => undefined)
      await pause(10)
    }
  })()
  const found = await within(looked, 8_000)
  looking.abort()
  await ticking
  return found
}
