import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../test/shell.ts'
import { watchWorkspace } from './watch.ts'
import { openWorkspace } from './workspace.ts'

const manifest = 'throughline: 1\n'

/** A watched folder: `after(act)` says what was seen to change, and how long it took. */
async function watched(files: Record<string, string>, target?: string[]) {
  const shell = shellIn({ 'throughline.yaml': manifest, ...files })
  const workspace = openWorkspace(target ?? [shell.folder], shell.folder)
  for (const path of [...workspace.paths, ...Object.keys(files)]) workspace.read(path)
  let heard: ((changed: readonly string[]) => void) | undefined
  const changes: (readonly string[])[] = []
  const watcher = watchWorkspace(workspace, {
    onChange(changed) {
      changes.push(changed)
      heard?.(changed)
    },
  })
  onTestFinished(() => watcher.close())
  await pause(150)
  return {
    ...shell,
    workspace,
    changes,
    at: (path: string) => join(shell.folder, path),
    after: async (act: () => void) => {
      const next = new Promise<readonly string[]>((resolve, reject) => {
        heard = resolve
        setTimeout(() => reject(new Error('nothing was seen to change')), 3_000)
      })
      act()
      return next
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

test('sees a saved file, and the workspace reads the new text', async () => {
  const { after, write, workspace } = await watched({ 'journeys/a.journey.yaml': 'journey: a' })
  const changed = await after(() => write({ 'journeys/a.journey.yaml': 'journey: b' }))
  expect(changed).toEqual(['journeys/a.journey.yaml'])
  expect(workspace.read('journeys/a.journey.yaml')).toMatchObject({ text: 'journey: b' })
})

test('sees files that are saved by renaming, again and again', async () => {
  const { after, at, workspace } = await watched({ 'apis/store.yaml': 'openapi: 3.1.0' })
  for (const version of ['3.1.1', '3.2.0']) {
    const changed = await after(() => {
      writeFileSync(at('apis/.store.yaml.swp'), `openapi: ${version}`)
      renameSync(at('apis/.store.yaml.swp'), at('apis/store.yaml'))
    })
    expect(changed).toEqual(['apis/store.yaml'])
    expect(workspace.read('apis/store.yaml')).toMatchObject({ text: `openapi: ${version}` })
  }
})

test('sees new files in new folders, renamed folders and deleted ones', async () => {
  const { after, at, write } = await watched({})
  expect(await after(() => write({ 'journeys/new/a.journey.yaml': 'journey: a' }))).toEqual([
    'journeys/new/a.journey.yaml',
  ])
  await pause(100)
  expect(await after(() => write({ 'journeys/new/b.journey.yaml': 'journey: b' }))).toEqual([
    'journeys/new/b.journey.yaml',
  ])
  expect(await after(() => renameSync(at('journeys/new'), at('journeys/old')))).toEqual([
    'journeys/new/a.journey.yaml',
    'journeys/new/b.journey.yaml',
    'journeys/old/a.journey.yaml',
    'journeys/old/b.journey.yaml',
  ])
  await pause(100)
  expect(await after(() => rmSync(at('journeys'), { recursive: true }))).toContain(
    'journeys/old/a.journey.yaml',
  )
})

test('sees a folder that was replaced by another of the same name', async () => {
  const { after, at, write, workspace } = await watched({ 'apis/store.yaml': 'openapi: 3.1.0' })
  mkdirSync(at('next'))
  writeFileSync(at('next/store.yaml'), 'openapi: 3.1.1')
  await pause(100)
  await after(() => {
    renameSync(at('apis'), at('before'))
    renameSync(at('next'), at('apis'))
  })
  await pause(100)
  expect(workspace.read('apis/store.yaml')).toMatchObject({ text: 'openapi: 3.1.1' })
  expect(await after(() => write({ 'apis/store.yaml': 'openapi: 3.2.0' }))).toContain(
    'apis/store.yaml',
  )
})

test('follows what a bare contract refers to, and nothing else', async () => {
  const { after, write, changes } = await watched(
    { 'apis/store.yaml': 'openapi: 3.1.0', 'node_modules/money/money.yaml': 'a: 1' },
    ['apis/store.yaml'].map((path) => path),
  )
  write({ 'apis/other.yaml': 'b: 1' })
  await pause(150)
  expect(changes).toEqual([])
  expect(await after(() => write({ 'apis/store.yaml': 'openapi: 3.2.0' }))).toEqual(['store.yaml'])
})

test('says one thing about a burst of saves, and nothing about a save that changes nothing', async () => {
  const { after, write, changes } = await watched({
    'apis/store.yaml': 'a: 1',
    'apis/reviews.yaml': 'a: 1',
  })
  await after(() => {
    write({ 'apis/store.yaml': '' })
    write({ 'apis/store.yaml': 'a: 2', 'apis/reviews.yaml': 'a: 2' })
  })
  expect(changes).toEqual([['apis/reviews.yaml', 'apis/store.yaml']])
  write({ 'apis/store.yaml': 'a: 2', 'README.md': 'hello' })
  await pause(200)
  expect(changes).toHaveLength(1)
})
