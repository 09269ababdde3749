import { expect, test } from 'vitest'
import { pageScript } from './page-script.ts'

test('is a module that a browser can load', async () => {
  const script = pageScript()
  const loaded: unknown = await import(`data:text/javascript,${encodeURIComponent(script)}`)
  expect(loaded).toHaveProperty('followSituation', expect.any(Function))
})
