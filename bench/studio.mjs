// node bench/studio.mjs: how the studio feels with much in it, in Chromium on this machine. Prints figures; exits with 1 when one is too slow.
//   scrolling the needs of a workspace of 300 operations, 40 steps and 2,000 needs: the longest task (under 100 ms)
//   opening GitHub's REST description in the reference: from asking for the page to its list (under 1 s)
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { house, installed, node24, studioBuilt } from '../scripts/ready.mjs'

installed()
studioBuilt()
const work = mkdtempSync(join(tmpdir(), 'throughline-studio-bench-'))
generate()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
})
let failed = false
try {
  const big = await serve(work)
  const journeys = Array.from({ length: 8 }, (_, index) => `journey${index}`).join(',')
  const page = await opened(big.studio, `/needs?open=${journeys}`)
  await page.getByRole('grid').waitFor()
  await page.waitForTimeout(1_000)
  const longest = []
  for (let pass = 0; pass < 5; pass++) longest.push(await page.evaluate(scrolled))
  report('longest task while scrolling 2,000 needs beside 40 steps', median(longest), 100)
  big.stop()

  const github = await serve(
    join(house, 'node_modules/@octokit/openapi/generated/api.github.com.json'),
  )
  const opening = []
  for (let pass = 0; pass < 5; pass++) {
    const fresh = await opened(github.studio, '/kit')
    const from = performance.now()
    await fresh.goto(new URL('/reference', github.studio).href)
    await fresh.getByRole('link', { name: /repos/i }).first().waitFor()
    opening.push(performance.now() - from)
    await fresh.close()
  }
  report(
    "GitHub's 1,223 operations in the reference, from the address to the list",
    median(opening),
    1_000,
  )
  github.stop()
} finally {
  await browser.close()
  rmSync(work, { recursive: true, force: true })
}
process.exitCode = failed ? 1 : 0

/** Runs in the page: scrolls as a hand would and gives the longest task in milliseconds, 0 for none over 50. */
async function scrolled() {
  const tasks = []
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries()))
  watch.observe({ entryTypes: ['longtask'] })
  const scroller = document.querySelector('.scroller')
  scroller.scrollTo(0, 0)
  await new Promise((next) => setTimeout(next, 500))
  const start = performance.now()
  for (let frame = 0; frame < 90; frame += 1) {
    scroller.scrollBy({ top: 180, left: frame % 2 ? 40 : -10 })
    await new Promise((next) => requestAnimationFrame(next))
  }
  await new Promise((next) => setTimeout(next, 200))
  watch.disconnect()
  return Math.max(
    0,
    ...tasks.filter((task) => task.startTime >= start).map((task) => task.duration),
  )
}

function generate() {
  const paths = {}
  for (let operation = 0; operation < 300; operation++) {
    const properties = Object.fromEntries(
      Array.from({ length: 10 }, (_, field) => [`field${field}`, { type: 'string' }]),
    )
    const schema = { type: 'object', required: Object.keys(properties), properties }
    const responses = { 200: { description: 'Fine', content: { 'application/json': { schema } } } }
    paths[`/things${operation}`] = {
      get: { operationId: `getThing${operation}`, summary: `Thing ${operation}`, responses },
    }
  }
  const contract = { openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths }
  writeFileSync(join(work, 'things.json'), JSON.stringify(contract))
  writeFileSync(
    join(work, 'throughline.yaml'),
    'throughline: 1\nname: Many things\napis: { things: { contract: things.json } }\n',
  )
  mkdirSync(join(work, 'journeys'))
  for (let journey = 0; journey < 8; journey++) {
    const steps = Array.from({ length: 5 }, (_, step) => ({
      step: `step${step}`,
      calls: Array.from({ length: 5 }, (_, call) => ({
        operation: `things.getThing${(journey * 25 + step * 5 + call) % 300}`,
        needs: Array.from({ length: 10 }, (_, field) => `field${field}`),
      })),
    }))
    writeFileSync(
      join(work, `journeys/journey${journey}.journey.json`),
      JSON.stringify({ journey: `journey${journey}`, steps }),
    )
  }
}

/** `throughline dev` on free ports. */
async function serve(target) {
  const command = join(house, 'packages/throughline/bin/throughline.js')
  const child = spawn(node24, [command, 'dev', target, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await new Promise((resolve) =>
    child.stdout.once('data', (data) => resolve(String(data))),
  )
  return { studio: JSON.parse(line).studio, stop: () => child.kill('SIGINT') }
}

async function opened(studio, path) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
  await page.goto(studio)
  await page.goto(new URL(path, studio).href)
  return page
}

function report(what, milliseconds, most) {
  console.log(
    `${milliseconds <= most ? 'yes' : 'NO '}  ${milliseconds.toFixed(0).padStart(5)} ms of ${most} ms  ${what}`,
  )
  failed ||= milliseconds > most
}

function median(list) {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]
}
