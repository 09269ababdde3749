import type { EvidenceEvent, Graph } from '@throughline/core'

/** A kind of file that holds what people or backends did. */
export interface EvidenceFormat {
  readonly name: string
  readonly summary: string
  /** Whether a file looks like one; `start` is its beginning. */
  readonly isThis: (start: string) => boolean
  /** Throws `NotThisFormat` where it is none at all. */
  readonly read: (text: string, context: ImportContext) => Taken
}

export interface ImportContext {
  readonly graph: Graph
  /** An opaque text for a person or a visit; the same in this file each time, and nobody gets back from it. */
  readonly opaque: (text: string) => string
}

interface Taken {
  readonly events: readonly EvidenceEvent[]
  readonly lost: readonly Lost[]
}

/** What was not taken over: why, how often, and where first. */
export interface Lost {
  readonly why: string
  readonly times: number
  /** Of the first one, from 1. */
  readonly line?: number
}

export class NotThisFormat extends Error {}

/** Counts what is left out, reason by reason. */
export class Losses {
  readonly #found = new Map<string, { times: number; line?: number }>()

  add(why: string, line?: number): void {
    const known = this.#found.get(why)
    if (known !== undefined) known.times++
    else if (this.#found.size < mostReasons)
      this.#found.set(why, { times: 1, ...(line !== undefined && { line }) })
    else this.add('other reasons')
  }

  get list(): readonly Lost[] {
    return [...this.#found].map(([why, rest]) => ({ why, ...rest }))
  }
}

const mostReasons = 40
