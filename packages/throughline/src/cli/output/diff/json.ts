import { locatedChanges, type Report } from '@throughline/core'

/** `diff --json` (FORMATS, section 5), with positions. */
export function diffJson({ changes, summary }: Report): string {
  const written = locatedChanges(changes).map(
    ({
      fingerprint,
      code,
      level,
      api,
      operation,
      location,
      message,
      from,
      to,
      impact,
      ...rest
    }) => ({
      code,
      level,
      api: api ?? null,
      operation: operation ?? null,
      location,
      message,
      from: from ?? null,
      to: to ?? null,
      impact,
      fingerprint,
      ...rest,
    }),
  )
  return `${JSON.stringify({ version: 1, changes: written, summary }, null, 2)}\n`
}
