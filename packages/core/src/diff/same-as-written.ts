import { resolveReference } from '../1-parse/reference.ts'
import { writesIds } from '../1-parse/writes-ids.ts'
import { familyOf } from '../schema/subtypes.ts'
import { pointerOf } from '../schema/violation.ts'
import { pathOf, rootOf, type Document, type Site } from '../text/site.ts'

/**
 * Tells quickly that two places of two documents mean the same: they are written alike, and so is everything that they refer to.
 * `no` only means that somebody has to look closer.
 */
export interface Sameness {
  (before: Site, after: Site): boolean
  /** `alike` is written alike, but something that it refers to is not the same. */
  readonly how: (before: Site, after: Site) => Likeness
}

type Likeness = 'same' | 'alike' | 'other'

/** One object per comparison: what it learnt about references of two documents is remembered. */
export function sameness(): Sameness {
  const pairs = new Map<Document, Map<Document, ReferencePairs>>()
  const pairOf = (before: Document, after: Document): ReferencePairs => {
    let ofBefore = pairs.get(before)
    if (ofBefore === undefined) pairs.set(before, (ofBefore = new Map()))
    let known = ofBefore.get(after)
    if (known === undefined) ofBefore.set(after, (known = new ReferencePairs(before, after)))
    return known
  }
  const how = (before: Site, after: Site): Likeness =>
    pairOf(before.document, after.document).how(before.value, after.value)
  const same = (before: Site, after: Site): boolean => how(before, after) === 'same'
  return Object.assign(same, { how })
}

/** Whether two values are written alike, and every reference in them where they are. */
interface Written {
  readonly after: unknown
  readonly alike: boolean
  readonly references: ReadonlySet<string>
}

/** What is known about the references that stand in both of two documents. */
class ReferencePairs {
  private readonly before: Site
  private readonly after: Site
  private readonly usable: boolean
  private readonly referred = new Map<string, Written>()
  /** By the value before: schemas are reached from many places, and each is walked once. */
  private readonly written = new Map<unknown, Written>()
  private readonly settled = new Map<string, boolean>()

  constructor(before: Document, after: Document) {
    this.before = rootOf(before)
    this.after = rootOf(after)
    // Ids give references another meaning from place to place; a dialect gives keywords one.
    this.usable = before.dialect === after.dialect && !writesIds(before) && !writesIds(after)
  }

  how(before: unknown, after: unknown): Likeness {
    if (!this.usable) return 'other'
    const { alike: isAlike, references } = this.writtenAs(before, after)
    if (!isAlike) return 'other'
    for (const reference of references) if (!this.leadsToTheSame(reference)) return 'alike'
    return 'same'
  }

  private writtenAs(before: unknown, after: unknown): Written {
    const known = this.written.get(before)
    if (known !== undefined && known.after === after) return known
    const references = new Set<string>()
    const written = { after, alike: alike(before, after, references, 0), references }
    if (before !== null && typeof before === 'object') this.written.set(before, written)
    return written
  }

  private leadsToTheSame(reference: string): boolean {
    const known = this.settled.get(reference)
    if (known !== undefined) return known
    const seen = new Set([reference])
    for (const one of seen) {
      const settled = this.settled.get(one)
      if (settled === true) continue
      const { alike: isAlike, references } = this.referredBy(one)
      if (settled === false || !isAlike) {
        this.settled.set(reference, false)
        return false
      }
      for (const next of references) seen.add(next)
    }
    for (const one of seen) this.settled.set(one, true)
    return true
  }

  private referredBy(reference: string): Written {
    let known = this.referred.get(reference)
    if (known !== undefined) return known
    const before = resolveReference(this.before, reference)
    const after = resolveReference(this.after, reference)
    // Another file has references of its own: somebody has to look closer.
    const isInside =
      before?.document === this.before.document && after?.document === this.after.document
    known =
      isInside && before !== undefined && after !== undefined
        ? withSubtypes(this.writtenAs(before.value, after.value), before, after)
        : { after: undefined, alike: false, references: new Set() }
    this.referred.set(reference, known)
    return known
  }
}

/** A schema with subtypes leads to them as references do. */
function withSubtypes(written: Written, before: Site, after: Site): Written {
  const [ours, theirs] = [subtypesOf(before), subtypesOf(after)]
  if (ours.length === 0 && theirs.length === 0) return written
  return {
    after: written.after,
    alike: written.alike && ours.join() === theirs.join(),
    references: new Set([...written.references, ...ours]),
  }
}

/** References to the subtypes of a schema. */
function subtypesOf(base: Site): readonly string[] {
  return (familyOf(base)?.subtypes ?? []).map(({ site }) => `#${pointerOf(pathOf(site))}`)
}

function alike(before: unknown, after: unknown, references: Set<string>, depth: number): boolean {
  if (before === null || typeof before !== 'object') return before === after
  if (after === null || typeof after !== 'object' || depth > deepest) return false
  if (Array.isArray(before)) {
    if (!Array.isArray(after) || after.length !== before.length) return false
    for (let index = 0; index < before.length; index++)
      if (!alike(before[index], after[index], references, depth + 1)) return false
    return true
  }
  if (Array.isArray(after)) return false
  const left = before as Readonly<Record<string, unknown>>
  const right = after as Readonly<Record<string, unknown>>
  // The walk over everything that is written twice: without a list of keys for each object.
  let count = 0
  for (const name in left) {
    count++
    if (!Object.hasOwn(right, name)) return false
    const value = left[name]
    if (name === '$ref' && typeof value === 'string') references.add(value)
    if (!alike(value, right[name], references, depth + 1)) return false
  }
  for (const _ in right) count--
  return count === 0
}

const deepest = 300
