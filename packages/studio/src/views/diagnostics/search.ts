import { textIn } from '../../address.ts'

/** Which problems are shown, all of it in the address: `/diagnostics?side=backend&severity=error&owner=checkout`. */
export interface DiagnosticsSearch {
  readonly side?: 'ux' | 'backend' | 'both'
  readonly severity?: 'error' | 'warning' | 'info'
  /** `TL2003` */
  readonly code?: string
  /** A team; `-` is what nobody owns. */
  readonly owner?: string
  /** Words of the message, the file or the rule. */
  readonly find?: string
}

export const nobody = '-'

/** Reads an address that anybody may have typed: what it does not know, it leaves out. */
export function diagnosticsSearchOf(raw: Readonly<Record<string, unknown>>): DiagnosticsSearch {
  const found: { -readonly [Key in keyof DiagnosticsSearch]: DiagnosticsSearch[Key] } = {}
  const side = textIn(raw, 'side')
  const severity = textIn(raw, 'severity')
  if (side === 'ux' || side === 'backend' || side === 'both') found.side = side
  if (severity === 'error' || severity === 'warning' || severity === 'info')
    found.severity = severity
  for (const key of ['code', 'owner', 'find'] as const) {
    const value = textIn(raw, key)
    if (value !== undefined) found[key] = value
  }
  return found
}
