import type { AuditReport, Cell } from '../../../targets/audit/audit.ts'
import { countsOf } from './counts.ts'

/** `audit --json`, which is also what `--baseline` reads. */
export function auditJson(
  report: AuditReport,
  fresh: readonly Cell[],
  mended: readonly Cell[] = [],
): string {
  const isNew = new Set(fresh)
  const isMended = new Set(mended)
  const result = {
    version: 1,
    app: report.app,
    screens: report.screens.map(({ screen, url, title, calls }) => ({ screen, url, title, calls })),
    cells: report.cells.map((cell) => {
      const { picture: _, ...rest } = cell
      return { ...rest, new: isNew.has(cell), ...(isMended.has(cell) && { mended: true }) }
    }),
    notes: report.notes,
    summary: {
      cells: report.cells.length,
      bad: report.cells.filter(({ bad }) => bad).length,
      new: fresh.length,
      mended: mended.length,
      verdicts: Object.fromEntries(countsOf(report.cells)),
      stopped: report.stopped,
    },
  }
  return `${JSON.stringify(result, null, 2)}\n`
}
