// `npm start`: the example, running. `npm start -- check examples/storefront`: any command of Throughline.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { environment, house, installed, node24, studioBuilt } from './ready.mjs'

installed()
const given = process.argv.slice(2)
const args = given.length > 0 ? given : ['dev', 'examples/storefront']
if (args[0] === 'dev') studioBuilt()

const throughline = join(house, 'packages', 'throughline', 'bin', 'throughline.js')
const child = spawn(node24, [throughline, ...args], {
  cwd: house,
  stdio: 'inherit',
  env: environment(),
})
// Ctrl-C reaches the whole group: the child ends by itself and says how.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
