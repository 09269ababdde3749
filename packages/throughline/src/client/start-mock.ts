import { resolve } from 'node:path'
import { listen } from '../targets/mock/listen.ts'
import { noSuchScenario } from '../targets/mock/scenario.ts'
import { mock } from '../targets/mock/mock.ts'
import { compiled } from '../workspace/compiled.ts'
import { openWorkspace } from '../workspace/workspace.ts'
import type { StartOptions, StartedMock } from './client-types.ts'
import { mockClient } from './mock-client.ts'

/** Starts a mock in this process, on a free port. Throws where there is no such workspace, contract or scenario. */
export async function startMock(options: StartOptions = {}): Promise<StartedMock> {
  const { workspace: folder = '.', contracts, port = 0, seed, dataset, scenario } = options
  const root = resolve(folder)
  const workspace = openWorkspace(contracts === undefined ? [] : [...contracts], root)
  const served = mock(compiled(workspace).graph, {
    readFile: (path) => workspace.bytes(path),
    ...(seed !== undefined && { seed }),
    ...(dataset !== undefined && { dataset }),
  })
  if (scenario !== undefined && served.play(scenario) === undefined)
    throw new Error(noSuchScenario(served.graph, scenario))
  const listening = await listen(served, { port })
  const { url } = listening
  return {
    ...mockClient({ url }),
    as: (session) => mockClient({ url, session }),
    close: () => listening.close(),
  }
}
