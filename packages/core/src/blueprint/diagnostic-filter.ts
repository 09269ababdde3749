import type { Severity } from '../text/catalogue.ts'
import type { Side } from './diagnostic-list.ts'

/** Which problems somebody wants to see; all of them where nothing is said. */
export interface DiagnosticFilter {
  readonly side?: Side
  readonly severity?: Severity
  /** `TL2003` */
  readonly code?: string
  /** A team; `-` is what nobody owns. */
  readonly owner?: string
  /** Words of the message, the file, the rule or the code. All of them must be there, in any case and order. */
  readonly find?: string
}

/** What can be chosen from a list of values. */
export type Facet = 'side' | 'severity' | 'owner' | 'code'

/** What a filter looks at in a problem. */
export interface Filterable {
  readonly side: Side
  readonly severity: Severity
  readonly code: string
  readonly rule: string
  readonly message: string
  readonly file: string
  readonly owners: readonly string[]
}

/** `owner=-`: what nobody owns. */
export const nobody = '-'

/** Whether a problem is asked for. `without` leaves one facet open, to count what choosing there would find. */
export function fits(filter: DiagnosticFilter): (one: Filterable, without?: Facet) => boolean {
  const words = (filter.find ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const { side, severity, code, owner } = filter
  return (one, without) =>
    (side === undefined || without === 'side' || one.side === side) &&
    (severity === undefined || without === 'severity' || one.severity === severity) &&
    (code === undefined || without === 'code' || one.code === code) &&
    (owner === undefined || without === 'owner' || ownersOrNobody(one).includes(owner)) &&
    (words.length === 0 || containsAll(one, words))
}

/** The teams of a problem, or `-`. */
export function ownersOrNobody({ owners }: Pick<Filterable, 'owners'>): readonly string[] {
  return owners.length === 0 ? [nobody] : owners
}

function containsAll({ message, file, rule, code }: Filterable, words: readonly string[]): boolean {
  const text = `${message} ${file} ${rule} ${code}`.toLowerCase()
  return words.every((word) => text.includes(word))
}
