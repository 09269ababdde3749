import { describe, expect, test } from 'vitest'
import { applyOverlay } from './apply-overlay.ts'
import type { OverlayAction } from './overlay.ts'

const store = {
  openapi: '3.1.0',
  info: { title: 'Store' },
  paths: {
    '/basket': {
      get: { tags: ['basket', 'old'], responses: { 200: { description: 'The basket' } } },
    },
    '/orders': { post: { tags: ['orders'] } },
  },
}

function after(...actions: readonly OverlayAction[]): unknown {
  const { value, problems } = applyOverlay(store, { actions })
  expect(problems).toEqual([])
  return value
}

function problemOf(...actions: readonly OverlayAction[]): readonly string[] {
  return applyOverlay(store, { actions }).problems.map((one) => one.problem)
}

describe('update', () => {
  test('merges maps, joins lists and puts plain values in the place of others', () => {
    expect(
      after({
        target: '$',
        update: {
          info: { title: 'The store', version: '2' },
          paths: { '/basket': { get: { tags: ['new'], deprecated: true } } },
        },
      }),
    ).toEqual({
      ...store,
      info: { title: 'The store', version: '2' },
      paths: {
        ...store.paths,
        '/basket': {
          get: { ...store.paths['/basket'].get, tags: ['basket', 'old', 'new'], deprecated: true },
        },
      },
    })
  })

  test('appends one value, or several, to each list', () => {
    expect(after({ target: '$.paths.*.*.tags', update: 'shop' })).toMatchObject({
      paths: {
        '/basket': { get: { tags: ['basket', 'old', 'shop'] } },
        '/orders': { post: { tags: ['orders', 'shop'] } },
      },
    })
    expect(after({ target: "$.paths['/orders'].post.tags", update: ['a', 'b'] })).toMatchObject({
      paths: { '/orders': { post: { tags: ['orders', 'a', 'b'] } } },
    })
  })

  test('reaches plain values, also in lists', () => {
    expect(after({ target: '$.info.title', update: 'Shop' })).toMatchObject({
      info: { title: 'Shop' },
    })
    expect(after({ target: "$..tags[?@ == 'old']", update: 'new' })).toMatchObject({
      paths: { '/basket': { get: { tags: ['basket', 'new'] } } },
    })
  })

  test('refuses what does not fit, and does the other actions', () => {
    expect(problemOf({ target: '$.info', update: 'Shop' })).toEqual([
      "can't merge a plain value into `info`, which is a map",
    ])
    expect(problemOf({ target: '$', update: { info: [] } })).toEqual([
      "can't merge a list into `info`, which is a map",
    ])
    expect(problemOf({ target: "$.paths['/basket'].get", update: { tags: 'x' } })).toEqual([
      "can't merge a plain value into `paths./basket.get.tags`, which is a list",
    ])
    expect(problemOf({ target: "$['info', 'openapi']", update: {} })).toEqual([
      'selects maps and plain values together: all must be of one kind',
    ])
    expect(problemOf({ target: '$.info' })).toEqual(['has neither `update`, `copy` nor `remove`'])
    const { value, problems } = applyOverlay(store, {
      actions: [
        { target: 'info', remove: true },
        { target: '$.info.title', update: 'Shop' },
      ],
    })
    expect(problems).toEqual([{ action: 0, problem: '`target` must begin with `$` (character 1)' }])
    expect(value).toMatchObject({ info: { title: 'Shop' } })
  })

  test('takes a key for a key, whatever it is called', () => {
    const update = JSON.parse('{"__proto__":{"polluted":true}}') as unknown
    const value = after({ target: '$.info', update }) as { info: object }
    expect(Object.keys(value.info)).toEqual(['title', '__proto__'])
    expect('polluted' in {}).toBe(false)
  })
})

describe('remove', () => {
  test('takes keys and items away, several of one list too', () => {
    expect(after({ target: "$.paths['/orders']", remove: true })).toEqual({
      ...store,
      paths: { '/basket': store.paths['/basket'] },
    })
    expect(after({ target: '$..tags[*]', remove: true })).toMatchObject({
      paths: { '/basket': { get: { tags: [] } }, '/orders': { post: { tags: [] } } },
    })
  })

  test('takes a value away once, with all that is in it', () => {
    const { steps } = applyOverlay(store, {
      actions: [{ target: "$..['/basket', 'get']", remove: true }],
    })
    expect(steps).toEqual([{ kind: 'remove', path: ['paths', '/basket'] }])
  })

  test('wins over update, and never takes the whole document', () => {
    expect(after({ target: '$.info.title', update: 'Shop', remove: true })).toMatchObject({
      info: {},
    })
    expect(problemOf({ target: '$', remove: true })).toEqual(['removes the whole document'])
  })
})

describe('copy', () => {
  test('moves a path when it is made, copied and removed', () => {
    expect(
      after(
        { target: '$.paths', update: { '/cart': {} } },
        { target: "$.paths['/cart']", copy: "$.paths['/basket']" },
        { target: "$.paths['/basket']", remove: true },
      ),
    ).toEqual({
      ...store,
      paths: { '/orders': store.paths['/orders'], '/cart': store.paths['/basket'] },
    })
  })

  test('wants one value', () => {
    expect(problemOf({ target: '$.info', copy: '$.paths.*' })).toEqual([
      '`copy` selects 2 values: it must select one',
    ])
    expect(problemOf({ target: '$.info', copy: '$.info', update: {} })).toEqual([
      'has both `update` and `copy`: leave one of them out',
    ])
  })
})

test('tells which actions select nothing', () => {
  const { value, idle, problems } = applyOverlay(store, {
    actions: [{ target: "$.paths['/cart']", remove: true }],
  })
  expect({ idle, problems }).toEqual({ idle: [0], problems: [] })
  expect(value).toBe(store)
})

test('leaves what it does not touch as it is', () => {
  const value = after({ target: '$.info', update: { version: '2' } }) as typeof store
  expect(value.paths).toBe(store.paths)
})
