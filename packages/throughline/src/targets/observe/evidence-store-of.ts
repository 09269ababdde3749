import type { Graph } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { openClickhouseStore } from './store/clickhouse-store.ts'
import { openDuckdbStore } from './store/duckdb-store.ts'
import type { EvidenceStore } from './store/evidence-store.ts'

/** Where a workspace keeps its evidence. */
export type EvidencePlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 'clickhouse'
      readonly urls: readonly string[]
      readonly cluster?: string | undefined
    }

/** What `collector.store` says, else the folder. Throws `CannotRun` (TL9006) where an environment variable is missing or an address is none. */
export function evidencePlace(
  graph: Graph,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): EvidencePlace {
  const store = graph.declarations.workspace.collector?.store
  if (store === undefined || store.clickhouse.length === 0) return { kind: 'folder', folder }
  const urls = store.clickhouse.map((url) =>
    url.replaceAll(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
      const value = env[name]
      if (value === undefined)
        throw new CannotRun(
          'TL9006',
          `The environment variable ${name} is not set; \`collector.store.clickhouse\` names it.`,
        )
      return encodeURIComponent(value)
    }),
  )
  if (!urls.every((url) => URL.canParse(url)))
    throw new CannotRun('TL9006', '`collector.store.clickhouse` is no address.')
  return { kind: 'clickhouse', urls, cluster: store.cluster }
}

/** Opens it. Rejects with `CannotRun` (TL9006) or, while servers are away, with `StoreBusy`. */
export function openEvidence(place: EvidencePlace): Promise<EvidenceStore> {
  return place.kind === 'folder'
    ? openDuckdbStore({ folder: place.folder })
    : openClickhouseStore(place)
}
