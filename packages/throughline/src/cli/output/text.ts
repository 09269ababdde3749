import { isReadable, type Files, type LocatedDiagnostic, type Severity } from '@throughline/core'
import type { Colours } from '../colours.ts'
import { wrapped } from '../wrap.ts'
import { frame, visible } from './frame.ts'
import type { RuleCount, Selection, Summary } from './report.ts'

export interface TextOptions {
  readonly files: Files
  /** How a workspace path is written for whoever reads it, so that a terminal opens it: relative to where they stand. */
  readonly shownPath: (path: string) => string
  readonly colours: Colours
  readonly width: number
}

/** Findings for people: frames first, then what was only counted, then one line that sums up. */
export function textReport(
  selection: Selection<LocatedDiagnostic>,
  summary: Summary,
  options: TextOptions,
): string {
  const { shown, rest } = selection
  const parts = shown.map((one) => finding(one, options))
  if (rest.length > 0) parts.push(counted(rest, shown.length > 0, options))
  parts.push(summaryLine(summary, options.colours))
  return `${parts.join('\n\n')}\n`
}

/** `12 operations, 2 journeys, 7 steps: 3 errors, 2 warnings`. */
export function summaryLine(summary: Summary, colours: Colours): string {
  const { errors, warnings, infos } = summary
  const found = [
    errors > 0 ? colours.red(many(errors, 'error')) : '',
    warnings > 0 ? colours.yellow(many(warnings, 'warning')) : '',
    infos > 0 ? colours.cyan(many(infos, 'info')) : '',
  ].filter((one) => one !== '')
  return `${contents(summary)}: ${found.length === 0 ? colours.green('nothing to mend') : found.join(', ')}`
}

function contents({ operations, journeys, steps }: Summary): string {
  const parts = [many(operations, 'operation')]
  if (journeys > 0) parts.push(many(journeys, 'journey'), many(steps, 'step'))
  return parts.join(', ')
}

function finding(one: LocatedDiagnostic, options: TextOptions): string {
  const { colours, width } = options
  const { bold, dim, cyan } = colours
  const lines = [
    `${place(one, options)}  ${severityMark(one.severity, colours)} ${dim(`${one.rule} ${one.code}`)}`,
    ...wrapped(visible(one.message), width).map((line) => bold(line)),
    ...frameOf(one, options).map((line) => `  ${line}`),
  ]
  for (const other of one.related ?? [])
    lines.push(`  ${place(other, options)}  ${dim(visible(other.message))}`)
  for (const fix of one.fixes ?? []) lines.push(`  ${cyan('fix')}  ${visible(fix.title)}`)
  lines.push(`  ${dim(`throughline explain ${one.code}`)}`)
  return lines.join('\n')
}

function place(
  { file, range }: Pick<LocatedDiagnostic, 'file' | 'range'>,
  { shownPath, colours }: TextOptions,
): string {
  return `${colours.cyan(visible(shownPath(file)))}:${range.start.line}:${range.start.column}`
}

function frameOf(
  { file, range }: LocatedDiagnostic,
  { files, colours, width }: TextOptions,
): readonly string[] {
  const source = files.read(file)
  return isReadable(source) && source.text !== ''
    ? frame(source.text, range, colours, width - 2)
    : []
}

function counted(
  rest: readonly RuleCount<LocatedDiagnostic>[],
  afterOthers: boolean,
  options: TextOptions,
): string {
  const { colours, width } = options
  const total = rest.reduce((sum, one) => sum + one.count, 0)
  const most = Math.max(...rest.map(({ count }) => grouped(count).length))
  const head = afterOthers
    ? `And ${many(total, 'more finding')}, by rule`
    : `${many(total, 'finding')}, by rule`
  const how =
    total > rest.length ? ', one of each; --all shows them all, --rule NAME those of one rule' : ''
  const lines = [`${colours.bold(head)}${colours.dim(how)}`]
  for (const { code, rule, severity, count, example } of rest) {
    const indent = ' '.repeat(most + 4)
    lines.push(
      `  ${grouped(count).padStart(most)}  ${severityMark(severity, colours)} ${rule} ${colours.dim(code)}`,
    )
    const words = wrapped(visible(example.message.replace(/\s+/g, ' ')), width - indent.length)
    lines.push(
      ...words
        .slice(0, 3)
        .map((line, index) => `${indent}${index === 2 && words.length > 3 ? `${line} …` : line}`),
    )
    lines.push(`${indent}${colours.dim(place(example, { ...options, colours: plain(colours) }))}`)
  }
  return lines.join('\n')
}

/** The place of an example is one dim line: a colour within would end it. */
function plain(colours: Colours): Colours {
  return { ...colours, cyan: String }
}

function severityMark(severity: Severity, colours: Colours): string {
  switch (severity) {
    case 'error':
      return colours.red('error')
    case 'warning':
      return colours.yellow('warning')
    case 'info':
      return colours.cyan('info')
  }
}

export function many(count: number, thing: string): string {
  return `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`
}

/** `12,345`: the same on every machine, whatever its locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}
