import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { shop } from '../../../../core/test/storefront-like.ts'
import { differences, studioApp } from '../../../test/studio-app.ts'
import { keepStateProofs, type StateProof } from '../../workspace/state-proofs.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'throughline-'))
})
afterEach(() => rmSync(root, { recursive: true }))

const picture = '0123456789abcdef.jpg'
const timeout: StateProof = {
  id: 'checkout/basket/store.getBasket/timeout',
  step: 'checkout/basket',
  call: 'store.getBasket',
  condition: 'timeout',
  verdict: 'failed',
  problems: ['It loads for ever.'],
  at: '2026-11-22T20:00:00.000Z',
  build: 'a1b2c3d',
  picture,
}
const empty: StateProof = {
  ...timeout,
  id: 'checkout/basket/store.getBasket/empty',
  condition: 'empty',
  verdict: 'proven',
  problems: [],
}

test('gives what was proven, with its pictures, as the contract says', async () => {
  keepStateProofs(root, [timeout, empty], new Map([[picture, Buffer.from('a picture')]]), true)
  const { ask } = studioApp(shop, { root })
  const answer = await ask('/api/states/proofs')
  expect(await differences('listStateProofs', answer.clone())).toEqual([])
  expect(await answer.json()).toEqual({ proofs: [timeout, empty] })
  const shown = await ask(`/api/states/pictures/${picture}`)
  expect(shown.headers.get('content-type')).toBe('image/jpeg')
  expect(await shown.text()).toBe('a picture')
})

test('keeps the others when one state is looked at again, and forgets pictures that nobody shows', async () => {
  keepStateProofs(root, [timeout, empty], new Map([[picture, Buffer.from('a picture')]]), true)
  const { picture: _, ...mended } = { ...timeout, verdict: 'proven' as const, problems: [] }
  keepStateProofs(root, [mended, { ...empty, picture: 'fedcba9876543210.jpg' }], new Map(), false)
  const { ask, data } = studioApp(shop, { root })
  expect(await data('/api/states/proofs')).toMatchObject({
    proofs: [{ verdict: 'proven' }, { picture: 'fedcba9876543210.jpg' }],
  })
  expect((await ask(`/api/states/pictures/${picture}`)).status).toBe(404)
})

test.each(['..%2F..%2Fsecret.jpg', 'proofs.json', '0123456789abcdef.png'])(
  'gives no other file: %s',
  async (name) => {
    writeFileSync(join(root, 'secret.jpg'), 'secret')
    const answer = await studioApp(shop, { root }).ask(`/api/states/pictures/${name}`)
    expect(answer.status).toBe(404)
  },
)

test.each(['', '{', '{"proofs":[{"id":1},null,{"id":"x","verdict":"great"}]}'])(
  'shows nothing of a file that is none of ours: %s',
  async (text) => {
    keepStateProofs(root, [], new Map(), true)
    writeFileSync(join(root, '.throughline/states/proofs.json'), text)
    expect(await studioApp(shop, { root }).data('/api/states/proofs')).toEqual({ proofs: [] })
  },
)
