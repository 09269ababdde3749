import { textIn } from '../../address.ts'
import type { FreshnessRow } from '../../client/studio-client.ts'

/** What the address of the data page says: `/data?finding=unneeded&class=personal&journey=checkout&view=record`. */
export interface DataSearch {
  readonly as?: 'frontend' | 'backend'
  readonly finding?: 'unneeded' | 'broken'
  readonly class?: string
  /** A person, by title. */
  readonly persona?: string
  readonly journey?: string
  /** A team. */
  readonly owner?: string
  /** Letters of a field or an operation. */
  readonly find?: string
  /** Shown as the record of processing: one plain table. */
  readonly show?: 'table'
  /** How old what is shown may be, in place of where it goes. */
  readonly tab?: 'freshness'
  /** Only reads of which this is to be said. */
  readonly verdict?: FreshnessRow['verdict']
}

/** What of the address the server filters by. */
export type DataFilter = Omit<DataSearch, 'as' | 'show' | 'tab' | 'verdict'>

/** In the order in which they are shown: what is to be mended first. */
export const verdicts = ['stale', 'unsaid', 'advice', 'fits'] as const

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function dataSearchOf(raw: Readonly<Record<string, unknown>>): DataSearch {
  const found: { -readonly [Key in keyof DataSearch]: DataSearch[Key] } = {}
  const finding = textIn(raw, 'finding')
  if (finding === 'unneeded' || finding === 'broken') found.finding = finding
  if (textIn(raw, 'show') === 'table') found.show = 'table'
  if (textIn(raw, 'tab') === 'freshness') found.tab = 'freshness'
  const verdict = verdicts.find((one) => one === textIn(raw, 'verdict'))
  if (verdict !== undefined) found.verdict = verdict
  for (const key of ['class', 'persona', 'journey', 'owner', 'find'] as const) {
    const value = textIn(raw, key)
    if (value !== undefined) found[key] = value
  }
  return found
}

/** The part of the address that the server filters by. */
export function filterIn({
  finding,
  persona,
  journey,
  owner,
  find,
  ...rest
}: DataSearch): DataFilter {
  return {
    ...(finding !== undefined && { finding }),
    ...(rest.class !== undefined && { class: rest.class }),
    ...(persona !== undefined && { persona }),
    ...(journey !== undefined && { journey }),
    ...(owner !== undefined && { owner }),
    ...(find !== undefined && { find }),
  }
}
