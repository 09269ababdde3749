import { expect, test } from 'vitest'
import { worlds } from './worlds.ts'
import type { World } from './worlds.ts'

const small = { sessions: 2, entities: 4, bytes: 100, allBytes: 1000, snapshots: 2 }

function put(world: World, id: string, bytes = 1): boolean {
  if (!world.hasRoom(bytes)) return false
  world
    .open('orders', () => ({ rows: new Map(), gone: new Set() }))
    .rows.set(id, { value: { id }, written: true, made: true })
  return true
}

const idsIn = (world: World): readonly string[] => [...(world.get('orders')?.rows.keys() ?? [])]

test('forgets the session that nobody has used for longest', () => {
  const all = worlds(small)
  put(all.of('maya'), 'a')
  put(all.of('ines'), 'b')
  expect(all.of('maya').touched('orders')).toBe(true)
  put(all.of('tom'), 'c')
  expect(['maya', 'ines', 'tom'].map((one) => idsIn(all.of(one)))).toEqual([['a'], [], ['c']])
})

test('goes on when a world is full: the older half of what was made goes', () => {
  const world = worlds(small).of('')
  for (const id of ['a', 'b', 'c', 'd', 'e']) expect(put(world, id)).toBe(true)
  expect(idsIn(world)).toEqual(['c', 'd', 'e'])
  expect(put(world, 'huge', 101)).toBe(false)
})

test('keeps a snapshot as it was', () => {
  const all = worlds(small)
  put(all.of('maya'), 'a')
  const taken = all.snapshot('maya')
  put(all.of('maya'), 'b')
  expect(all.restore('maya', taken)).toBe(true)
  put(all.of('maya'), 'c')
  expect(all.restore('ines', taken)).toBe(true)
  expect([idsIn(all.of('maya')), idsIn(all.of('ines'))]).toEqual([['a', 'c'], ['a']])
})

test('forgets what is written in a branch', () => {
  const all = worlds(small)
  put(all.of('maya'), 'a')
  const branch = all.branch('maya')
  put(branch, 'b')
  expect([idsIn(branch), idsIn(all.of('maya'))]).toEqual([['a', 'b'], ['a']])
})
