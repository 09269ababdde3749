import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { shellIn } from '../../test/shell.ts'

const contract = (title: string): string => `openapi: 3.1.0
info: { title: Store, version: '1' }
paths:
  /basket:
    get:
      operationId: getBasket
      responses: { '200': { description: x, content: { application/json: { schema: { type: object }, example: { title: ${title} } } } } }
`

function shop() {
  const shell = shellIn({ 'store.yaml': contract('first') })
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=Shop', '-c', 'user.email=shop@example.com', ...args], {
      cwd: shell.folder,
      stdio: 'ignore',
    })
  }
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'Open the shop')
  git('tag', 'v1')
  shell.write({ 'store.yaml': contract('second') })
  git('commit', '-q', '-a', '-m', 'Change the basket')
  shell.write({ 'store.yaml': contract('unsaved') })
  return shell
}

async function served(started: { stdout(): string; says(text: string): Promise<void> }): Promise<{
  readonly url: string
  readonly asOf?: unknown
}> {
  await started.says('"summary"')
  return JSON.parse(started.stdout()) as { url: string }
}

test('serves the workspace as it was at a revision', async () => {
  const started = shop().start('mock', 'store.yaml', '-p', '0', '--as-of', 'v1', '--json')
  const { url, asOf } = await served(started)
  expect(asOf).toMatchObject({ revision: 'v1', commit: expect.stringMatching(/^[0-9a-f]{40}$/) })
  expect(await (await fetch(`${url}/basket`)).json()).toEqual({ title: 'first' })
  await started.stop()
})

test('serves versions side by side, by header', async () => {
  const started = shop().start('mock', 'store.yaml', '-p', '0', '--versions', 'main,v1', '--json')
  const { url } = await served(started)
  const asked = async (revision: string): Promise<readonly [unknown, string | null]> => {
    const answer = await fetch(`${url}/basket`, { headers: { 'throughline-as-of': revision } })
    const value = (await answer.json()) as { title: string }
    return [value.title, answer.headers.get('throughline-as-of')]
  }
  expect(await (await fetch(`${url}/basket`)).json()).toEqual({ title: 'unsaved' })
  expect(await asked('v1')).toEqual(['first', expect.stringMatching(/^v1; commit=[0-9a-f]{12}$/)])
  expect(await asked('main')).toEqual(['second', expect.stringContaining('main; commit=')])
  expect(await asked('HEAD~1')).toEqual(['first', expect.stringContaining('HEAD~1; commit=')])
  expect(await asked('v9')).toEqual([
    expect.stringContaining('This repository has no revision `v9`'),
    null,
  ])
  await started.stop()
})

test('ends at once where a revision is not to be had', async () => {
  const shell = shop()
  for (const args of [
    ['--as-of', 'v9'],
    ['--versions', 'main,v9'],
  ])
    expect(await shell.run('mock', 'store.yaml', '-p', '0', ...args)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('error TL9005: This repository has no revision `v9`'),
    })
})
