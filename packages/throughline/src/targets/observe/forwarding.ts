import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
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
  /** Goes on with what an earlier run has left in the queues. Never rejects. */
  readonly resume: () => Promise<void>
  readonly close: () => Promise<void>
}

type Backend = NonNullable<Graph['declarations']['workspace']['collector']>['forward'][number]

/** Sends evidence to every backend that the workspace names, and to no other. */
export function forwarding({ graph, folder, env, onNotice }: ForwardingOptions): Forwarding {
  const open = new Map<string, Promise<Forwarder>>()
  const wanted = (): readonly Backend[] => graph().declarations.workspace.collector?.forward ?? []
  const queueOf = ({ url }: Backend): string =>
    join(folder, createHash('sha256').update(url).digest('hex').slice(0, 16))
  const forwarderTo = (backend: Backend): Promise<Forwarder> => {
    const { url, headers } = backend
    const key = JSON.stringify([url, headers])
    let opening = open.get(key)
    if (opening === undefined) {
      opening = Forwarder.open({
        url,
        headers: Object.fromEntries(
          headers.map(([header, value]) => [header, filled(value, env, onNotice)]),
        ),
        files: logFilesIn(queueOf(backend)),
        ...(onNotice !== undefined && { onNotice }),
      })
      open.set(key, opening)
    }
    return opening
  }
  return {
    async resume() {
      await Promise.all(
        wanted()
          .filter((one) => existsSync(queueOf(one)))
          .map(async (one) => {
            try {
              await forwarderTo(one)
            } catch (error) {
              const why = error instanceof Error ? error.message : String(error)
              onNotice?.(`What waits for ${one.url} cannot be read: ${why}`)
            }
          }),
      )
    },
    async take(_, events) {
      await Promise.all(wanted().map(async (one) => (await forwarderTo(one)).take(events)))
    },
    async close() {
      for (const opening of open.values()) await (await opening.catch(() => undefined))?.close()
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
