import { many } from '../text.ts'
import { findingsOf, freshIn, verdictsOf, type StatesShown } from './shown.ts'

/** For a pull request: every step with its states, then each state that got worse. */
export function statesMarkdown(shown: StatesShown): string {
  const { report, build } = shown
  const findings = findingsOf(shown)
  const fresh = freshIn(findings)
  const { proven } = verdictsOf(report.states)
  const lines = [
    '### What people see when it goes another way',
    '',
    `${proven} of ${many(report.states.length, 'state')} proven in a browser${build === undefined ? '' : ` on ${inline(build)}`}${fresh.length === 0 ? '; nothing got worse.' : `, **${many(fresh.length, 'finding')} new**.`}`,
    '',
    '| step | proven | not | without a test |',
    '| --- | ---: | ---: | ---: |',
    ...[...Map.groupBy(report.states, ({ step }) => step)].map(([step, states]) => {
      const of = verdictsOf(states)
      return `| ${inline(step)} | ${of.proven} | ${of.failed === 0 ? '' : `**${of.failed}**`} | ${of.untested === 0 ? '' : of.untested} |`
    }),
  ]
  if (fresh.length > 0)
    lines.push(
      '',
      '| state | what is wrong | promised | owner |',
      '| --- | --- | --- | --- |',
      ...fresh
        .slice(0, 100)
        .map(
          ({ state, check, message, show, owner }) =>
            `| ${inline(state)} | **${check}** ${plain(message)} | ${plain(show ?? '')} | ${plain(owner ?? '')} |`,
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
