import type { Report } from './report.ts'

/** `check --json` (FORMATS, section 5). */
export function jsonReport({ diagnostics, summary }: Report): string {
  return `${JSON.stringify({ version: 1, diagnostics, summary }, null, 2)}\n`
}
