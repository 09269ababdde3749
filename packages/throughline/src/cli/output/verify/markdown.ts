import { coverageKinds } from '../../../targets/verify/coverage.ts'
import type { Finding } from '../../../targets/verify/finding.ts'
import { countsOfCollection } from './collections-text.ts'
import { coverageLine, coverageWords } from './coverage-words.ts'
import { countsOf, elsewhere, journeysOf, type VerifyShown } from './shown.ts'

/** Findings as Markdown for a pull request: by journey and step; the rest folds open. */
export function verifyMarkdown(shown: VerifyShown): string {
  const { report, target } = shown
  const lines = [
    '### Whether the backend keeps what was agreed',
    '',
    `${escaped(target)}: ${report.cases.toLocaleString('en')} cases, ${countsOf(report.findings)}${report.stopped ? '; stopped before the end' : ''}`,
    '',
  ]
  for (const { title, owner, steps } of journeysOf(shown)) {
    const hurt = steps.filter(({ findings }) => findings.length > 0)
    if (hurt.length === 0) continue
    lines.push(`#### ${escaped(title)}${owner === undefined ? '' : ` (${escaped(owner)})`}`, '')
    for (const { title: step, screen, findings } of hurt) {
      lines.push(`- **${escaped(step)}**${screen === undefined ? '' : ` \`${code(screen)}\``}`)
      for (const one of findings.slice(0, most)) lines.push(`  - ${lineOf(one)}`)
      if (findings.length > most) lines.push(`  - and ${findings.length - most} more`)
    }
    lines.push('')
  }
  const rest = elsewhere(shown)
  if (rest.length > 0)
    lines.push(
      ...folded(
        `What no step needs: ${countsOf(rest)}`,
        rest.slice(0, mostFolded).map((one) => `- ${lineOf(one)}`),
      ),
    )
  if (report.findings.length > 0)
    lines.push(
      ...folded(
        'How to see it again',
        report.findings
          .slice(0, mostFolded)
          .flatMap((one) => [`\`${one.check}\` ${escaped(one.message)}`, '', ...fenced(one), '']),
      ),
    )
  for (const collection of report.collections ?? []) {
    const { requests, tests, failed } = countsOfCollection(collection)
    const bad = collection.requests.filter(
      (one) => one.left !== undefined || one.assertions.some(({ passed }) => !passed),
    )
    lines.push(
      ...folded(
        `${collection.name}: ${requests} requests, ${failed} of ${tests} tests failed`,
        bad
          .slice(0, mostFolded)
          .flatMap((one) => [
            `- **${escaped(one.name)}**${one.left === undefined ? '' : ` not sent: ${escaped(one.left)}`}`,
            ...one.assertions
              .filter(({ passed }) => !passed)
              .map((test) => `  - ❌ ${escaped(test.name)}: ${escaped(test.message ?? '')}`),
          ]),
      ),
    )
  }
  lines.push(
    ...folded(`Reached: ${coverageLine(report.coverage)}`, [
      '| | Reached | Not reached, for example |',
      '| --- | ---: | --- |',
      ...coverageKinds.map((kind) => {
        const { reached, total, unreached } = report.coverage[kind]
        const [first] = unreached
        return `| ${coverageWords[kind]} | ${reached} of ${total} | ${first === undefined ? '' : cell(`${first.name}: ${first.why}`)} |`
      }),
    ]),
  )
  return `${lines.join('\n').trimEnd()}\n`
}

const most = 10
const mostFolded = 50
const markOf = { error: '❌', warning: '⚠️', info: 'ℹ️' } as const

function lineOf({ severity, operation, message, check, count }: Finding): string {
  return `${markOf[severity]} \`${code(`${operation.method} ${operation.path}`)}\` ${escaped(message)} \`${check}\`${count > 1 ? `, ${count} times` : ''}`
}

/** A fence longer than any in the line. */
function fenced({ reproduce }: Finding): readonly string[] {
  const longest = Math.max(2, ...[...reproduce.curl.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}sh`, reproduce.curl, fence]
}

function folded(summary: string, lines: readonly string[]): readonly string[] {
  return ['<details>', `<summary>${escaped(summary)}</summary>`, '', ...lines, '', '</details>', '']
}

/** Texts come from contracts and from a server: nothing of them becomes HTML or mentions anybody. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('<', '&lt;').replaceAll('@', '@\u200b')
}

function code(text: string): string {
  return text.replaceAll('`', "'").replace(/\s+/g, ' ')
}

function cell(text: string): string {
  return escaped(text).replaceAll('|', '\\|')
}
