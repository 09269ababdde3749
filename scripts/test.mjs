// `npm test`: everything CI runs. Stops at the first part that fails; the tests come last and are counted.
// `npm test -- packages/core` runs only the tests whose path contains that.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  chromiumInstalled,
  clickhouseInstalled,
  house,
  installed,
  run,
  studioBuilt,
} from './ready.mjs'

installed()
const only = process.argv.slice(2)

if (only.length === 0) {
  part('Format', ['oxfmt', '--check'])
  part('Lint', ['oxlint', '--deny-warnings'])
  part('Types', ['tsc', '-b'])
  part('Unused code', ['knip', '--no-progress'])
}
chromiumInstalled()
clickhouseInstalled()
studioBuilt()
const report = join(house, 'node_modules', '.vitest-report.json')
part('Tests', [
  'vitest',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...only,
])

const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
if (numPassedTests === 0) {
  console.error('No test ran.')
  process.exit(1)
}
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)

function part(name, command) {
  console.log(`\n${name}`)
  run(command, `${name}: failed. \`npm run fix\` mends format and what the linter can.`)
}
