import { expect, test } from 'vitest'
import { rules } from './rules.ts'

const heading = `# Every rule of \`throughline diff\`

Made from the table in \`packages/core/src/diff/rules.ts\`. *Class* is what the two contracts alone say: *breaking* (a client that was
right can stop working), *depends* (only who knows the clients can tell: the journeys do), *safe*. *Promise* says to whom it matters: running
clients (WIRE), generated code (SDK), people in front of screens (UX), readers (DOCS). Teams choose with \`--promises\`; usual are WIRE and UX.
The level of a change is its class crossed with use: a need without \`absent\` breaks its step, one with a fallback degrades, what no journey needs
is a warning at most (breaking all the same with \`--strict\`, or where no journey calls the API).
`

function page(): string {
  const parts = [heading]
  for (const [area, group] of Map.groupBy(rules.values(), (rule) => rule.area)) {
    const rows = group.map(
      ({ code, class: kind, promise, says }) =>
        `| \`${code}\` | ${kind} | ${promise} | ${says.replace(/\{at\}/g, '…').replace(/\{(\w+)\}/g, '*$1*')} |`,
    )
    parts.push(
      `\n## ${area}\n\n| Rule | Class | Promise | Says |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`,
    )
  }
  return parts.join('')
}

test('is documented as it is: run with -u after a change of the table', async () => {
  await expect(page()).toMatchFileSnapshot('../../../../docs/guide/change-rules.md')
})
