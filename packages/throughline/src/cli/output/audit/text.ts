import type { AuditReport, Cell } from '../../../targets/audit/audit.ts'
import { faultKinds } from '../../../targets/audit/fault.ts'
import type { Verdict } from '../../../targets/audit/judge.ts'
import type { Colours } from '../../colours.ts'
import { visible } from '../frame.ts'
import { many } from '../text.ts'
import { wrapped } from '../../wrap.ts'
import { cellFor, countsOf, rowsOf } from './counts.ts'

/** The matrix and why the bad cells are bad, for a terminal. `fresh` are the bad cells that no baseline knows. */
export function auditText(
  report: AuditReport,
  fresh: readonly Cell[],
  colours: Colours,
  width: number,
  mended: readonly Cell[] = [],
): string {
  const { bold, dim, red, green } = colours
  const { cells, notes, screens } = report
  const kinds = faultKinds.filter((kind) => cells.some((cell) => cell.kind === kind))
  const lines: string[] = []
  const head = kinds.map((kind) => columnWords[kind].padEnd(7)).join(' ')
  let screen: string | undefined
  for (const row of rowsOf(cells)) {
    if (row.screen !== screen) {
      if (screen !== undefined) lines.push('')
      lines.push(bold(visible(row.screen)), dim(`  ${head}`.trimEnd()))
      screen = row.screen
    }
    const marks = kinds.map((kind) => markOf(cellFor(row.cells, kind), colours))
    const steps = [...new Set(row.cells.flatMap(({ step }) => step ?? []))].join(', ')
    lines.push(
      `  ${visible(row.call)}${steps === '' ? '' : dim(`  ${steps}`)}`,
      `  ${marks.join(' ')}`.trimEnd(),
    )
  }
  if (lines.length > 0) lines.push('')
  for (const cell of fresh.slice(0, mostExplained)) {
    lines.push(
      `${red(cell.verdict)} ${bold(visible(cell.id))}`,
      ...wrapped(visible(cell.why), width - 2).map((line) => `  ${line}`),
      ...(cell.promised === undefined ? [] : [dim(`  The journey promises: ${cell.promised}`)]),
    )
  }
  for (const cell of mended.slice(0, mostExplained))
    lines.push(green(`mended: ${visible(cell.id)} (${cell.verdict})`))
  if (fresh.length > mostExplained)
    lines.push(
      dim(`and ${fresh.length - mostExplained} more: --json or --report FILE has them all`),
    )
  if (fresh.length > 0) lines.push('')
  for (const note of notes.slice(0, 12)) lines.push(dim(`note: ${visible(note)}`))
  if (notes.length > 12) lines.push(dim(`and ${notes.length - 12} more notes: --json`))
  const bad = cells.filter((cell) => cell.bad).length
  const known = bad - fresh.length
  lines.push(
    `${many(cells.length, 'cell')} on ${many(screens.length, 'screen')} of ${visible(report.app)}: ${bad === 0 ? green('none leaves people alone') : red(`${bad} bad`)}${known > 0 ? ` (${known} known)` : ''}${
      cells.length === 0
        ? ''
        : ` (${countsOf(cells)
            .map(([verdict, count]) => `${count} ${verdict}`)
            .join(', ')})`
    }${report.stopped ? '; stopped before the end' : ''}`,
  )
  return `${lines.join('\n')}\n`
}

const mostExplained = 20

function markOf(cell: Cell | undefined, { red, green, dim, bold }: Colours): string {
  if (cell === undefined) return dim('-'.padEnd(7))
  const mark = marks[cell.verdict].padEnd(7)
  return cell.bad ? red(bold(mark)) : cell.verdict === 'unchanged' ? dim(mark) : green(mark)
}

/** Bad ones in capitals, so that they are found without colours too. */
const marks: Readonly<Record<Verdict, string>> = {
  message: 'message',
  fallback: 'instead',
  redirect: 'led on',
  unchanged: 'same',
  blank: 'BLANK',
  'white page': 'WHITE',
  'endless loading': 'ENDLESS',
  garbage: 'GARBAGE',
  silent: 'SILENT',
  'wrong success': 'SUCCESS',
  'retry storm': 'STORM',
  frozen: 'FROZEN',
}

const columnWords: Readonly<Record<Cell['kind'], string>> = {
  '500': '500',
  '401': '401',
  '404': '404',
  reset: 'reset',
  hang: 'hang',
  slow: 'slow',
  'bad-json': 'badjson',
  'empty-object': '{}',
  nulls: 'nulls',
  'empty-list': '[]',
  huge: 'huge',
  missing: 'missing',
  null: 'null',
  empty: 'empty',
  long: 'long',
  rtl: 'rtl',
  unlisted: 'unlist',
}
