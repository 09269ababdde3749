import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellIn } from '../../../test/shell.ts'
import { commands } from '../commands.ts'

test.each(['bash', 'zsh', 'fish'])(
  '%s knows every command and the options of each',
  async (shell) => {
    const { status, stdout } = await shellIn().run('completion', shell)
    expect(status).toBe(0)
    for (const name of Object.keys(commands)) expect(stdout).toContain(name)
    for (const option of ['max-warnings', 'scenario', 'no-cors', 'tags'])
      expect(stdout).toContain(option)
  },
)

test('bash completes commands, options, choices and files', async () => {
  const shell = shellIn({ 'openapi.yaml': '' })
  const { stdout } = await shell.run('completion', 'bash')
  shell.write({ 'completion.bash': stdout })
  const complete = (...words: string[]): readonly string[] => {
    const script = `source ./completion.bash
COMP_WORDS=(${words.map((word) => `"${word}"`).join(' ')}); COMP_CWORD=${words.length - 1}; _throughline; printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout: lines, stderr } = spawnSync('bash', ['--norc', '-c', script], {
      cwd: shell.folder,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    return lines.trim().split('\n')
  }
  expect(complete('throughline', 'com')).toEqual(['comment', 'completion'])
  expect(complete('throughline', 'check', '--m')).toEqual(['--max-warnings'])
  expect(complete('throughline', 'check', '--format', 's')).toEqual(['sarif'])
  expect(complete('throughline', 'export', '--format', 'm')).toContain('msw')
  expect(complete('throughline', 'check', 'open')).toEqual(['openapi.yaml'])
  expect(complete('throughline', 'completion', 'z')).toEqual(['zsh'])
  expect(complete('throughline', 'test', 'u')).toEqual(['ui'])
  expect(complete('throughline', 'test', 'ui', '--pat')).toEqual(['--patience'])
  expect(complete('throughline', 'test', 'ui', '--format', 'sar')).toEqual(['sarif'])
  expect(complete('throughline', 'test', '--pat')).toEqual([''])
  expect(complete('throughline', 'mock', '--no-')).toEqual(['--no-cors', '--no-watch'])
})
