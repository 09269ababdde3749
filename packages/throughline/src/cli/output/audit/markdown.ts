import type { AuditReport, Cell } from '../../../targets/audit/audit.ts'
import { many } from '../text.ts'
import { countsOf } from './counts.ts'

/** For a pull request: the counts, and each bad cell that is new with its reason. */
export function auditMarkdown(
  { cells, app }: AuditReport,
  fresh: readonly Cell[],
  mended: readonly Cell[] = [],
): string {
  const bad = cells.filter((cell) => cell.bad).length
  const lines = [
    '### What people see when the API fails',
    '',
    `${many(cells.length, 'cell')} of ${inline(app)}, ${bad} bad${fresh.length === bad ? '' : `, ${fresh.length} new`}${mended.length === 0 ? '' : `, ${mended.length} mended`}.`,
    '',
    '| verdict | cells |',
    '| --- | ---: |',
    ...countsOf(cells).map(([verdict, count]) => `| ${verdict} | ${count} |`),
  ]
  if (fresh.length > 0)
    lines.push(
      '',
      '| cell | people get | why | promised |',
      '| --- | --- | --- | --- |',
      ...fresh
        .slice(0, 100)
        .map(
          ({ id, verdict, why, promised }) =>
            `| ${inline(id)} | **${verdict}** | ${plain(why)} | ${plain(promised ?? '')} |`,
        ),
    )
  if (fresh.length > 100) lines.push('', `and ${fresh.length - 100} more.`)
  return `${lines.join('\n')}\n`
}

function inline(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``
}

/** What a page said is not to become a link, a mention or a table of its own. */
function plain(text: string): string {
  return text
    .replaceAll(/[\\|<>[\]*_#@!]/g, (sign) => `&#${sign.codePointAt(0)};`)
    .replaceAll(/\s+/g, ' ')
}
