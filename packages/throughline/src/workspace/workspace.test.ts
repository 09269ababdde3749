import {
  chmodSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { compile } from '@throughline/core'
import { expect, onTestFinished, test } from 'vitest'
import { shellIn } from '../../test/shell.ts'
import { CannotRun } from '../cannot-run.ts'
import { openWorkspace } from './workspace.ts'

const manifest = 'throughline: 1\nname: Shop\napis: { store: { contract: apis/store.yaml } }\n'

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof CannotRun) return `${error.code} ${error.message}`
    throw error
  }
  return 'ran'
}

test('finds the workspace at or above the folder one stands in, up to the repository', () => {
  const { folder } = shellIn({
    '.git/HEAD': '',
    'shop/throughline.yaml': manifest,
    'shop/apis/store.yaml': '',
    'docs/a.md': '',
  })
  expect(openWorkspace(undefined, join(folder, 'shop/apis')).root).toBe(join(folder, 'shop'))
  expect(refusal(() => openWorkspace(undefined, join(folder, 'docs')))).toBe(
    'TL9001 There is no throughline.yaml in this folder or above. Name a contract (`throughline check openapi.yaml`), or write a workspace with `throughline init openapi.yaml`.',
  )
})

test('tells somebody without a workspace which contract they could check', () => {
  const { folder } = shellIn({
    'apis/store.yaml': 'openapi: 3.1.0\n',
    'apis/reviews.graphql': 'type Query { reviews: [String] }',
    'notes.yaml': 'a: 1',
  })
  expect(refusal(() => openWorkspace('apis', folder))).toBe(
    'TL9001 There is no throughline.yaml in apis. Check a contract by itself with `throughline check apis/reviews.graphql`, ' +
      'or write a workspace with `throughline init apis/reviews.graphql` (also found: apis/store.yaml).',
  )
  expect(refusal(() => openWorkspace('nothing.yaml', folder))).toBe(
    'TL9001 There is no file or folder nothing.yaml.',
  )
  expect(refusal(() => openWorkspace('https://store.example/openapi.json', folder))).toBe(
    'TL9001 https://store.example/openapi.json is an address; contracts are read from files. Download it first: curl -o openapi.json https://store.example/openapi.json',
  )
})

test('takes contract files for a workspace of their own', () => {
  const { folder } = shellIn({
    'apis/store.yaml': 'openapi: 3.1.0\n',
    'apis/v2/store.yaml': 'openapi: 3.1.0\n',
    'apis/common.yaml': 'a: 1\n',
  })
  const workspace = openWorkspace(['apis/store.yaml', 'apis/v2/store.yaml'], folder)
  expect(workspace.root).toBe(join(folder, 'apis'))
  expect(workspace.contracts).toEqual(['store.yaml', 'v2/store.yaml'])
  expect(workspace.read('common.yaml')).toEqual({ path: 'common.yaml', text: 'a: 1\n' })
})

test('opens the workspace around a journey that is named, and remembers that only it was asked about', () => {
  const { folder } = shellIn({ 'throughline.yaml': manifest, 'journeys/checkout.journey.yaml': '' })
  const workspace = openWorkspace(['journeys/checkout.journey.yaml'], folder)
  expect(workspace.root).toBe(folder)
  expect(workspace.focus).toEqual(['journeys/checkout.journey.yaml'])
  expect(workspace.contracts).toBeUndefined()
})

test('lists what a workspace can consist of, and nothing that others wrote', () => {
  const { folder } = shellIn({
    'throughline.yaml': manifest,
    'apis/store.json': '{}',
    'app/basket.graphql': '',
    'app/basket.ts': '',
    'app/basket.d.ts': '',
    'app/logo.svg': '',
    'node_modules/pkg/openapi.yaml': '',
    '.github/workflow.yml': '',
    '.throughline/cache.json': '',
    'dist/openapi.json': '',
    'README.md': '',
  })
  expect(openWorkspace(folder).paths).toEqual([
    'apis/store.json',
    'app/basket.graphql',
    'app/basket.ts',
    'throughline.yaml',
  ])
})

test('says why a file cannot be read', async () => {
  const { folder } = shellIn({
    'throughline.yaml': manifest,
    'logo.yaml': new Uint8Array([0x89, 0x50, 0]),
    'huge.yaml': '',
    'secret.yaml': 'a: 1',
  })
  mkdirSync(join(folder, 'folder.yaml'))
  truncateSync(join(folder, 'huge.yaml'), 100 * 1024 * 1024)
  const socket = createServer().listen(join(folder, 'socket.yaml'))
  onTestFinished(() => void socket.close())
  await new Promise((resolve) => socket.once('listening', resolve))
  const workspace = openWorkspace(folder)
  const reason = (path: string): unknown => {
    const file = workspace.read(path)
    return 'unreadable' in file ? file.unreadable : file.text
  }
  expect(reason('gone.yaml')).toBe('missing')
  expect(reason('logo.yaml')).toBe('binary')
  expect(workspace.read('huge.yaml')).toEqual({
    path: 'huge.yaml',
    unreadable: 'too-large',
    size: 104_857_600,
  })
  expect(reason('folder.yaml')).toBe('not-a-file')
  expect(reason('socket.yaml')).toBe('not-a-file')
  expect(reason('throughline.yaml/deeper.yaml')).toBe('missing')
  chmodSync(join(folder, 'secret.yaml'), 0)
  expect(reason('secret.yaml')).toBe(process.getuid?.() === 0 ? 'a: 1' : 'forbidden')
})

