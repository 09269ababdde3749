import { Hono } from 'hono'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compile } from '@throughline/core'
import { openWorkspace } from '../workspace/workspace.ts'
import { pageChunkRoutes, pageScript, watchingScript } from './page-script.ts'

test('is a module that a browser can load', async () => {
  const script = pageScript()
  const loaded: unknown = await import(`data:text/javascript,${encodeURIComponent(script)}`)
  expect(loaded).toHaveProperty('followSituation', expect.any(Function))
})

test('is a classic script that knows the screens and operations of the workspace', () => {
  const { graph } = compile(openWorkspace(storefront))
  const text = watchingScript(graph, { mockUrl: 'http://localhost:4401' })
  expect(() => new Script(text)).not.toThrow()
  expect(text).toContain('["^/products/[^/]+/?$","/products/:productId","checkout/product"]')
  expect(text).toContain('"store.getBasket"')
  // The shop's journeys and contracts, beside the script itself.
  expect(gzipSync(text.slice(text.lastIndexOf('})({') + 3)).length).toBeLessThan(3000)
})

test.each(['/sdk-survey.js', '/sdk-reads.js'])(
  'lets the page of any origin import %s',
  async (path) => {
    const app = new Hono()
    const { graph } = compile(openWorkspace(storefront))
    pageChunkRoutes(app, () => graph)
    const response = await app.request(path)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const loaded: unknown = await import(
      `data:text/javascript,${encodeURIComponent(await response.text())}`
    )
    expect(loaded).toHaveProperty('run', expect.any(Function))
  },
)

const storefront = fileURLToPath(new URL('../../../../examples/storefront', import.meta.url))
