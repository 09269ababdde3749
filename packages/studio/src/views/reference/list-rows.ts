import type { ReferenceEntry, ReferenceIndex } from '@throughline/core'
import { specification } from '../../ui/specification.ts'

/** One line of the list: rows have a fixed height, so that a long list need not be drawn whole. */
export type ListRow =
  | {
      readonly kind: 'api'
      readonly key: string
      readonly title: string
      readonly note: string
      readonly top: number
    }
  | {
      readonly kind: 'group'
      readonly key: string
      readonly title: string
      readonly count: number
      readonly top: number
    }
  | {
      readonly kind: 'operation'
      readonly key: string
      readonly entry: ReferenceEntry
      /** Its place among the operations, from 0. */
      readonly index: number
      readonly top: number
    }

export const heights = { api: 40, group: 32, operation: 31 } as const

export interface ListRows {
  readonly rows: readonly ListRow[]
  readonly height: number
  readonly operations: number
}

/** The operations that contain every word of the query, below their API and their group. */
export function listRows({ apis }: ReferenceIndex, query: string): ListRows {
  const asked = query.toLowerCase().split(/\s+/).filter(Boolean)
  const rows: ListRow[] = []
  let top = 0
  let index = 0
  for (const api of apis) {
    const groups = api.groups
      .map((group) => ({
        name: group.name,
        entries: group.operations.filter((entry) => {
          const text =
            `${entry.id} ${entry.method} ${entry.path} ${entry.title ?? ''} ${group.name}`.toLowerCase()
          return asked.every((word) => text.includes(word))
        }),
      }))
      .filter(({ entries }) => entries.length > 0)
    if (groups.length === 0 && (asked.length > 0 || api.operations > 0)) continue
    if (apis.length > 1 || groups.length === 0) {
      const note = specification(api.version)
      rows.push({ kind: 'api', key: `api ${api.name}`, title: api.title ?? api.name, note, top })
      top += heights.api
    }
    for (const { name, entries } of groups) {
      const key = `group ${api.name} ${name}`
      rows.push({ kind: 'group', key, title: name, count: entries.length, top })
      top += heights.group
      for (const entry of entries) {
        rows.push({ kind: 'operation', key: `${key} ${entry.id}`, entry, index, top })
        index += 1
        top += heights.operation
      }
    }
  }
  return { rows, height: top, operations: index }
}

/** The rows between two heights; `rows` are ordered by `top`. */
export function rowsBetween(
  rows: readonly ListRow[],
  from: number,
  to: number,
): readonly ListRow[] {
  return rows.slice(firstAt(rows, from - heights.api), firstAt(rows, to))
}

/** The index of the first row that begins at this height or below. */
function firstAt(rows: readonly ListRow[], height: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.top < height) low = middle + 1
    else high = middle
  }
  return low
}
