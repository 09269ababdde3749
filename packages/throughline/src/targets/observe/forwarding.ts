import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { EvidenceEvent, Graph } from '@throughline/core'
import { Forwarder } from './forwarder.ts'
import { logFilesIn } from './store/log-files.ts'

export interface ForwardingOptions {
  /** What `throughline.yaml` says now: `collector.forward`. */
  readonly graph: () => Graph
  /** Where the queues lie, one folder for each backend. */
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly onNotice?: (line: string) => void
}

export interface Forwarding {
  /** Resolves once each backend's queue has the events on disk. */
  readonly take: (batch: string, events: readonly EvidenceEvent[]) => Promise<void>
  readonly close: () => Promise<void>
}

/** Sends evidence to every backend that the workspace names, and to no other. */
export function forwarding({ graph, folder, env, onNotice }: ForwardingOptions): Forwarding {
  const open = new Map<string, Promise<Forwarder>>()
  return {
    async take(_, events) {
      const wanted = graph().declarations.workspace.collector?.forward ?? []
      await Promise.all(
        wanted.map(async ({ url, headers }) => {
          const key = JSON.stringify([url, headers])
          let opening = open.get(key)
          if (opening === undefined) {
            const name = createHash('sha256').update(url).digest('hex').slice(0, 16)
            opening = Forwarder.open({
              url,
              headers: Object.fromEntries(
                headers.map(([header, value]) => [header, filled(value, env, onNotice)]),
              ),
              files: logFilesIn(join(folder, name)),
              ...(onNotice !== undefined && { onNotice }),
            })
            open.set(key, opening)
          }
          await (await opening).take(events)
        }),
      )
    },
    async close() {
      for (const opening of open.values()) await (await opening).close()
    },
  }
}

function filled(
  text: string,
  env: ForwardingOptions['env'],
  onNotice: ((line: string) => void) | undefined,
): string {
  return text.replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
    const value = env[name]
    if (value === undefined)
      onNotice?.(`The environment variable ${name} is not set; \`collector.forward\` names it.`)
    return value ?? ''
  })
}
