import { expect, test } from 'vitest'
import { whenQuiet } from './when-quiet.ts'

test('waits while there is much to do, and acts once', async () => {
  let busy = true
  let acted = 0
  const work = (): void => {
    const until = performance.now() + 15
    while (performance.now() < until);
    if (busy) setImmediate(work)
  }
  work()
  whenQuiet(() => acted++, 40)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(acted).toBe(0)
  busy = false
  await expect.poll(() => acted).toBe(1)
})

test('is called off', async () => {
  let acted = 0
  whenQuiet(() => acted++, 5)()
  await new Promise((resolve) => setTimeout(resolve, 40))
  expect(acted).toBe(0)
})
