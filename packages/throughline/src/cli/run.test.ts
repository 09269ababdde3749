import { expect, test } from 'vitest'
import { shellIn } from '../../test/shell.ts'

test('--help lists every command, and no command at all is a usage problem', async () => {
  const { run } = shellIn()
  const help = await run('--help')
  expect(help).toMatchObject({ status: 0, stderr: '' })
  expect(help.stdout).toMatch(/^throughline \d+\.\d+\.\d+ {2}Screens and APIs/)
  for (const name of ['dev', 'init', 'check', 'mock', 'explain', 'completion'])
    expect(help.stdout).toContain(`\n  ${name} `)
  const nothing = await run()
  expect(nothing).toMatchObject({ status: 2, stdout: '' })
  expect(nothing.stderr).toContain('Usage  throughline COMMAND')
})

test('--version prints the version only', async () => {
  expect((await shellIn().run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/)
})

test.each([
  [
    ['chekc'],
    'There is no command `chekc`. Did you mean `throughline check`? See `throughline --help`.',
  ],
  [['toString'], 'There is no command `toString`. See `throughline --help`.'],
  [
    ['--verbos', 'check'],
    'There is no option `--verbos` before the command. See `throughline --help`.',
  ],
  [
    ['check', '--al'],
    'There is no option `--al`. Did you mean `--all`? See `throughline check --help`.',
  ],
  [
    ['check', '--constructor'],
    'There is no option `--constructor`. See `throughline check --help`.',
  ],
  [['check', '-x'], 'There is no option `-x`. See `throughline check --help`.'],
  [['check', '--no-rule'], 'There is no option `--no-rule`. See `throughline check --help`.'],
  [['check', '--all=yes'], '`--all` takes no value. See `throughline check --help`.'],
  [['check', '--rule'], '`--rule` needs a value: --rule NAMES. See `throughline check --help`.'],
  [
    ['check', '--rule', '--json'],
    '`--rule` needs a value: --rule NAMES. See `throughline check --help`.',
  ],
  [
    ['check', '--format', 'xml'],
    '`--format` is one of text, json, sarif, github, markdown, not `xml`. See `throughline check --help`.',
  ],
  [
    ['check', '--max-warnings', '-1'],
    '`--max-warnings` is a whole number from 0 to 1000000000, not `-1`.',
  ],
  [
    ['check', '--rule', 'need-not-in-contrat'],
    'There is no rule `need-not-in-contrat`. Did you mean `need-not-in-contract`? `throughline explain` lists them all.',
  ],
  [['check', '--json', '--format', 'sarif'], '`--json` and `--format sarif` exclude each other.'],
  [
    ['explain', 'TL2003', 'TL2004'],
    'There is nothing to do with `TL2004`. See `throughline explain --help`.',
  ],
  [['mock', '--port', '70000'], '`--port` is a whole number from 0 to 65535, not `70000`.'],
  [['completion', 'tcsh'], 'Name your shell: `throughline completion bash|zsh|fish`.'],
])('%j is refused with advice', async (argv, message) => {
  const { status, stderr } = await shellIn().run(...argv)
  expect({ status, stderr }).toEqual({ status: 2, stderr: `error TL9003: ${message}\n` })
})

test('a refusal under --json is JSON as well, and stdout holds nothing else', async () => {
  const { status, stdout, stderr } = await shellIn().run('check', '--json', 'gone.yaml')
  expect(status).toBe(2)
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    error: { code: 'TL9001', message: 'There is no file or folder gone.yaml.' },
  })
  expect(stderr).toBe('error TL9001: There is no file or folder gone.yaml.\n')
})

test.each(['dev', 'init', 'check', 'mock', 'explain', 'completion'])(
  '%s --help has usage, options and examples',
  async (name) => {
    const { status, stdout } = await shellIn().run(name, '--help')
    expect(status).toBe(0)
    for (const part of [
      `Usage  throughline ${name}`,
      '\nOptions\n',
      '--json',
      '\nExamples\n',
      `  throughline ${name}`,
    ])
      expect(stdout).toContain(part)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100)
    expect((await shellIn().run('help', name)).stdout).toBe(stdout)
  },
)

test('help is one readable page', async () => {
  expect((await shellIn().run('explain', '--help')).stdout).toMatchInlineSnapshot(`
    "throughline explain  What a diagnostic or a change means, with an example

    Usage  throughline explain [CODE|RULE] [OPTIONS]

    Options
          --json  Machine-readable result on stdout; talk goes to stderr
      -h, --help  Show this

    Examples
      throughline explain TL2003  by code
      throughline explain need-not-in-contract
                                  by rule
      throughline explain response-property-removed
                                  a change that diff told
      throughline explain         every code and rule
    "
  `)
})

test('a bug shows its stack and where to report it', async () => {
  const shell = shellIn({ 'openapi.yaml': 'openapi: 3.1.0' })
  const { run } = await import('./run.ts')
  let stderr = ''
  const status = await run(['check', 'openapi.yaml'], {
    stdout: {
      write() {
        throw new TypeError('the printer is on fire')
      },
    },
    stderr: { write: (text) => (stderr += text) },
    cwd: shell.folder,
    env: {},
    untilStopped: () => Promise.resolve(),
  })
  expect(status).toBe(3)
  expect(stderr).toMatch(
    /^internal error: this is a bug in Throughline, not in your files\.\n\nTypeError: the printer is on fire\n {4}at /,
  )
  expect(stderr).toMatch(
    /throughline \d+\.\d+\.\d+, node \d+\.\d+\.\d+, \w+ \w+\nPlease report it with the lines above: .+\n$/,
  )
})
