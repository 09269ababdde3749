import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { compile, type Edit, type Graph } from '@throughline/core'
import { openWorkspace } from '../workspace.ts'
import { realDisk, type Disk } from './disk.ts'
import { editorOf, type Editor, type Outcome } from './editor.ts'

const checkout = 'journeys/checkout.journey.yaml'
const track = 'journeys/track.journey.yaml'
const shop = {
  'throughline.yaml': 'throughline: 1\nname: Shop\napis: { store: { contract: store.yaml } }\n',
  'store.yaml':
    "openapi: 3.1.0\ninfo: { title: Store, version: 1.0.0 }\npaths:\n  /basket: { get: { operationId: getBasket, responses: { '200': { description: Fine } } } }\n",
  [checkout]:
    '# Agreed in May\njourney: checkout\ntitle: Buy\ngoal: Quickly\n\nsteps:\n  - step: basket # the first\n    title: Basket\n    next: [payment]\n\n  - step: payment\n    title: Pay\n',
  [track]:
    'journey: track\ntitle: Where is it\nsteps:\n  - step: order\n    next: [checkout/basket]\n',
}

let root: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'throughline-edit-')))
  for (const [path, text] of Object.entries(shop)) write(path, text)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, text: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

function open(options: { readonly readOnly?: boolean; readonly disk?: Disk } = {}): Editor {
  const workspace = openWorkspace(root)
  let graph: Graph = compile(workspace).graph
  return editorOf({
    workspace,
    graph: () => graph,
    follow() {
      if (workspace.refresh().length > 0) graph = compile(workspace).graph
    },
    ...options,
  })
}

const hashOf = (editor: Editor, path = checkout): string => editor.file(path)!.hash
const rename = (title: string): Edit => ({
  kind: 'change-step',
  step: 'checkout/basket',
  set: { title },
})
const edit = (editor: Editor, ...edits: readonly Edit[]): Outcome =>
  editor.edit({
    edits,
    base: Object.fromEntries(editor.files().map(({ path, hash }) => [path, hash])),
  })

test('writes one line, says what it did, and takes it back exactly', () => {
  const editor = open()
  const before = hashOf(editor)
  const outcome = edit(editor, rename('Review the basket'))
  expect(outcome).toEqual({
    kind: 'done',
    title: 'Renamed the step Basket to Review the basket',
    files: [
      {
        path: checkout,
        hash: hashOf(editor),
        changes: [
          { line: 8, removed: ['    title: Basket'], added: ['    title: Review the basket'] },
        ],
      },
    ],
  })
  expect(read(checkout)).toBe(shop[checkout].replace('title: Basket', 'title: Review the basket'))
  expect(editor.history).toEqual({
    readOnly: false,
    undo: [{ id: 1, title: 'Renamed the step Basket to Review the basket', files: [checkout] }],
    redo: [],
  })

  expect(editor.undo()).toMatchObject({
    kind: 'done',
    files: [{ path: checkout, hash: before, changes: [{ added: ['    title: Basket'] }] }],
  })
  expect(read(checkout)).toBe(shop[checkout])
  expect(editor.redo(1)).toMatchObject({ kind: 'done' })
  expect(read(checkout)).toContain('Review the basket')
  expect(editor.redo()).toMatchObject({
    kind: 'refused',
    status: 409,
    title: 'There is nothing to redo',
  })
  expect(readdirSync(join(root, 'journeys')).toSorted()).toEqual([
    'checkout.journey.yaml',
    'track.journey.yaml',
  ])
})

test('takes several edits of several files back as one', () => {
  const editor = open()
  edit(
    editor,
    { kind: 'rename-step', step: 'checkout/basket', to: 'cart' },
    { kind: 'create-journey', journey: 'refund', title: 'Send it back' },
    { kind: 'delete-step', step: 'track/order' },
  )
  expect(read('journeys/refund.journey.yaml')).toBe(
    'journey: refund\ntitle: Send it back\nsteps: []\n',
  )
  expect(read(track)).toContain('steps: []')
  editor.undo()
  expect(existsSync(join(root, 'journeys/refund.journey.yaml'))).toBe(false)
  for (const [path, text] of Object.entries(shop)) expect(read(path)).toBe(text)
  expect(editor.redo()).toMatchObject({ kind: 'done' })
  expect(read(checkout)).toContain('- step: cart # the first')
})

