import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { isScalar, parseDocument, visit } from 'yaml'
import { docsOf } from '../packages/core/src/index.ts'
import { launched } from '../packages/studio/test/chromium.ts'
import { siteFonts } from '../packages/throughline/src/cli/docs/site-fonts.ts'
import { oneFile } from '../packages/throughline/src/targets/docs/html/one-file.ts'
import { siteFiles } from '../packages/throughline/src/targets/docs/site-files.ts'
import { writtenSite } from '../packages/throughline/src/targets/docs/written-site.ts'
import { compiled } from '../packages/throughline/src/workspace/compiled.ts'
import { openWorkspace } from '../packages/throughline/src/workspace/workspace.ts'

// The site of the example shop as readers get it: from a folder, in a browser that reaches nothing else.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const house = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'throughline-site-'))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser: Awaited<ReturnType<typeof launched>>

beforeAll(async () => {
  siteOf(join(house, 'examples/storefront'), 'shop')
  browser = await launched()
})

afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

function docsIn(workspace: string) {
  const { graph, diagnostics } = compiled(openWorkspace(workspace))
  return docsOf(graph, { diagnostics })
}

function siteOf(workspace: string, name: string): void {
  writtenSite(join(folder, name), siteFiles(docsIn(workspace), { fonts: siteFonts() }))
}

function address(path: string): string {
  return pathToFileURL(join(folder, path)).href
}

/** A page, and what it did wrong: errors, and requests to anything but its own folder. */
async function opened(
  path: string,
  look: { readonly dark?: boolean; readonly width?: number } = {},
) {
  const page = await browser.newPage({
    viewport: { width: look.width ?? 1280, height: 900 },
    colorScheme: look.dark === true ? 'dark' : 'light',
  })
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('dialog', (dialog) => {
    faults.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(pathToFileURL(folder).href)) faults.push(request.url())
  })
  await page.goto(address(path))
  return { page, faults, [Symbol.asyncDispose]: () => page.close() }
}

test('leads from a journey to the field a screen needs, and from there back, by clicks and by search', async () => {
  await using site = await opened('shop/index.html')
  const { page } = site
  await page.getByRole('main').getByRole('link', { name: 'Fill a basket and pay' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Fill a basket and pay' }).waitFor()
  await page.getByRole('link', { name: 'delivery.fee.amount' }).click()
  await page.getByRole('heading', { level: 1, name: 'What is in the basket' }).waitFor()
  expect(new URL(page.url()).hash).toBe('#f-200-delivery-fee-amount')
  const row = page.locator('tr:target')
  expect(await row.locator('code').first().innerText()).toBe('amount')
  await row.getByRole('link', { name: 'Review the basket' }).click()
  expect(new URL(page.url()).hash).toBe('#basket')

  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('searchbox').fill('declined pay')
  await page
    .getByRole('dialog')
    .getByRole('link', { name: 'Fill a basket and pay' })
    .first()
    .waitFor()
  await page.getByRole('searchbox').fill('when we can come')
  await page.getByRole('dialog').getByRole('link', { name: 'When we can come' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'When we can come' }).waitFor()
  expect(site.faults).toEqual([])
})

test('shows what the contract lacks in its place, and what people read for each error', async () => {
  await using site = await opened('shop/apis/store/get-basket.html')
  const missing = site.page.locator('tr.missing')
  expect(await missing.locator('code').first().innerText()).toBe('arrival')
  await site.page.goto(address('shop/apis/store/create-payment.html'))
  await site.page
    .getByRole('region', { name: 'Errors, and what people read' })
    .getByText('What the bank said, that nothing was charged')
    .waitFor()
  expect(site.faults).toEqual([])
})

test('remembers the theme, and is readable in both by every rule of axe', async () => {
  for (const path of [
    'shop/index.html',
    'shop/journeys/track-order.html',
    'shop/apis/store/get-basket.html',
  ]) {
    const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(address(path))
    for (const theme of ['light', 'dark']) {
      const found = await violations(page)
      expect(found, `${path} ${theme}`).toEqual([])
      await page.getByRole('button', { name: 'Dark' }).click()
    }
    await page.getByRole('button', { name: 'Dark' }).click()
    await page.reload()
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark')
    await context.close()
  }
})

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
  })
}

