// node bench/sdk.mjs: what the script for pages costs. Its size, and in Chromium the CPU time it takes of the example shop's
// way from the shelves to the payment, sampled by the browser's own profiler.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { house } from '../scripts/ready.mjs'
import { sdkBundles } from '../scripts/pack-sdk.mjs'

const most = { bytes: 5120, share: 1 }
const scripts = await sdkBundles()
const sizes = Object.entries(scripts).map(([name, text]) => [name, gzipSync(text).length])
for (const [name, size] of sizes) console.log(`${name}  ${size} B gzipped`)

const { startDev } = await import('../packages/throughline/src/server/dev.ts')
const { openWorkspace } = await import('../packages/throughline/src/workspace/workspace.ts')
const root = mkdtempSync(join(tmpdir(), 'throughline-sdk-'))
cpSync(join(house, 'examples/storefront'), root, { recursive: true })
const dev = await startDev({
  workspace: openWorkspace(root),
  ports: { studio: 0, mock: 0, app: 0 },
})
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
})
let share
try {
  const page = await browser.newPage()
  const profiler = await page.context().newCDPSession(page)
  await profiler.send('Profiler.enable')
  await profiler.send('Profiler.setSamplingInterval', { interval: 100 })
  await profiler.send('Profiler.start')
  await page.goto(dev.appUrl)
  await page.locator('a[href^="/products/"]').first().click()
  await page.getByRole('button', { name: 'Into the basket' }).first().click()
  await page.waitForTimeout(1000)
  for (const path of ['/basket', '/delivery', '/payment', '/']) {
    await page.evaluate((path) => {
      history.pushState(null, '', path)
      dispatchEvent(new PopStateEvent('popstate'))
    }, path)
    await page.waitForTimeout(1500)
  }
  const { profile } = await profiler.send('Profiler.stop')
  const byId = new Map(profile.nodes.map((node) => [node.id, node]))
  let own = 0
  let script = 0
  profile.samples.forEach((id, index) => {
    const { url, functionName } = byId.get(id).callFrame
    const time = profile.timeDeltas[index]
    if (!/^\((idle|program|root)\)$/.test(functionName)) script += time
    if (url.endsWith('/sdk.js')) own += time
  })
  const whole = profile.endTime - profile.startTime
  share = (own / whole) * 100
  console.log(
    `storefront  ${(own / 1000).toFixed(1)} ms of ${(whole / 1000).toFixed(0)} ms: ${share.toFixed(2)} % of the time, ` +
      `${((own / script) * 100).toFixed(1)} % of the page's ${(script / 1000).toFixed(0)} ms of JavaScript`,
  )
} finally {
  await browser.close()
  await dev.close()
  rmSync(root, { recursive: true, force: true })
}
if (sizes[0][1] > most.bytes || share > most.share) {
  console.error('More than 5 kB, or more than 1 % of the time.')
  process.exitCode = 1
}
