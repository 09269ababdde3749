import { evidenceColumns, type EvidenceColumn } from './columns.ts'
import { evidenceKinds, type EvidenceEvent } from './event.ts'

/** An event that came as JSON, with the columns that evidence has and nothing else; `undefined` for what is none. */
export function eventFrom(value: unknown): EvidenceEvent | undefined {
  if (value === null || typeof value !== 'object') return undefined
  const found: Record<string, unknown> = {}
  for (const [name, column] of Object.entries(evidenceColumns) as [string, EvidenceColumn][]) {
    if (!Object.hasOwn(value, name)) continue
    const given: unknown = Reflect.get(value, name)
    if (given === undefined || given === null) continue
    if (!fits(given, column)) return undefined
    found[name] = typeof given === 'string' ? given.slice(0, longest) : given
  }
  const { kind, time } = found
  const isKind = (evidenceKinds as readonly unknown[]).includes(kind)
  return isKind && typeof time === 'number' ? (found as unknown as EvidenceEvent) : undefined
}

const longest = 1000

function fits(given: unknown, column: EvidenceColumn): boolean {
  switch (column) {
    case 'text':
      return typeof given === 'string'
    case 'number':
      return typeof given === 'number' && Number.isFinite(given)
    case 'integer':
      return Number.isInteger(given)
    case 'boolean':
      return typeof given === 'boolean'
    case 'json':
      return typeof given === 'object' && JSON.stringify(given).length <= longest * 4
  }
}
