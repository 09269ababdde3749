import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isScalar, parseDocument, visit } from 'yaml'
import { startDev, type RunningDev } from '../packages/throughline/src/server/dev.ts'
import { openWorkspace } from '../packages/throughline/src/workspace/workspace.ts'
import { launched } from '../packages/studio/test/chromium.ts'

// Everything in a workspace comes from somebody else's files. Here each text a person can write in one of them is an attack.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const markup = `"'><img src=x onerror="window.hit=1" data-hit><script>window.hit=2</script><svg onload="window.hit=3" data-hit>[here](javascript:window.hit=4)</style></title>`

/** What the files need as it is to say the same journeys; everything else is text for people. */
const structural =
  /^(\$ref|openapi|throughline|operation|operationId|after|path|in|type|format|pattern|screen|test|same|journey|step|persona|scenario|owner|role|contract|documents|root|stage|stages|condition|next|needs|sends|p50|p75|p95|size|dataset|maxAge|match|class|rule|contains|style|scheme|bearerFormat|fault|latency|propertyName|mapping|required|security|devices|missing-state|severity|extends|rulesets)$/

/** Links that people write: a browser must not run them. */
const links =
  /^(design|url|image|picture|termsOfService|openIdConnectUrl|authorizationUrl|tokenUrl)$/

const folder = mkdtempSync(join(tmpdir(), 'throughline-hostile-'))
let dev: RunningDev
let browser: Awaited<ReturnType<typeof launched>>

beforeAll(async () => {
  cpSync(fileURLToPath(new URL('../examples/storefront', import.meta.url)), folder, {
    recursive: true,
    filter: (path) => !path.includes('.throughline'),
  })
  for (const file of globSync('**/*.yaml', { cwd: folder })) rewrite(join(folder, file), poisoned)
  rewrite(join(folder, 'apis/reviews.graphql'), (text) =>
    text.replaceAll(
      /"""([\s\S]*?)"""/g,
      (_, said: string) => `"""${said.trim()} ${markup.replaceAll('"', "'")}"""`,
    ),
  )
  dev = await startDev({ workspace: openWorkspace(folder), ports: { studio: 0, mock: 0, app: 0 } })
  browser = await launched()
})

afterAll(async () => {
  await browser?.close()
  await dev?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('shows whatever stands in any text of any file as text, on every page', async () => {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1040 } })
  const alarms: string[] = []
  page.on('dialog', (dialog) => {
    alarms.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => alarms.push(`${page.url()} ${error.message}`))
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text()))
      alarms.push(`${page.url()} ${message.text()}`)
  })
  const studio = new URL(dev.studioUrl)
  await page.goto(dev.studioUrl)
  const seen = await crawled(page, studio.origin, async () => {
    alarms.push(...(await injected(page)))
  })
  await page.goto(`${dev.mockUrl}/_throughline/`)
  alarms.push(...(await injected(page)))

  expect(alarms).toEqual([])
  expect([...seen].toSorted()).toEqual(
    expect.arrayContaining([
      '/diagnostics',
      '/journeys',
      '/journeys/checkout',
      '/needs',
      '/reference',
      '/states',
    ]),
  )
  // The attacks were there to be shown.
  await page.goto(`${studio.origin}/journeys/checkout`)
  await page.getByText('<script>window.hit=2</script>').first().waitFor()
})

function rewrite(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

function poisoned(text: string): string {
  const document = parseDocument(text)
  visit(document, {
    Pair(_, pair, ancestors) {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      if (key === 'environments' || key === 'app' || key === 'servers') return visit.SKIP
      // A list of names is as structural as its key.
      if (
        structural.test(key) &&
        !isText(pair.value) &&
        ancestors.length > 1 &&
        key !== 'needs' &&
        key !== 'security'
      )
        return visit.SKIP
      if (!isText(pair.value)) return undefined
      if (links.test(key)) pair.value.value = `javascript:window.hit=5//${markup}`
      else if (!structural.test(key)) pair.value.value += ` ${markup}`
      return undefined
    },
  })
  return document.toString({ lineWidth: 0 })
}

function isText(value: unknown): value is { value: string } {
  return isScalar(value) && typeof value.value === 'string'
}

/** Follows the studio's own links: every path, each with a few of the panels that an address can open. */
async function crawled(
  page: Page,
  origin: string,
  look: () => Promise<void>,
): Promise<ReadonlySet<string>> {
  const queue = ['/']
  const seen = new Set(queue)
  const paths = new Map<string, number>()
  const mostOf = (path: string): number => (path.startsWith('/journeys/') ? 4 : 2)
  let references = 0
  for (const address of queue) {
    await page.goto(origin + address)
    await page.locator('main :is(h1, h2)').first().waitFor()
    await look()
    for (const found of await page
      .locator('a[href^="/"]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('href')!))) {
      const { pathname } = new URL(found, origin)
      const count = paths.get(pathname) ?? 0
      if (seen.has(found) || count >= mostOf(pathname)) continue
      // They are all made alike.
      if (pathname.startsWith('/reference/') && ++references > 5) continue
      seen.add(found)
      paths.set(pathname, count + 1)
      queue.push(found)
    }
  }
  return new Set(paths.keys())
}

/** Signs that a text became markup. */
function injected(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const signs: string[] = []
    if ('hit' in window) signs.push(`${location.pathname} ran a script: ${String(window.hit)}`)
    for (const element of document.querySelectorAll('[data-hit], [onerror], [onload]'))
      signs.push(`${location.pathname} made an element: ${element.outerHTML.slice(0, 80)}`)
    for (const link of document.querySelectorAll('a, area, form, iframe, img, use')) {
      const target = ['href', 'src', 'action', 'xlink:href']
        .map((name) => link.getAttribute(name) ?? '')
        .join(' ')
      if (/javascript:/i.test(target))
        signs.push(`${location.pathname} links to ${target.slice(0, 60)}`)
    }
    return signs
  })
}