test('brings a deleted journey back', () => {
  const editor = open()
  expect(edit(editor, { kind: 'delete-journey', journey: 'track' })).toMatchObject({
    files: [{ path: track, hash: null }],
  })
  expect(existsSync(join(root, track))).toBe(false)
  expect(editor.files().map(({ path }) => path)).not.toContain(track)
  editor.undo()
  expect(read(track)).toBe(shop[track])
})

test('restores the exact bytes, whatever was edited', () => {
  const edits: readonly Edit[] = [
    rename('A, b: c'),
    {
      kind: 'add-step',
      journey: 'checkout',
      step: 'address',
      before: 'payment',
      feeling: { score: -1, quote: '"}: {' },
    },
    { kind: 'delete-step', step: 'checkout/payment' },
    { kind: 'rename-step', step: 'checkout/basket', to: 'cart' },
    { kind: 'move-step', step: 'checkout/basket', before: null },
    { kind: 'change-journey', journey: 'checkout', set: { goal: null, pains: ['Late', '#1'] } },
    { kind: 'add-call', step: 'checkout/basket', operation: 'store.getBasket' },
    { kind: 'add-need', step: 'checkout/basket', call: 'store.getBasket', path: 'items[].name' },
    { kind: 'set-state', step: 'checkout/basket', condition: '404', set: { show: 'no' } },
    { kind: 'set-state', condition: 'timeout', set: { show: 'Late' } },
    { kind: 'delete-journey', journey: 'track' },
  ]
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...edits], { minLength: 1 }),
      fc.boolean(),
      (some, windows) => {
        const texts = Object.entries(shop).map(
          ([path, text]) => [path, windows ? text.replaceAll('\n', '\r\n') : text] as const,
        )
        for (const [path, text] of texts) write(path, text)
        const editor = open()
        for (const one of some) edit(editor, one)
        const done = editor.history.undo.length
        for (let left = done; left > 0; left--)
          expect(editor.undo()).toMatchObject({ kind: 'done' })
        for (const [path, text] of texts) expect(read(path)).toBe(text)
        const comments = (text: string): readonly string[] => text.match(/#[^\r\n]*/g) ?? []
        for (let left = done; left > 0; left--) editor.redo()
        expect(comments(read(checkout))).toEqual(
          expect.arrayContaining(['# Agreed in May', '# the first']),
        )
        if (windows) expect(read(checkout).replaceAll('\r\n', '')).not.toContain('\n')
      },
    ),
    { numRuns: 25 },
  )
}, 60_000)

test('writes nothing over what somebody else has written, and shows both', () => {
  const editor = open()
  const base = { [checkout]: hashOf(editor) }
  write(checkout, shop[checkout].replace('title: Basket', 'title: Cart'))
  const outcome = editor.edit({ edits: [rename('Review')], base })
  expect(outcome).toMatchObject({
    kind: 'refused',
    status: 409,
    conflict: {
      rebased: false,
      conflicts: [
        {
          path: checkout,
          hash: hashOf(editor),
          onDisk: [{ line: 8, removed: ['    title: Basket'], added: ['    title: Cart'] }],
          yours: [{ line: 8, removed: ['    title: Basket'], added: ['    title: Review'] }],
        },
      ],
    },
  })
  expect(read(checkout)).toContain('title: Cart')
})

