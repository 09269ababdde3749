import type { Colours } from '../../colours.ts'
import { wrapped } from '../../wrap.ts'
import { visible } from '../frame.ts'
import { many } from '../text.ts'
import { findingsOf, freshIn, timeWords, verdictsOf, type StatesShown } from './shown.ts'

const mostExplained = 30

/** Step by step how many states are seen, then each finding with its place, then one line that sums up. */
export function statesText(shown: StatesShown, colours: Colours, width: number): string {
  const { bold, dim, red, green, yellow } = colours
  const { report, pathOf } = shown
  const lines: string[] = []
  for (const [step, states] of Map.groupBy(report.states, (one) => one.step)) {
    const { proven, failed, untested } = verdictsOf(states)
    const felt = report.screens.find((one) => one.step === step)
    lines.push(
      `${failed > 0 ? red('✕') : untested > 0 ? yellow('?') : green('✓')} ${bold(visible(step))}  ${proven} of ${many(states.length, 'state')} seen${
        untested > 0 ? `, ${untested} without a test` : ''
      }${felt === undefined ? '' : dim(`  ready after ${timeWords(felt.normal)}, slow ${timeWords(felt.slow)}, very slow ${timeWords(felt.verySlow)}`)}`,
    )
  }
  for (const felt of report.screens.filter(({ step }) =>
    report.states.every((one) => one.step !== step),
  ))
    lines.push(
      `${bold(visible(felt.step))}  ready after ${timeWords(felt.normal)}, slow ${timeWords(felt.slow)}, very slow ${timeWords(felt.verySlow)}`,
    )
  if (lines.length > 0) lines.push('')
  const findings = findingsOf(shown)
  const fresh = freshIn(findings)
  for (const one of fresh.slice(0, mostExplained))
    lines.push(
      `${(one.severity === 'error' ? red : yellow)(one.check)} ${bold(visible(one.state))}${one.owner === undefined ? '' : dim(`  ${one.owner}`)}`,
      ...wrapped(visible(one.message), width - 2).map((line) => `  ${line}`),
      ...(one.show === undefined ? [] : [dim(`  The journey promises: ${visible(one.show)}`)]),
      dim(`  ${pathOf(one.file)}:${one.range.start.line}:${one.range.start.column}`),
    )
  if (fresh.length > mostExplained)
    lines.push(
      dim(`and ${fresh.length - mostExplained} more: --json or --report FILE has them all`),
    )
  if (fresh.length > 0) lines.push('')
  const { proven, failed, untested } = verdictsOf(report.states)
  const known = findings.filter(({ isNew, severity }) => !isNew && severity !== 'info').length
  lines.push(
    `${many(report.states.length, 'state')} of ${visible(report.app)}: ${[
      green(`${proven} proven`),
      ...(failed > 0 ? [red(`${failed} not`)] : []),
      ...(untested > 0 ? [yellow(`${untested} without a test`)] : []),
    ].join(
      ', ',
    )}${known > 0 ? ` (${many(known, 'finding')} known)` : ''}${report.stopped ? '; stopped before the end' : ''}`,
  )
  return `${lines.join('\n')}\n`
}
