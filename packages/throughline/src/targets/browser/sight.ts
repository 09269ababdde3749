import type { Page } from 'playwright-core'
import { seen, type SeenInPage } from './page-watch.ts'
import { longestAnswer } from './settled.ts'
import { within } from './within.ts'

/** What somebody sees at one moment. */
export interface Sight extends SeenInPage {
  readonly url: string
  /** Lines of the accessibility tree: roles, names, texts. */
  readonly tree: readonly string[]
}

/** What a page shows now; `undefined` where it does not answer within 6 s. The document may be replaced meanwhile. */
export async function sightOf(page: Page): Promise<Sight | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const found = await within(
      Promise.all([
        page.evaluate<SeenInPage>(seen),
        page.locator('body').ariaSnapshot({ timeout: 3_000 }),
      ]).catch(() => null),
      longestAnswer,
    )
    if (found === undefined) return undefined
    // `null`: the document was just being replaced.
    if (found !== null) return { ...found[0], tree: treeLines(found[1]), url: page.url() }
  }
  return undefined
}

/** One line each, without indentation and without the addresses of links. */
function treeLines(snapshot: string): readonly string[] {
  return snapshot
    .slice(0, 200_000)
    .split('\n')
    .map((line) => line.replace(/^\s*-\s*/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('/'))
    .slice(0, 2_000)
}
