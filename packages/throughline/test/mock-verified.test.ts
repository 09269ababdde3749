import { fileURLToPath } from 'node:url'
import { compile } from '@throughline/core'
import { expect, test } from 'vitest'
import { listen } from '../src/targets/mock/listen.ts'
import { mock } from '../src/targets/mock/mock.ts'
import { senderTo } from '../src/targets/verify/send.ts'
import { allPhases, verify } from '../src/targets/verify/verify.ts'
import { openWorkspace } from '../src/workspace/workspace.ts'

// Two implementations of one contract look at each other: the mock keeps what `test` asks for, whatever it is filled with.

const { graph } = compile(
  openWorkspace(fileURLToPath(new URL('../../../examples/storefront', import.meta.url))),
)

test.each(['typical', 'minimal', 'empty', 'one', 'many', 'extreme'])(
  'finds nothing wrong with the mock of the example filled with %s',
  { timeout: 60_000 },
  async (dataset) => {
    const server = await listen(mock(graph, { dataset, seed: 1 }), { port: 0 })
    const sender = senderTo({ target: `${server.url}/store`, connections: 4 })
    try {
      const { findings, ended } = await verify(graph, {
        send: sender.send,
        seed: 1,
        phases: new Set(allPhases),
        fuzz: 5,
        workers: 4,
        // A basket of many things is larger than its budget: to show that is what the data set is for.
        isOn: (check) => check !== 'budget',
      })
      expect(ended).toBeUndefined()
      expect(
        findings.map((one) => [
          one.check,
          one.message,
          one.reproduce.curl,
          one.reproduce.answer?.body,
        ]),
      ).toEqual([])
    } finally {
      await sender.close()
      await server.close()
    }
  },
)
