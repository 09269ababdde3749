// node live.mjs INSTALLED WORKSPACE: the time from saving a journey to the new blueprint in the hands of a page of the studio
// (change seen, linked, checked, announced, asked for and read), in milliseconds, median of 15 saves. Prints JSON.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [installed, workspace] = process.argv.slice(2)
const work = mkdtempSync(join(tmpdir(), 'throughline-live-'))
cpSync(workspace, work, { recursive: true })
const journey = join(work, 'journeys/checkout.journey.yaml')
const text = readFileSync(journey, 'utf8')

const command = join(installed, 'node_modules/throughline/bin/throughline.js')
const child = spawn(process.execPath, [command, 'dev', work, '--port', '0', '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const times = []
try {
  const { studio } = JSON.parse(
    await new Promise((resolve) => child.stdout.once('data', (data) => resolve(String(data)))),
  )
  const { origin, searchParams } = new URL(studio)
  const headers = { authorization: `Bearer ${searchParams.get('token')}` }
  const page = events((await fetch(`${origin}/api/events`, { headers })).body)
  await page.next()
  for (let round = 1; round <= 15; round++) {
    const from = performance.now()
    writeFileSync(journey, text.replace(/^title: .*$/m, `title: Round ${round}`))
    for (;;) {
      await page.next()
      const blueprint = await (await fetch(`${origin}/api/journeys/checkout`, { headers })).json()
      if (blueprint.journey.title === `Round ${round}`) break
    }
    times.push(performance.now() - from)
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
} finally {
  child.kill('SIGINT')
  rmSync(work, { recursive: true, force: true })
}
console.log(JSON.stringify({ live: times.sort((a, b) => a - b)[7] }))
process.exit(0)

/** Server-sent events, one by one. */
async function* events(body) {
  let text = ''
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      if (text.startsWith('data:') || text.includes('\ndata:')) yield text.slice(0, end)
      text = text.slice(end + 2)
    }
  }
}