test('offers to do an edit again where it touches other lines', () => {
  const editor = open()
  const base = { [checkout]: hashOf(editor) }
  const theirs = shop[checkout].replace('title: Buy', 'title: Buy it')
  write(checkout, theirs)
  const outcome = editor.edit({ edits: [rename('Review')], base })
  if (outcome.kind === 'done') throw new Error('It was written')
  expect(outcome).toMatchObject({
    status: 409,
    conflict: {
      rebased: true,
      preview: [{ path: checkout, changes: [{ line: 8, added: ['    title: Review'] }] }],
    },
  })
  expect(read(checkout)).toBe(theirs)
  expect(editor.edit({ edits: [rename('Review')], base: outcome.conflict!.base! })).toMatchObject({
    kind: 'done',
  })
  expect(read(checkout)).toBe(theirs.replace('title: Basket', 'title: Review'))
})

test('lets only the first of two pages write', () => {
  const editor = open()
  const base = { [checkout]: hashOf(editor) }
  expect(editor.edit({ edits: [rename('First')], base })).toMatchObject({ kind: 'done' })
  expect(editor.edit({ edits: [rename('Second')], base })).toMatchObject({
    kind: 'refused',
    status: 409,
    conflict: { rebased: false },
  })
  expect(
    editor.edit({ edits: [{ kind: 'delete-step', step: 'checkout/basket' }], base }),
  ).toMatchObject({ kind: 'refused', status: 409 })
  expect(read(checkout)).toContain('title: First')
})

test('refuses a version that it never knew, and an edit that names none', () => {
  const editor = open()
  expect(
    editor.edit({ edits: [rename('Review')], base: { [checkout]: 'a'.repeat(64) } }),
  ).toMatchObject({
    status: 409,
    conflict: { rebased: false, conflicts: [{ onDisk: null, yours: null }] },
  })
  expect(editor.edit({ edits: [rename('Review')], base: {} })).toMatchObject({
    status: 400,
    errors: [{ pointer: '/base/journeys~1checkout.journey.yaml' }],
  })
  expect(
    editor.edit({
      edits: [rename('Review')],
      base: { '../../etc/passwd': 'a'.repeat(64), [checkout]: hashOf(editor) },
    }),
  ).toMatchObject({ kind: 'done' })
})

test('does not undo over what somebody else has written', () => {
  const editor = open()
  edit(editor, rename('Review'))
  const theirs = read(checkout).replace('title: Buy', 'title: Buy it')
  write(checkout, theirs)
  expect(editor.undo()).toMatchObject({
    kind: 'refused',
    status: 409,
    conflict: {
      conflicts: [
        {
          path: checkout,
          onDisk: [{ line: 3, removed: ['title: Buy'], added: ['title: Buy it'] }],
          yours: [{ line: 8, added: ['    title: Basket'] }],
        },
      ],
    },
  })
  expect(read(checkout)).toBe(theirs)
  expect(editor.undo(7)).toMatchObject({ kind: 'refused', title: 'There is nothing to undo' })
  rmSync(join(root, checkout))
  expect(editor.undo()).toMatchObject({
    kind: 'refused',
    conflict: { conflicts: [{ hash: null }] },
  })
})

test('takes the first file back when the second cannot be written', () => {
  let writes = 0
  const disk: Disk = {
    ...realDisk,
    write(path, bytes, fresh) {
      if (++writes === 2)
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      realDisk.write(path, bytes, fresh)
    },
  }
  const editor = open({ disk })
  expect(edit(editor, { kind: 'rename-step', step: 'checkout/basket', to: 'cart' })).toMatchObject({
    kind: 'refused',
    status: 500,
    detail: 'Everything is as it was. The disk is full.',
  })
  expect(writes).toBe(3)
  for (const [path, text] of Object.entries(shop)) expect(read(path)).toBe(text)
  expect(editor.history.undo).toEqual([])
})

