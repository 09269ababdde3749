import type { AuditReport, Cell } from '../../../targets/audit/audit.ts'
import { rowsOf } from './counts.ts'

/** A test case for each cell, a suite for each call of each screen; a bad cell that a baseline knows is skipped. */
export function auditJunit({ cells }: AuditReport, fresh: readonly Cell[]): string {
  const isNew = new Set(fresh)
  const suites = rowsOf(cells).map(({ screen, call, cells: row }) => {
    const failures = row.filter((cell) => isNew.has(cell)).length
    const skipped = row.filter((cell) => cell.bad && !isNew.has(cell)).length
    return [
      `  <testsuite name="${text(`${screen} ${call}`)}" tests="${row.length}" failures="${failures}" skipped="${skipped}">`,
      ...row.map((cell) => {
        const open = `    <testcase classname="${text(screen)}" name="${text(cell.id)}" time="${(cell.milliseconds / 1_000).toFixed(3)}"`
        if (isNew.has(cell))
          return `${open}><failure type="${text(cell.verdict)}" message="${text(cell.why)}"/></testcase>`
        return cell.bad ? `${open}><skipped message="known"/></testcase>` : `${open}/>`
      }),
      '  </testsuite>',
    ].join('\n')
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="throughline audit" tests="${cells.length}" failures="${fresh.length}">\n${suites.join('\n')}\n</testsuites>\n`
}

function text(value: string): string {
  return value
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, ' ')
}
