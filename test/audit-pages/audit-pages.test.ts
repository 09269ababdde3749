import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { audit, type AuditReport } from '../../packages/throughline/src/targets/audit/audit.ts'
import { launchChromium } from '../../packages/throughline/src/targets/browser/chromium.ts'
import { faultKinds, type FaultKind } from '../../packages/throughline/src/targets/audit/fault.ts'
import type { Verdict } from '../../packages/throughline/src/targets/audit/judge.ts'
import { servePages, type Pages } from './serve.ts'

// Each page has one known way of handling faults, or of mishandling them. What somebody who looks at it would say:
const failing = ['500', '401', '404', 'reset', 'hang', 'bad-json', 'empty-object'] as const
const expected: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  ignores: {
    ...all('blank'),
    slow: 'silent',
    nulls: 'garbage',
    'empty-list': 'blank',
    'missing:items': 'blank',
  },
  spins: {
    ...all('endless loading'),
    nulls: 'endless loading',
    'empty-list': 'message',
    'missing:items': 'endless loading',
  },
  tells: {
    ...all('message'),
    nulls: 'message',
    'empty-list': 'message',
    'missing:items': 'message',
  },
  cached: {
    ...all('fallback'),
    nulls: 'fallback',
    'empty-list': 'fallback',
    'missing:items': 'fallback',
  },
  swallows: {
    ...all('silent'),
    nulls: 'fallback',
    'empty-list': 'message',
    'missing:items': 'silent',
  },
  prints: {
    ...all('garbage'),
    nulls: 'garbage',
    'empty-list': 'garbage',
    'missing:items': 'garbage',
    'missing:total': 'garbage',
  },
  react: {
    ...all('message'),
    'empty-object': 'white page',
    nulls: 'blank',
    'empty-list': 'blank',
    'missing:items': 'white page',
    // Four times two seconds, and seven between: longer than anybody waits.
    hang: 'endless loading',
  },
}

let pages: Pages
let browser: Browser

beforeAll(async () => {
  pages = await servePages(0)
  browser = await launchChromium(process.cwd(), process.env)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await pages?.close()
})

function audited(
  names: readonly string[],
  kinds: readonly FaultKind[] = faultKinds,
): Promise<AuditReport> {
  return audit(browser, {
    app: pages.url,
    routes: names.map((name) => `/${name}`),
    most: 20,
    kinds: new Set(kinds),
    budget: 10_000,
    workers: 4,
  })
}

test('says what somebody would who looks at each page', { timeout: 240_000 }, async () => {
  const names = Object.keys(expected)
  const before = pages.asked()
  const { cells } = await audited(names)
  // Each page was opened twice to learn it; no cell has asked the backend for anything.
  expect(pages.asked() - before).toBe(2 * names.length)
  expect(cells).toHaveLength(names.length * 13)
  const wrong = cells.filter(
    ({ screen, fault, verdict }) => verdict !== (expected[screen.slice(1)]?.[fault] ?? 'unchanged'),
  )
  expect(wrong.map(({ id, verdict, why }) => `${id}: ${verdict}. ${why}`)).toEqual([])
})

test('says the same each time', { timeout: 120_000 }, async () => {
  const once = async (): Promise<readonly string[]> => {
    const { cells } = await audited(['swallows', 'tells'], ['500', 'hang', 'slow', 'nulls'])
    return cells.map(({ id, verdict, why }) => `${id} ${verdict} ${why}`)
  }
  const first = await once()
  expect(first).toHaveLength(8)
  expect(await once()).toEqual(first)
  expect(await once()).toEqual(first)
})

test('says of a page that a server renders where its faults have to come from', async () => {
  const { cells, notes } = await audited(['rendered'])
  expect(cells).toEqual([])
  expect(notes.join()).toContain('/rendered calls nothing from the browser')
})

function all(verdict: Verdict): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(failing.map((fault) => [fault, verdict]))
}