test('follows references of a contract up through its repository, or the folder one stands in', () => {
  const contract =
    'openapi: 3.1.0\npaths: { /basket: { get: { parameters: [{ $ref: ../shared.yaml#/page }], responses: {} } } }'
  const files = {
    'shop/apis/store.yaml': contract,
    'shop/shared.yaml': 'page: { name: page, in: query, schema: { type: integer } }',
  }
  const parameters = (folder: string, file: string): number | undefined =>
    compile(openWorkspace(file, folder), {
      contracts: ['store.yaml'],
    }).graph.apis[0]!.contract!.operations[0]!.parameters().length
  const repository = shellIn({ ...files, '.git/HEAD': '' }).folder
  expect(parameters(join(repository, 'shop/apis'), 'store.yaml')).toBe(1)
  const { folder } = shellIn(files)
  expect(parameters(join(folder, 'shop'), 'apis/store.yaml')).toBe(1)
  expect(parameters(join(folder, 'shop/apis'), 'store.yaml')).toBe(0)
})

test('never reads outside the repository, whatever a reference or a link says', () => {
  const outside = shellIn({ 'passwords.yaml': 'root: toor' })
  const { folder } = shellIn({
    '.git/config': 'token = 1',
    'shop/throughline.yaml': manifest,
    'shared/money.yaml': 'type: object',
  })
  symlinkSync(join(outside.folder, 'passwords.yaml'), join(folder, 'shop/link.yaml'))
  symlinkSync(outside.folder, join(folder, 'shop/linked'))
  symlinkSync(join(folder, 'shared/money.yaml'), join(folder, 'shop/money.yaml'))
  const workspace = openWorkspace('shop', folder)
  const reads = (path: string): boolean => 'text' in workspace.read(path)
  expect(reads('../shared/money.yaml')).toBe(true)
  expect(reads('money.yaml')).toBe(true)
  for (const path of [
    'link.yaml',
    'linked/passwords.yaml',
    '../../etc/passwd',
    '/etc/passwd',
    '../.git/config',
    'https://store.example/x.yaml',
    '',
    '.',
    'a\0b',
  ]) {
    expect(workspace.read(path)).toEqual({ path, unreadable: 'outside' })
  }
})

test('gives the same object for the same content, and a new one only after a refresh', () => {
  const shell = shellIn({ 'throughline.yaml': manifest, 'apis/store.yaml': 'openapi: 3.1.0\n' })
  const workspace = openWorkspace(shell.folder)
  const first = workspace.read('apis/store.yaml')
  expect(workspace.read('./apis/../apis/store.yaml')).toBe(first)

  shell.write({ 'apis/store.yaml': 'openapi: 3.2.0\n' })
  expect(workspace.read('apis/store.yaml')).toBe(first)
  expect(workspace.refresh()).toEqual(['apis/store.yaml'])
  const second = workspace.read('apis/store.yaml')
  expect(second).toEqual({ path: 'apis/store.yaml', text: 'openapi: 3.2.0\n' })

  utimesSync(join(shell.folder, 'apis/store.yaml'), 1, 1)
  expect(workspace.refresh()).toEqual([])
  expect(workspace.read('apis/store.yaml')).toBe(second)
})

test('a refresh finds new, deleted and mended files', () => {
  const shell = shellIn({ 'throughline.yaml': manifest, 'journeys/a.journey.yaml': 'journey: a' })
  const workspace = openWorkspace(shell.folder)
  expect(workspace.paths).toHaveLength(2)
  workspace.read('journeys/a.journey.yaml')
  expect(workspace.read('apis/store.yaml')).toMatchObject({ unreadable: 'missing' })

  unlinkSync(join(shell.folder, 'journeys/a.journey.yaml'))
  shell.write({ 'journeys/b.journey.yaml': 'journey: b', 'apis/store.yaml': 'openapi: 3.1.0' })
  expect(workspace.refresh()).toEqual([
    'apis/store.yaml',
    'journeys/a.journey.yaml',
    'journeys/b.journey.yaml',
  ])
  expect(workspace.paths).toEqual([
    'apis/store.yaml',
    'journeys/b.journey.yaml',
    'throughline.yaml',
  ])
  expect(workspace.read('apis/store.yaml')).toMatchObject({ text: 'openapi: 3.1.0' })
})

test('survives a link that leads round in circles', () => {
  const { folder } = shellIn({ 'throughline.yaml': manifest })
  symlinkSync(folder, join(folder, 'round'))
  symlinkSync(join(folder, 'self.yaml'), join(folder, 'self.yaml'))
  const workspace = openWorkspace(folder)
  expect(workspace.paths).toEqual(['self.yaml', 'throughline.yaml'])
  expect(workspace.read('self.yaml')).toMatchObject({ unreadable: 'missing' })
  writeFileSync(join(folder, 'throughline.yaml'), manifest)
})
