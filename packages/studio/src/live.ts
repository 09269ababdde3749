import type { QueryClient } from '@tanstack/react-query'
import type { StudioEvent, WorkspaceOverview } from '@throughline/core'
import { workspaceQuery } from './api.ts'
import { askAgain } from './ask-again.ts'
import { addresses } from './client/studio-client.ts'
import { hear } from './views/tests/tests-data.ts'

export type Connection = 'connecting' | 'live' | 'lost'

export interface Live {
  readonly connection: () => Connection
  /** Calls back when the connection changes; returns how to stop that. */
  readonly subscribe: (changed: () => void) => () => void
  readonly close: () => void
}

/** Milliseconds before the browser's own reconnecting is no longer waited for. */
const patience = 2000

/**
 * Keeps the page true: listens to the server's events (SSE) and marks what they make stale.
 * The browser reconnects by itself and says where it stopped (Last-Event-ID); when it gives up, a new stream is opened.
 */
export function listen(
  queries: QueryClient,
  open = (): EventSource => new EventSource(addresses.followEvents()),
): Live {
  const listeners = new Set<() => void>()
  let connection: Connection = 'connecting'
  let source: EventSource
  let again: ReturnType<typeof setTimeout> | undefined

  function become(next: Connection): void {
    if (connection === next) return
    // Whatever happened while nobody listened is asked for.
    if (connection === 'lost' && next === 'live') void queries.invalidateQueries()
    connection = next
    for (const changed of listeners) changed()
  }

  function connect(): void {
    source = open()
    source.addEventListener('open', () => become('live'))
    source.addEventListener('message', (message: MessageEvent<string>) => {
      const event = eventOf(message.data)
      if (event) apply(event, queries)
    })
    source.addEventListener('error', () => {
      become('lost')
      if (source.readyState !== EventSource.CLOSED) return
      clearTimeout(again)
      again = setTimeout(connect, patience)
    })
  }

  connect()
  return {
    connection: () => connection,
    subscribe: (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    close: () => {
      clearTimeout(again)
      source.close()
    },
  }
}

/** What an event makes stale. A situation is small enough to come with its event. */
export function apply(event: StudioEvent, queries: QueryClient): void {
  switch (event.kind) {
    case 'graph': {
      // A new stream begins by naming the version that it starts from.
      const shown = queries.getQueryData(workspaceQuery.queryKey)?.version
      if (shown === event.version) return
      // At the page's start all is on its way, and asked for once.
      if (shown === undefined) void queries.invalidateQueries()
      else askAgain(queries)
      return
    }
    case 'broken':
      askAgain(queries, { queryKey: workspaceQuery.queryKey })
      return
    case 'situation':
      queries.setQueryData(
        workspaceQuery.queryKey,
        (before: WorkspaceOverview | undefined) =>
          before && { ...before, mock: { ...before.mock, situation: event.situation } },
      )
      return
    case 'traffic':
      askAgain(queries, { queryKey: ['traffic'] })
      return
    case 'test':
      hear(event.progress, queries)
      return
    case 'evidence':
      askAgain(queries, { queryKey: ['evidence'] })
  }
}

function eventOf(text: string): StudioEvent | undefined {
  try {
    const event: unknown = JSON.parse(text)
    // The server is this page's own, of the same version.
    if (typeof event !== 'object' || event === null || !('kind' in event)) return undefined
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return event as StudioEvent
  } catch {
    return undefined
  }
}
