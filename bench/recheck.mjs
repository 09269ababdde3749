// node recheck.mjs INSTALLED CONTRACT: the time from saving a journey to the new findings of `check --watch`, beside a big
// contract, in milliseconds (median of 15 saves). Includes noticing the change on disk. Prints JSON.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [installed, contract] = process.argv.slice(2)
const work = mkdtempSync(join(tmpdir(), 'throughline-recheck-'))
mkdirSync(join(work, 'journeys'))
cpSync(contract, join(work, 'github.json'))
writeFileSync(
  join(work, 'throughline.yaml'),
  'throughline: 1\nname: Issues\napis:\n  github: { contract: github.json, owner: platform }\nteams: { platform: { role: backend } }\n',
)
const journey = join(work, 'journeys', 'triage.journey.yaml')
const save = (round) =>
  writeFileSync(
    journey,
    `journey: triage
steps:
  - step: inbox
    title: Read the inbox, round ${round}
    calls:
      - operation: github GET /repos/{owner}/{repo}/issues
        needs: ["[].title", "[].number", "[].user.login", "[].round${round}"]
  - step: issue
    calls:
      - operation: github GET /repos/{owner}/{repo}/issues/{issue_number}
        needs: [title, body, comments]
`,
  )
save(0)

const child = spawn(
  process.execPath,
  [
    join(installed, 'node_modules/throughline/bin/throughline.js'),
    'check',
    '--watch',
    '--rule',
    'need-not-in-contract',
  ],
  {
    cwd: work,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  },
)
let printed = ''
let heard = () => {}
for (const stream of [child.stdout, child.stderr])
  stream.setEncoding('utf8').on('data', (text) => ((printed += text), heard()))
const times = []
try {
  await until('round0')
  await pause(500)
  for (let round = 1; round <= 15; round++) {
    printed = ''
    const from = performance.now()
    save(round)
    await until(`round${round}`)
    times.push(performance.now() - from)
    await pause(150)
  }
} finally {
  child.kill('SIGINT')
  rmSync(work, { recursive: true, force: true })
}
console.log(JSON.stringify({ recheck: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] }))

function until(text) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`"${text}" was not printed within 20 s, but:\n${printed}`)),
      20_000,
    )
    heard = () => {
      if (!printed.includes(text)) return
      clearTimeout(late)
      resolve()
    }
    heard()
  })
}

function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
