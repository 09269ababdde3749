import { createHash } from 'node:crypto'

/** What publishing did, or would do: pages by path. */
export interface Publication {
  readonly created: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
  readonly unchanged: number
}

export interface PublishOptions {
  /** Only looks: nothing is written there. */
  readonly dryRun?: boolean
  /** Called with a line for each page that is written or removed. */
  readonly onPage?: (what: 'created' | 'changed' | 'removed', path: string) => void
}

/** Collects what becomes of pages. */
export interface Recording {
  readonly note: (what: 'created' | 'changed' | 'removed' | 'unchanged', path: string) => void
  readonly publication: () => Publication
}

export function recording({ onPage }: PublishOptions): Recording {
  const all = { created: [] as string[], changed: [] as string[], removed: [] as string[] }
  let unchanged = 0
  return {
    note(what, path) {
      if (what === 'unchanged') unchanged++
      else {
        all[what].push(path)
        onPage?.(what, path)
      }
    },
    publication: () => ({ ...all, unchanged }),
  }
}

/** What a page says, in sixteen characters: equal where nothing has to be written. */
export function contentHash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}
