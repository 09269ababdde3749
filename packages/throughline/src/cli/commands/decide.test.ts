import { expect, test } from 'vitest'
import { checkout, orders, shop } from '../../../test/deciding.ts'
import { shellIn } from '../../../test/shell.ts'

test('leads from a gap to a changed contract', async () => {
  const shell = shellIn(shop)
  const { run } = shell
  expect((await run('propose')).stdout).toBe('Eta\n  checkout/basket/store.getBasket/eta\n')
  const dry = await run('propose', 'eta', '--dry-run')
  expect(JSON.parse(dry.stdout)).toMatchObject({
    proposal: { overlays: [{ file: 'apis/store.yaml' }] },
  })
  expect(shell.list().some((path) => path.startsWith('decisions'))).toBe(false)

  const proposed = await run('propose', 'eta', '--why', 'They ask', '--as', checkout, '--json')
  const { thread } = JSON.parse(proposed.stdout) as { thread: { id: string; waitsFor: string[] } }
  expect(thread.waitsFor).toEqual(['orders', 'checkout'])
  expect((await run('decide')).stdout).toMatch(
    /^open {2}Return `eta` from GET \/basket\n {2}return-eta-\S+ {2}waits for orders and checkout · checkout\/basket\n$/,
  )
  const name = 'return-eta'
  await run('decide', 'comment', name, '-t', 'A day is enough', '--as', orders)
  const early = await run('decide', 'apply', name, '--as', orders)
  expect(early).toMatchObject({
    status: 2,
    stderr: 'error TL9003: The proposal is not approved. It waits for orders and checkout.\n',
  })
  expect((await run('decide', 'sign', name, '--as', orders)).status).toBe(0)
  expect((await run('decide', 'sign', name, '--as', checkout)).stdout).toMatch(/^approved/)
  const shown = (await run('decide', 'show', name)).stdout
  expect(shown).toContain('checkout/basket (/basket): helps')
  expect(shown).toContain(`${orders} says: A day is enough`)
  expect((await run('decide', 'apply', name, '--as', orders)).stdout).toMatch(
    /^applied[^]*wrote apis\/store\.yaml/,
  )
  expect(shell.read('apis/store.yaml')).toContain('eta: { type: string')
  expect((await run('decide')).stdout).toContain('Nothing is open.')
  expect((await run('propose')).stdout).toBe('Every step gets what it needs.\n')
})

test('proposes an overlay of ones own, and says why it does not fit', async () => {
  const shell = shellIn({
    ...shop,
    'faster.overlay.yaml':
      "overlay: 1.1.0\ninfo: { title: Say how fresh it is, version: '1' }\nextends: apis/store.yaml\nactions:\n  - target: $.paths['/basket'].get\n    update: { x-freshness: 60s }\n",
    'wrong.overlay.yaml':
      "overlay: 1.1.0\ninfo: { title: Wrong, version: '1' }\nactions:\n  - target: $.paths['/cart']\n    remove: true\n",
  })
  expect((await shell.run('propose', 'faster.overlay.yaml', '--as', orders)).stdout).toContain(
    'Say how fresh it is',
  )
  const wrong = await shell.run('propose', 'wrong.overlay.yaml', '--as', orders)
  expect(wrong.status).toBe(2)
  expect(wrong.stderr).toContain('does not fit apis/store.yaml')
})

test('says what it can do, and who must be named', async () => {
  const shell = shellIn(shop)
  expect(await shell.run('decide', 'vote')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('`vote` is nothing to do here') as string,
  })
  expect(await shell.run('propose', 'nothing')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('No step needs `nothing`') as string,
  })
  expect((await shell.run('decide', '--help')).stdout).toContain(
    'throughline decide sign return-eta',
  )
})
