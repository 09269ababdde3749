import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { shellIn } from './shell.ts'

// Each test starts processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const bin = fileURLToPath(new URL('../bin/throughline.js', import.meta.url))
const contract = `openapi: 3.1.0
info: { title: Store, version: 1.0.0 }
paths:
  /basket: { get: { responses: { 200: { $ref: '#/nowhere' } } } }
${Array.from({ length: 400 }, (_, index) => `  /orders/${index}: { get: { operationId: getOrder${index}, responses: { 200: { description: The order }, 404: { description: Gone } } } }`).join('\n')}
`

function throughline(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  return { status, stdout, stderr }
}

test('answers --version without loading anything else', () => {
  const { version } = JSON.parse(readFileSync(join(bin, '../../package.json'), 'utf8')) as {
    version: string
  }
  const { folder } = shellIn()
  for (const flag of ['--version', '-v', '-V']) {
    expect(throughline([flag], folder)).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
  }
})

test('exits with 0, 1 and 2 and keeps talk off stdout', () => {
  const { folder } = shellIn({
    'openapi.yaml': contract,
    'fine.yaml': 'openapi: 3.1.0\ninfo: { title: a, version: "1" }\npaths: {}\n',
  })
  expect(throughline(['check', 'fine.yaml'], folder)).toMatchObject({ status: 0, stderr: '' })
  expect(throughline(['check', 'openapi.yaml'], folder)).toMatchObject({ status: 1, stderr: '' })
  expect(throughline(['check', 'gone.yaml'], folder)).toEqual({
    status: 2,
    stdout: '',
    stderr: 'error TL9001: There is no file or folder gone.yaml.\n',
  })
})

test('prints all of a big result to a pipe, and colours only when forced to', () => {
  const { folder } = shellIn({ 'openapi.yaml': contract })
  const { stdout } = throughline(['check', 'openapi.yaml', '--json'], folder)
  expect((JSON.parse(stdout) as { diagnostics: unknown[] }).diagnostics.length).toBeGreaterThan(100)
  expect(throughline(['check', 'openapi.yaml'], folder).stdout).not.toContain('\u001b')
  expect(throughline(['check', 'openapi.yaml'], folder, { FORCE_COLOR: '1' }).stdout).toContain(
    '\u001b[31merror',
  )
})

test('ends quietly when whoever reads its output has read enough', () => {
  const { folder } = shellIn({ 'openapi.yaml': contract })
  const { stdout, stderr } = spawnSync(
    'bash',
    [
      '-c',
      `"${process.execPath}" "${bin}" check openapi.yaml --all --json | head -c 10; echo " \${PIPESTATUS[0]}"`,
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  expect(stdout).toBe('{\n  "versi 0\n')
  expect(stderr).toBe('')
})

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a mock ends cleanly on %s, even when a launcher sends it twice',
  async (signal) => {
    const { folder } = shellIn({ 'openapi.yaml': contract })
    const child = spawn(process.execPath, [bin, 'mock', 'openapi.yaml', '--port', '0'], {
      cwd: folder,
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await expect.poll(() => output, { timeout: 30_000 }).toContain('Ctrl-C ends it.')
    const ended = new Promise((resolve) =>
      child.once('exit', (status, killed) => resolve({ status, killed })),
    )
    child.kill(signal)
    child.kill(signal)
    expect(await ended).toEqual({ status: 0, killed: null })
  },
)

test('stands nowhere without falling over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-'))
  const { status, stderr } = spawnSync(
    'bash',
    ['-c', `cd "${folder}" && rmdir "${folder}" && "${process.execPath}" "${bin}" check gone.yaml`],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'error TL9001: There is no file or folder gone.yaml.\n',
  })
})
