/** One thing of a foreign file: what it is, and what became of it or why nothing did. */
export interface LossEntry {
  readonly what: string
  readonly why: string
}

/** What an import made of a file. Nothing is lost without a line here. */
export interface LossReport {
  /** Carried over as it was. */
  readonly taken: readonly LossEntry[]
  /** Carried over, said in another way or only in part. */
  readonly changed: readonly LossEntry[]
  /** Not carried over. */
  readonly dropped: readonly LossEntry[]
}

export type LossKind = keyof LossReport

/** A report as it grows. The same thing is said once, and what goes beyond `most` lines of a kind is counted. */
export interface LossBook {
  readonly note: (kind: LossKind, what: string, why: string) => void
  readonly report: () => LossReport
}

/** An empty book. `most`: lines of each kind. */
export function lossBook(most = 500): LossBook {
  const kinds = { taken: page(), changed: page(), dropped: page() }
  return {
    note(kind, what, why) {
      const own = kinds[kind]
      const entry = { what: short(what), why: short(why) }
      const key = JSON.stringify([entry.what, entry.why])
      if (own.seen.has(key)) return
      if (own.entries.length >= most) {
        own.more++
        return
      }
      own.seen.add(key)
      own.entries.push(entry)
    },
    report: () => ({
      taken: written(kinds.taken),
      changed: written(kinds.changed),
      dropped: written(kinds.dropped),
    }),
  }
}

/** Several reports as one. */
export function lossReports(...reports: readonly LossReport[]): LossReport {
  const book = lossBook()
  for (const report of reports)
    for (const kind of ['taken', 'changed', 'dropped'] as const)
      for (const { what, why } of report[kind]) book.note(kind, what, why)
  return book.report()
}

/** For a terminal: `Dropped: Pay: its script`. What was taken as it was is left to the summary. */
export function lossLines(report: LossReport): readonly string[] {
  return [
    ...report.changed.map((one) => `Changed: ${said(one)}`),
    ...report.dropped.map((one) => `Dropped: ${said(one)}`),
  ]
}

function said({ what, why }: LossEntry): string {
  return why === '' ? what : `${what}: ${why}`
}

interface Page {
  readonly entries: LossEntry[]
  readonly seen: Set<string>
  more: number
}

function page(): Page {
  return { entries: [], seen: new Set(), more: 0 }
}

function written({ entries, more }: Page): readonly LossEntry[] {
  return more === 0 ? [...entries] : [...entries, { what: `${more} more`, why: 'not listed' }]
}

/** One line that fits a terminal; nothing in it can steer one. */
function short(text: string): string {
  const plain = text
    .slice(0, 400)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
  return plain.length > 200 ? `${plain.slice(0, 199)}…` : plain
}