test('edits nothing that cannot be read', () => {
  const editor = open()
  write(checkout, `${shop[checkout]}owner: "open\n`)
  expect(edit(editor, rename('Review'))).toMatchObject({
    kind: 'refused',
    status: 409,
    diagnostics: [{ code: 'TL1001', file: checkout }],
  })
  expect(editor.file(checkout)).toMatchObject({
    editable: false,
    reason: expect.stringMatching(/^It can't be read: .+\(line 1\d\)$/) as string,
  })
  expect(read(checkout)).toContain('owner: "open')
})

test('keeps permissions, byte order marks and UTF-16', () => {
  const editor = open()
  chmodSync(join(root, checkout), 0o640)
  write(track, Buffer.from(`\ufeff${shop[track]}`, 'utf16le'))
  write(checkout, `\ufeff${shop[checkout]}`)
  expect(edit(editor, { kind: 'rename-step', step: 'checkout/basket', to: 'cart' })).toMatchObject({
    kind: 'done',
  })
  expect(read(checkout)).toBe(`\ufeff${shop[checkout].replace('step: basket', 'step: cart')}`)
  expect(statSync(join(root, checkout)).mode & 0o777).toBe(0o640)
  expect(readFileSync(join(root, track), 'utf16le')).toBe(
    `\ufeff${shop[track].replace('checkout/basket', 'checkout/cart')}`,
  )
  editor.undo()
  expect(readFileSync(join(root, track))).toEqual(Buffer.from(`\ufeff${shop[track]}`, 'utf16le'))
})

test('edits JSON as JSON', () => {
  rmSync(join(root, track))
  const json = '{\n\t"journey": "track",\n\t"steps": [\n\t\t{ "step": "order" }\n\t]\n}\n'
  write('journeys/track.journey.json', json)
  const editor = open()
  expect(
    edit(
      editor,
      { kind: 'add-step', journey: 'track', step: 'map', title: 'Say "where"\u2028' },
      { kind: 'change-journey', journey: 'track', set: { title: 'no' } },
    ),
  ).toMatchObject({ kind: 'done' })
  expect(read('journeys/track.journey.json')).toBe(
    '{\n\t"journey": "track",\n\t"title": "no",\n\t"steps": [\n\t\t{ "step": "order" },\n\t\t{ "step": "map", "title": "Say \\"where\\"\\u2028" }\n\t]\n}\n',
  )
  editor.undo()
  expect(read('journeys/track.journey.json')).toBe(json)
})

test('follows links within the workspace, and none that leads out', () => {
  const outside = mkdtempSync(join(tmpdir(), 'throughline-outside-'))
  writeFileSync(join(outside, 'evil.journey.yaml'), 'journey: evil\ntitle: Evil\nsteps: []\n')
  mkdirSync(join(root, '.git'))
  symlinkSync(join(outside, 'evil.journey.yaml'), join(root, 'journeys/evil.journey.yaml'))
  write('shared/real.yaml', 'journey: linked\ntitle: Linked\nsteps: []\n')
  symlinkSync(join(root, 'shared/real.yaml'), join(root, 'journeys/linked.journey.yaml'))
  const editor = open()
  expect(
    edit(editor, { kind: 'change-journey', journey: 'evil', set: { title: 'Worse' } }),
  ).toMatchObject({ kind: 'refused' })
  expect(readFileSync(join(outside, 'evil.journey.yaml'), 'utf8')).toContain('title: Evil')
  expect(
    edit(editor, { kind: 'change-journey', journey: 'linked', set: { title: 'Followed' } }),
  ).toMatchObject({ kind: 'done' })
  expect(read('shared/real.yaml')).toContain('title: Followed')
  rmSync(join(root, 'journeys'), { recursive: true })
  symlinkSync(outside, join(root, 'journeys'))
  expect(edit(editor, { kind: 'create-journey', journey: 'escaped' })).toMatchObject({
    kind: 'refused',
    status: 403,
  })
  expect(readdirSync(outside)).toEqual(['evil.journey.yaml'])
  rmSync(outside, { recursive: true })
})

test('never writes over a file that is there already', () => {
  write('journeys/Refund.journey.yaml', 'journey: other\nsteps: []\n')
  const editor = open()
  expect(edit(editor, { kind: 'create-journey', journey: 'refund' })).toMatchObject({
    files: [{ path: 'journeys/refund-2.journey.yaml' }],
  })
})

const png = Buffer.from('\x89PNG\r\n\x1a\n and some pixels', 'latin1')

test('writes a picture and puts it on its step as one thing to undo', () => {
  const editor = open()
  const basket = { step: 'checkout/basket', name: 'Basket.PNG', bytes: png }
  const base = (): Record<string, string> => ({ [checkout]: hashOf(editor) })
  const done = editor.addPicture({ ...basket, base: base() })
  expect(done).toMatchObject({
    kind: 'done',
    files: [{ path: 'designs/basket.png', changes: [] }, { path: checkout }],
  })
  expect(readFileSync(join(root, 'designs/basket.png')).equals(png)).toBe(true)
  expect(read(checkout)).toContain('    title: Basket\n    image: designs/basket.png\n')
  expect(editor.pictures()).toEqual(['designs/basket.png'])
  expect(editor.addPicture({ ...basket, step: 'checkout/payment', base: base() })).toMatchObject({
    files: [{ path: 'designs/basket-2.png' }, {}],
  })
  editor.undo()
  editor.undo()
  expect(existsSync(join(root, 'designs/basket.png'))).toBe(false)
  expect(read(checkout)).toBe(shop[checkout])
  editor.redo()
  expect(readFileSync(join(root, 'designs/basket.png')).equals(png)).toBe(true)
})

test('takes no file that is no picture, is too big, or was made against another version', () => {
  const editor = open()
  const picture = {
    step: 'checkout/basket',
    name: 'basket.png',
    base: { [checkout]: hashOf(editor) },
  }
  expect(editor.addPicture({ ...picture, bytes: Buffer.from('<html>') })).toMatchObject({
    status: 422,
    title: 'That is no picture',
  })
  const big = Buffer.concat([png, Buffer.alloc(5_000_000)])
  expect(editor.addPicture({ ...picture, bytes: big })).toMatchObject({
    status: 422,
    title: 'The picture is too big',
  })
  write(checkout, shop[checkout].replace('Quickly', 'At once'))
  expect(editor.addPicture({ ...picture, bytes: png })).toMatchObject({ status: 409 })
  expect(open({ readOnly: true }).addPicture({ ...picture, bytes: png })).toMatchObject({
    status: 403,
  })
  expect(existsSync(join(root, 'designs'))).toBe(false)
})

test('says that a file is read-only, or all of them', () => {
  const editor = open()
  chmodSync(join(root, checkout), 0o444)
  expect(edit(editor, rename('Review'))).toEqual({
    kind: 'refused',
    status: 403,
    title: `${checkout} can't be written`,
    detail: 'The file is read-only.',
  })
  expect(editor.file(checkout)).toMatchObject({ editable: false, reason: 'The file is read-only.' })

  const shown = open({ readOnly: true })
  for (const outcome of [
    edit(shown, { kind: 'create-journey', journey: 'refund' }),
    shown.undo(),
    shown.redo(),
  ])
    expect(outcome).toMatchObject({
      kind: 'refused',
      status: 403,
      title: 'The workspace is only shown',
    })
  expect(shown.history.readOnly).toBe(true)
  expect(shown.files().every(({ editable }) => !editable)).toBe(true)
})

test('lists the files with their hashes, and shows no others', () => {
  write('secret.yaml', 'password: x\n')
  const editor = open()
  expect(
    editor.files().map(({ path, kind, name, editable }) => [path, kind, name, editable]),
  ).toEqual([
    ['throughline.yaml', 'workspace', undefined, true],
    [checkout, 'journey', 'checkout', true],
    [track, 'journey', 'track', true],
    ['store.yaml', 'contract', undefined, false],
  ])
  expect(editor.file(checkout)).toMatchObject({
    text: shop[checkout],
    hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  })
  for (const path of ['secret.yaml', '../x', '/etc/passwd', 'journeys', '.git/config', ''])
    expect(editor.file(path)).toBeUndefined()
})
