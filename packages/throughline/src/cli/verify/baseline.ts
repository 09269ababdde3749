import { CannotRun } from '../../cannot-run.ts'
import type { Finding } from '../../targets/verify/finding.ts'

/** What a team knows already, by fingerprint: the file lies in git, and only what is new fails a run. */
export function baselineText(findings: readonly Finding[]): string {
  const known = findings
    .map(({ fingerprint, check, operation, message }) => ({
      fingerprint,
      check,
      operation: `${operation.method} ${operation.path}`,
      message,
    }))
    .toSorted((one, other) => one.fingerprint.localeCompare(other.fingerprint, 'en'))
  return `${JSON.stringify({ version: 1, findings: known }, null, 2)}\n`
}

/** The fingerprints of such a file. */
export function baselineFrom(text: string, file: string): ReadonlySet<string> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Told below.
  }
  const findings: unknown =
    value !== null && typeof value === 'object' && 'findings' in value ? value.findings : undefined
  if (!Array.isArray(findings))
    throw new CannotRun(
      'TL9004',
      `${file} is no baseline: write one with \`--baseline ${file} --update-baseline\`.`,
    )
  return new Set(
    findings.flatMap((one: unknown) =>
      one !== null &&
      typeof one === 'object' &&
      'fingerprint' in one &&
      typeof one.fingerprint === 'string'
        ? [one.fingerprint]
        : [],
    ),
  )
}
