import type { EvidenceEvent } from './event.ts'

export interface AdmissionOptions {
  /** How old an event may be, milliseconds. */
  readonly oldest?: number
  /** Distinct texts in each column that groups rows; more become `(other)`. */
  readonly mostNames?: number
}
export interface Admitted {
  readonly events: readonly EvidenceEvent[]
  readonly rejected: number
  /** Why, in a sentence; `''` where nothing was. */
  readonly why: string
}

/** A clock may be this much ahead of ours, milliseconds. */
const AHEAD = 300_000
const grouping = [
  'name',
  'operation',
  'step',
  'previousStep',
  'route',
  'service',
  'release',
  'environment',
  'persona',
  'state',
  'country',
  'connection',
  'method',
] as const
const HOUR = 3_600_000
/** Characters of `attributes` and `fields` as JSON. */
const LARGEST_JSON = 4_000

/**
 * What may be kept of what came in: the same for all sources. An event from the future gets the time of receipt and says so
 * (`clock.ahead`, seconds); one without a time or older than is kept is refused. Texts that group rows are bounded in number per hour,
 * so that a URL or an id in a name costs little.
 */
export class Admission {
  readonly #oldest: number
  readonly #mostNames: number
  readonly #known = new Map<string, Set<string>>()
  #hour = 0

  constructor({ oldest = 90 * 24 * HOUR, mostNames = 2_000 }: AdmissionOptions = {}) {
    this.#oldest = oldest
    this.#mostNames = mostNames
  }

  admit(events: readonly EvidenceEvent[], now: number): Admitted {
    const hour = Math.floor(now / HOUR)
    if (hour !== this.#hour) {
      this.#hour = hour
      this.#known.clear()
    }
    const admitted: EvidenceEvent[] = []
    let old = 0
    let timeless = 0
    for (const event of events) {
      if (!Number.isFinite(event.time) || event.time <= 0) timeless++
      else if (event.time < now - this.#oldest) old++
      else admitted.push(this.#bounded(event, now))
    }
    const reasons = [
      ...(timeless > 0 ? [`${timeless} without a time`] : []),
      ...(old > 0 ? [`${old} older than ${Math.round(this.#oldest / 24 / HOUR)} days`] : []),
    ]
    return {
      events: admitted,
      rejected: timeless + old,
      why: reasons.length === 0 ? '' : `Not kept: ${reasons.join(', ')}.`,
    }
  }

  #bounded(event: EvidenceEvent, now: number): EvidenceEvent {
    const changes: Record<string, unknown> = {}
    let changed = false
    for (const key of grouping) {
      const value = event[key]
      if (value === undefined || this.#isFewEnough(key, value)) continue
      changes[key] = '(other)'
      changed = true
    }
    if (event.attributes !== undefined && JSON.stringify(event.attributes).length > LARGEST_JSON) {
      changes['attributes'] = undefined
      changed = true
    }
    if (event.fields !== undefined && JSON.stringify(event.fields).length > LARGEST_JSON * 4) {
      changes['fields'] = undefined
      changed = true
    }
    if (event.time > now + AHEAD) {
      changes['time'] = now
      changes['attributes'] = {
        ...event.attributes,
        'clock.ahead': Math.round((event.time - now) / 1000),
      }
      changed = true
    }
    return changed ? { ...event, ...changes } : event
  }

  #isFewEnough(key: string, value: string): boolean {
    let known = this.#known.get(key)
    if (known === undefined) this.#known.set(key, (known = new Set()))
    if (known.has(value)) return true
    if (known.size >= this.#mostNames) return false
    known.add(value)
    return true
  }
}
