import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { graphOf } from '../../../../core/test/graph-of.ts'
import { forwarding } from './forwarding.ts'

test('goes on at the start with what an earlier run has left', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-forward-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  let answer = 503
  const asked: number[] = []
  const backend = createServer((request, response) => {
    asked.push(answer)
    request.resume()
    response.writeHead(answer, { 'retry-after': '60' }).end()
  })
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void backend.close())
  const url = `http://localhost:${(backend.address() as AddressInfo).port}`
  const graph = graphOf({
    'throughline.yaml': `throughline: 1\ncollector: { forward: [{ url: "${url}" }] }\n`,
  })
  const options = { graph: () => graph, folder, env: {} }

  const before = forwarding(options)
  await before.resume()
  await before.take('b1', [{ kind: 'call', time: 1, duration: 2, operation: 'store.getBasket' }])
  await expect.poll(() => asked).toEqual([503])
  await before.close()

  answer = 200
  const after = forwarding(options)
  await after.resume()
  await expect.poll(() => asked).toEqual([503, 200])
  await after.close()
})
