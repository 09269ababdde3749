import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const script = fileURLToPath(new URL('../ci/states.sh', import.meta.url))

/** Runs the script with a command that notes what it is asked, prints a report and ends with `status`. */
function states(status: number, env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(
    join(folder, 'throughline'),
    `printf '%s\\n' "$*" >> asked.txt\n[ "$1" = test ] || exit 0\necho '1 of 2 states proven'\nexit ${status}\n`,
  )
  const ran = spawnSync('bash', [script], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], THROUGHLINE: 'bash ./throughline', ...env },
  })
  const asked = readFileSync(join(folder, 'asked.txt'), 'utf8').trim().split('\n')
  return { status: ran.status, printed: ran.stdout, asked }
}

test('puts what got worse on the pull request, and fails as the run does', () => {
  expect(
    states(1, {
      THROUGHLINE_APP: 'http://localhost:5173',
      THROUGHLINE_BASELINE: 'states.json',
      THROUGHLINE_ARGS: '--state=checkout\n--workers=2\n',
    }),
  ).toEqual({
    status: 1,
    printed: '1 of 2 states proven\n',
    asked: [
      'test ui --format markdown --report throughline-states.html --app http://localhost:5173 --baseline states.json --state=checkout --workers=2',
      'comment throughline-states.md --name states',
    ],
  })
})

test('says nothing on the pull request when it could not look', () => {
  const { status, asked } = states(2, {})
  expect(status).toBe(2)
  expect(asked).toEqual(['test ui --format markdown --report throughline-states.html'])
})
