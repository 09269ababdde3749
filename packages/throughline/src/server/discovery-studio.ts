import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { compile } from '@throughline/core'
import { listen } from '../targets/mock/listen.ts'
import { mock } from '../targets/mock/mock.ts'
import { closed, listening, pagesFolder } from './dev.ts'
import { liveWorkspace } from './live.ts'
import type { Discovering } from './routes/discovery.ts'
import { studio } from './studio.ts'

export interface DiscoveryStudioOptions {
  readonly discovering: Discovering
  /** What would be written, by path. */
  readonly files: () => ReadonlyMap<string, string>
  /** 0 takes any free port. */
  readonly port: number
}

export interface DiscoveryStudio {
  /** With the token of this start. */
  readonly url: string
  /** Shows what was seen since. */
  refresh(): void
  close(): Promise<void>
}

/**
 * The studio over what was seen of an app so far, before any of it is on disk: journeys, needs and the reference are those
 * that would be written, and a mock answers as the app's own backend did. Throws `CannotRun` (TL9002) when the port is taken.
 */
export async function startDiscoveryStudio({
  discovering,
  files,
  port: wanted,
}: DiscoveryStudioOptions): Promise<DiscoveryStudio> {
  const live = liveWorkspace(() => {
    const all = files()
    return compile({
      paths: [...all.keys()],
      read: (path) => {
        const text = all.get(path)
        return text === undefined ? { path, unreadable: 'missing' } : { path, text }
      },
    })
  })
  const mocking = mock(live.current.graph)
  const mockServer = await listen(mocking, { port: 0, host: '127.0.0.1' })
  const token = randomBytes(24).toString('base64url')
  let port = wanted
  const server = createServer(getRequestListener((request) => pages.fetch(request)))
  // Nobody is answered before this runs to its next `await`, and the pages are there by then.
  try {
    port = await listening(server, wanted, '--studio-port')
  } catch (error) {
    await mockServer.close()
    throw error
  }
  const pages = studio({
    live,
    discovering,
    // Nothing of it is on disk.
    root: '/nowhere',
    pages: pagesFolder(),
    token,
    port: () => port,
    mock: {
      url: mockServer.url,
      situation: () => mocking.situation,
      play: (scenario) => mocking.play(scenario),
      traffic: mocking.traffic,
    },
  })
  return {
    url: `http://localhost:${port}/discover?token=${token}`,
    refresh() {
      live.refresh()
      mocking.update(live.current.graph)
    },
    async close() {
      await closed(server)
      await mockServer.close()
    },
  }
}
