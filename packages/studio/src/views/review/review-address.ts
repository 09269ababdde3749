import type { ImpactSeverity } from '@throughline/core'
import { textIn } from '../../address.ts'

/** What a change does to people, as the review filters by it: `none` touches no screen, `accepted` was accepted for a while. */
export type Verdict = ImpactSeverity | 'none' | 'accepted'
export const verdicts = ['breaks', 'degrades', 'surprises', 'helps', 'none', 'accepted'] as const

/** Three ways to read a change. */
export type Reading = 'words' | 'fields' | 'raw'

/** What the address of the review says: `?base=v1.2&read=fields&journey=checkout&verdict=breaks&change=3f9a…`. */
export interface ReviewSearch {
  readonly as?: 'frontend' | 'backend'
  readonly tab?: 'proposals'
  /** A revision of git. Without it, the server's choice. */
  readonly base?: string
  /** Without it, plain words. */
  readonly read?: 'fields' | 'raw'
  readonly journey?: string
  readonly team?: string
  readonly verdict?: Verdict
  /** The fingerprint of the open change. */
  readonly change?: string
  /** Which proposals: without it, those that are not decided. */
  readonly which?: 'applied' | 'declined' | 'all'
}

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function reviewSearchOf(raw: Readonly<Record<string, unknown>>): ReviewSearch {
  const found: { -readonly [Key in keyof ReviewSearch]: ReviewSearch[Key] } = {}
  if (textIn(raw, 'tab') === 'proposals') found.tab = 'proposals'
  const read = textIn(raw, 'read')
  if (read === 'fields' || read === 'raw') found.read = read
  const verdict = verdicts.find((one) => one === textIn(raw, 'verdict'))
  if (verdict !== undefined) found.verdict = verdict
  const which = textIn(raw, 'which')
  if (which === 'applied' || which === 'declined' || which === 'all') found.which = which
  for (const key of ['base', 'journey', 'team', 'change'] as const) {
    const value = textIn(raw, key)
    if (value !== undefined) found[key] = value
  }
  return found
}

/** Changes what the address says; what is undefined leaves it. */
export type ChangeSearch = (next: {
  readonly [Key in keyof ReviewSearch]: ReviewSearch[Key] | undefined
}) => void
