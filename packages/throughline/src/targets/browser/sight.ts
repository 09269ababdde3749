import type { Frame, Page } from 'playwright-core'
import { seen, type SeenInPage } from './page-watch.ts'
import { longestAnswer } from './settled.ts'
import { within } from './within.ts'

/** What somebody sees at one moment. */
export interface Sight extends SeenInPage {
  readonly url: string
  /** Lines of the accessibility tree: roles, names, texts. */
  readonly tree: readonly string[]
}

/**
 * What a page and its frames show now; `undefined` where it does not answer within 6 s. The document may be replaced meanwhile, and
 * frames may come and go.
 */
export async function sightOf(page: Page): Promise<Sight | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const found = await within(
      Promise.all(page.frames().slice(0, mostFrames).map(frameSight)).catch(() => null),
      longestAnswer,
    )
    if (found === undefined) return undefined
    const [main, ...inner] = found ?? []
    // The document was just being replaced.
    if (main === undefined) continue
    const all = [main, ...inner.filter((one) => one !== undefined)]
    return {
      ...main,
      url: page.url(),
      text: all
        .map(({ text }) => text)
        .join(' ')
        .trim(),
      lines: all.flatMap(({ lines }) => lines),
      live: all.flatMap(({ live }) => live),
      busy: all.flatMap(({ busy }) => busy),
      tree: all.flatMap(({ tree }) => tree),
    }
  }
  return undefined
}

const mostFrames = 6

async function frameSight(
  frame: Frame,
): Promise<(SeenInPage & { readonly tree: readonly string[] }) | undefined> {
  try {
    if (frame.parentFrame() !== null && !(await (await frame.frameElement()).isVisible()))
      return undefined
    const [own, snapshot] = await Promise.all([
      frame.evaluate<SeenInPage>(seen),
      frame.locator('body').ariaSnapshot({ timeout: 3_000 }),
    ])
    return { ...own, tree: treeLines(snapshot) }
  } catch {
    return undefined
  }
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
