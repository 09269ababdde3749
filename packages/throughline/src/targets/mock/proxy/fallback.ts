/** When the mock answers in place of a backend. */
export interface Fallback {
  /** `404`, `5xx`. */
  readonly statuses: ReadonlySet<string>
  /** Nothing listens there, or the line was cut before an answer. */
  readonly refused: boolean
  /** No answer within the time that a backend has. */
  readonly timeout: boolean
}

/** What is not built yet, not deployed or not running. */
export const USUAL_FALLBACK = '404,501,refused,timeout'

/** Reads `none`, or a list of statuses, classes (`5xx`), `refused` and `timeout`; the part that is none of them where it is wrong. */
export function fallbackOf(text: string): Fallback | { readonly wrong: string } {
  const parts = text
    .split(',')
    .map((one) => one.trim().toLowerCase())
    .filter(Boolean)
  const none = parts.length === 1 && parts[0] === 'none'
  const statuses = new Set<string>()
  for (const part of none ? [] : parts) {
    if (part === 'refused' || part === 'timeout') continue
    if (!/^[45](\d\d|xx)$/.test(part)) return { wrong: part }
    statuses.add(part)
  }
  return { statuses, refused: parts.includes('refused'), timeout: parts.includes('timeout') }
}

/** Whether an answer of this status may be replaced. */
export function coversStatus({ statuses }: Fallback, status: number): boolean {
  return statuses.has(String(status)) || statuses.has(`${Math.floor(status / 100)}xx`)
}

/** As it is written: `404,501,refused`, or `none`. */
export function fallbackText({ statuses, refused, timeout }: Fallback): string {
  const parts = [...statuses, ...(refused ? ['refused'] : []), ...(timeout ? ['timeout'] : [])]
  return parts.length === 0 ? 'none' : parts.join(',')
}