test('fits a phone, and lists its pages there behind a button', async () => {
  await using site = await opened('shop/apis/store/get-basket.html', { width: 390 })
  const { page } = site
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: 'Pages' }).click()
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Overview').click()
  await page.getByRole('heading', { level: 1, name: 'Corner Market' }).waitFor()
  expect(site.faults).toEqual([])
})

test('weighs less than 200 kB on the first page, fonts and all', async () => {
  const weighed: Record<string, number> = {}
  for (const path of ['index.html', ...globSync('assets/*', { cwd: join(folder, 'shop') })])
    if (!path.endsWith('search.js'))
      weighed[path] = gzipSync(readFileSync(join(folder, 'shop', path))).length
  const total = Object.values(weighed).reduce((sum, one) => sum + one, 0)
  process.stdout.write(`first page: ${(total / 1000).toFixed(1)} kB ${JSON.stringify(weighed)}\n`)
  expect(total).toBeLessThan(200_000)
})

const markup = `"'><img src=x onerror="window.hit=1" data-hit><script>window.hit=2</script><svg onload="window.hit=3" data-hit>[here](javascript:window.hit=4)</style></title>\`\`\``
const structural =
  /^(\$ref|openapi|throughline|operation|operationId|after|path|in|type|format|pattern|screen|test|same|journey|step|persona|scenario|owner|role|contract|documents|root|stage|stages|condition|next|needs|sends|p50|p75|p95|size|dataset|maxAge|match|class|rule|contains|style|scheme|bearerFormat|fault|latency|propertyName|mapping|required|security|devices|missing-state|severity|extends|rulesets|environments|app|servers)$/

test('shows whatever stands in any text of any file as text', async () => {
  const hostile = join(folder, 'hostile-workspace')
  cpSync(join(house, 'examples/storefront'), hostile, {
    recursive: true,
    filter: (path) => !path.includes('.throughline'),
  })
  for (const file of globSync('**/*.yaml', { cwd: hostile })) {
    const document = parseDocument(readFileSync(join(hostile, file), 'utf8'))
    visit(document, {
      Pair(_, pair) {
        const key = isScalar(pair.key) ? String(pair.key.value) : ''
        if (structural.test(key))
          return isScalar(pair.value) || key !== 'needs' ? visit.SKIP : undefined
        if (isScalar(pair.value) && typeof pair.value.value === 'string')
          pair.value.value = /^(design|url|image)$/.test(key)
            ? `javascript:window.hit=5//${markup}`
            : `${pair.value.value} ${markup}`
        return undefined
      },
    })
    writeFileSync(join(hostile, file), document.toString({ lineWidth: 0 }))
  }
  siteOf(hostile, 'hostile')
  const docs = docsIn(hostile)
  const pages = docs.heads.map(({ path }) => docs.page(path)!)
  writeFileSync(join(folder, 'hostile.html'), oneFile(docs, pages, new Map()))

  const paths = ['hostile.html', ...docs.heads.map(({ path }) => `hostile/${path}.html`)]
  await using site = await opened('hostile/index.html')
  for (const path of paths) {
    await site.page.goto(address(path))
    const hit = await site.page.evaluate(() => [
      'hit' in window,
      document.querySelectorAll('[data-hit], [onerror], [onload], a[href^="javascript:" i]').length,
    ])
    expect(hit, path).toEqual([false, 0])
  }
  await site.page.keyboard.press('/')
  expect(site.faults).toEqual([])
  // The attacks were there to be shown.
  await site.page.goto(address('hostile/journeys/checkout.html'))
  await site.page.getByText('<script>window.hit=2</script>').first().waitFor()
})
