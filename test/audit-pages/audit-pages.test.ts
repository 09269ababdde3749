import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import {
  audit,
  type AuditOptions,
  type AuditReport,
} from '../../packages/throughline/src/targets/audit/audit.ts'
import { launchChromium } from '../../packages/throughline/src/targets/browser/chromium.ts'
import { faultKinds, type FaultKind } from '../../packages/throughline/src/targets/audit/fault.ts'
import type { Verdict } from '../../packages/throughline/src/targets/audit/judge.ts'
import { promisedBy } from '../../packages/throughline/src/targets/audit/promised.ts'
import { throughMock } from '../../packages/throughline/src/targets/audit/through-mock.ts'
import { servePages, type Pages } from './serve.ts'

// Each page has one known way of handling faults, or of mishandling them. What somebody who looks at it would say:
const failing = ['500', '401', '404', 'reset', 'hang', 'bad-json', 'empty-object', 'missing:items']
const expected: Readonly<Record<string, Readonly<Record<string, Verdict>>>> = {
  tells: { ...all('message'), nulls: 'message', 'empty-list': 'message' },
  react: {
    ...all('message'),
    'empty-object': 'white page',
    nulls: 'blank',
    'empty-list': 'blank',
    'missing:items': 'white page',
    // Four times two seconds, and seven between: longer than anybody waits.
    hang: 'endless loading',
  },
  store: { ...all('silent'), nulls: 'fallback', 'empty-list': 'message' },
  query: { ...all('garbage'), nulls: 'garbage', 'empty-list': 'garbage', huge: 'garbage' },
  'hash#/shelves': { ...all('fallback'), nulls: 'fallback', 'empty-list': 'fallback' },
  frame: { ...all('endless loading'), nulls: 'endless loading', 'empty-list': 'message' },
  member: {
    500: 'wrong success',
    401: 'redirect',
    404: 'wrong success',
    reset: 'blank',
    hang: 'blank',
    slow: 'silent',
    'bad-json': 'blank',
    'empty-object': 'wrong success',
    nulls: 'wrong success',
    'missing:token': 'wrong success',
    'missing:points': 'blank',
  },
}
const rendered: Readonly<Record<string, Verdict>> = {
  ...all('message'),
  nulls: 'garbage',
  'empty-list': 'blank',
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
  others: Partial<AuditOptions> = {},
): Promise<AuditReport> {
  return audit(browser, {
    app: pages.url,
    routes: names.map((name) => `/${name}`),
    most: 20,
    kinds: new Set(kinds),
    budget: 10_000,
    workers: 3,
    // A session that brings something has to be opened first: only where it matters.
    ...(names.includes('member') && {
      storageState: {
        cookies: [],
        origins: [{ origin: pages.url, localStorage: [{ name: 'token', value: 'abc' }] }],
      },
    }),
    ...others,
  })
}

// The whole matrix takes minutes; what tells the pages from one another is enough each day.
const isWhole = process.env['WHOLE_MATRIX'] === '1'
const telling: Readonly<Record<string, readonly FaultKind[]>> = {
  tells: ['slow'],
  react: ['hang'],
  store: ['reset'],
  query: ['huge'],
  'hash#/shelves': ['404'],
  frame: ['bad-json'],
  member: ['401', 'missing'],
}

test(
  'says what somebody would who looks at each page, each time',
  { timeout: 600_000 },
  async () => {
    const before = pages.asked()
    const cells = await judged(telling)
    // Each page was opened once or twice to learn it; no cell has asked the backend for anything.
    expect(pages.asked() - before).toBeLessThanOrEqual(2 * Object.keys(expected).length)
    expect(cells).toHaveLength(isWhole ? 88 : 9)
    expect(wrongIn(cells)).toEqual([])
    // Where no journey has the screen, the contract names the call, and nobody has decided yet.
    expect(cells.find(({ id }) => id === '/tells::GET /api/products::slow')).toMatchObject({
      call: 'store.listProducts',
      undecided: 'loading',
    })
    const again = await judged(isWhole ? telling : { react: ['hang'] })
    const said = new Map(cells.map(({ id, verdict, why }) => [id, `${verdict} ${why}`]))
    expect(again.map(({ id, verdict, why }) => [id, `${verdict} ${why}`])).toEqual(
      again.map(({ id }) => [id, said.get(id)]),
    )
  },
)

test('finds the same through the mock, and judges what a server renders', async () => {
  const kinds: readonly FaultKind[] = isWhole ? ['500', 'hang', 'slow', 'nulls'] : ['500', 'nulls']
  const { cells } = await audited(isWhole ? ['store', 'rendered'] : ['rendered'], kinds, {
    through: await throughMock(pages.mock),
    budget: 6_000,
  })
  expect(cells).toHaveLength(isWhole ? 8 : 2)
  expect(wrongIn(cells)).toEqual([])
}, 120_000)

/** Each page with its faults; in the whole matrix, with all of them. */
async function judged(
  faults: Readonly<Record<string, readonly FaultKind[]>>,
): Promise<AuditReport['cells']> {
  const reports = await Promise.all(
    Object.entries(faults).map(([name, kinds]) =>
      audited([name], isWhole ? faultKinds : kinds, {
        workers: 1,
        promised: promisedBy(pages.graph),
      }),
    ),
  )
  return reports.flatMap(({ cells }) => cells)
}

function wrongIn(cells: AuditReport['cells']): readonly string[] {
  return cells
    .filter(({ screen, fault, verdict }) => {
      const page = screen.slice(1)
      const table = page === 'rendered' ? rendered : expected[page]
      return verdict !== (table?.[fault] ?? 'unchanged')
    })
    .map(({ id, verdict, why }) => `${id}: ${verdict}. ${why}`)
}

function all(verdict: Verdict): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(failing.map((fault) => [fault, verdict]))
}
