import type { EvidenceStore } from './store/evidence-store.ts'

export interface LazyStore {
  /** Opens it where it is not open. Rejects with what `open` says, and tries again the next time. */
  readonly get: () => Promise<EvidenceStore>
  readonly close: () => Promise<void>
}

export interface LazyStoreOptions {
  readonly hotDays?: number
  readonly keepDays?: number
  readonly rollupDays?: number
  /** Hears what went wrong while tidying up. */
  readonly onNotice?: (line: string) => void
}

const HOUR = 3_600_000

/** A store that is opened by whoever needs it first, so that commands without evidence never load a database. Tidied up every hour. */
export function lazyStore(
  open: () => Promise<EvidenceStore>,
  { hotDays = 3, keepDays = 90, rollupDays = 400, onNotice }: LazyStoreOptions = {},
): LazyStore {
  let opening: Promise<EvidenceStore> | undefined
  let timer: NodeJS.Timeout | undefined
  const tidy = (store: EvidenceStore): void => {
    store
      .retain({ hotDays, keepDays, rollupDays, now: Date.now() })
      .catch((error: unknown) =>
        onNotice?.(`Old evidence was not put away: ${error instanceof Error ? error.message : ''}`),
      )
  }
  return {
    get() {
      opening ??= open().then(
        (store) => {
          tidy(store)
          timer = setInterval(() => tidy(store), HOUR)
          timer.unref()
          return store
        },
        (error: unknown) => {
          opening = undefined
          throw error
        },
      )
      return opening
    },
    async close() {
      clearInterval(timer)
      const store = await opening?.catch(() => undefined)
      opening = undefined
      await store?.close()
    },
  }
}
