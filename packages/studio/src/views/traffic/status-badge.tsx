import type { TrafficCall } from '@throughline/core'
import { words } from './words.ts'

/** `200`, `404`, or what happened to the connection; coloured by how it went. */
export function StatusBadge({
  call: { status, fault },
}: {
  readonly call: Pick<TrafficCall, 'status' | 'fault'>
}) {
  const kind =
    fault !== undefined || status >= 500
      ? 'bad'
      : status >= 400
        ? 'warn'
        : status >= 300
          ? 'plain'
          : 'ok'
  return (
    <span className={`status-badge num ${kind}`}>
      {fault === undefined ? status : words.faults[fault]}
    </span>
  )
}
