// `throughline/vitest`: a mock for the tests of a file.
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { StartOptions, StartedMock } from './client-types.ts'
import { startMock } from './start-mock.ts'

export type * from './client-types.ts'

/**
 * Starts a mock before the tests of this file, resets it after each, and ends it after the last. Returns how to get it:
 *
 *     const mock = useMock({ workspace: '..' })
 *     test('…', async () => { await mock().play('checkout/basket/timeout') })
 */
export function useMock(options: StartOptions = {}): () => StartedMock {
  let running: StartedMock | undefined
  beforeAll(async () => {
    running = await startMock(options)
  })
  afterEach(async () => {
    await running?.reset()
    if (options.scenario !== undefined) await running?.play(options.scenario)
  })
  afterAll(() => running?.close())
  return () => {
    if (running === undefined)
      throw new Error('The mock starts before the first test: ask for it inside one')
    return running
  }
}
