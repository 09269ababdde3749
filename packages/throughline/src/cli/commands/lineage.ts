import {
  findingOf,
  lineageMarkdown,
  lineageOf,
  lineageRows,
  lineageWithin,
  type Lineage,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { command } from '../command.ts'
import { csvOf } from '../../csv.ts'
import { writeOutput } from '../write-output.ts'

const formats = ['text', 'markdown', 'csv', 'json'] as const

export const lineage = command(
  {
    name: 'lineage',
    summary: 'Which classified data reaches which screen and person, why, under which rule',
    operands: '[DIR|FILES...]',
    args: {
      files: {
        type: 'positional',
        required: false,
        description: 'Contract files, or a workspace folder',
      },
      class: { type: 'string', valueHint: 'NAME', description: 'Only this class of data' },
      persona: { type: 'string', valueHint: 'TITLE', description: 'Only what this person sees' },
      journey: {
        type: 'string',
        valueHint: 'NAME',
        description: 'Only the screens of this journey',
      },
      owner: { type: 'string', valueHint: 'TEAM', description: 'Only what this team answers for' },
      finding: {
        type: 'enum',
        options: ['unneeded', 'broken'],
        description: 'Only what no screen needs, or where a rule is broken',
      },
      format: { type: 'enum', options: [...formats], description: 'How to print it' },
      output: {
        type: 'string',
        alias: 'o',
        valueHint: 'FILE',
        description: 'Where to write it; on stdout where nothing is said',
      },
    },
    examples: [
      { line: 'throughline lineage', does: 'where classified data goes, class by class' },
      {
        line: 'throughline lineage --format csv -o record-of-processing.csv',
        does: 'a record of processing, a row for each field and screen',
      },
      {
        line: 'throughline lineage --finding unneeded',
        does: 'what is returned although no screen needs it',
      },
      { line: 'throughline lineage --class personal --json', does: 'one class, for machines' },
    ],
    notes:
      'Classes are those of policy.yaml, and what contracts say themselves (`x-data-classification`). Exit status: 0; what breaks a rule is an error of `throughline check`.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const whole = lineageOf(compiled(workspace).graph)
    const { persona, journey, owner, finding } = args
    const asked = {
      ...(persona !== undefined && { persona }),
      ...(journey !== undefined && { journey }),
      ...(owner !== undefined && { owner }),
      ...(finding !== undefined && { finding }),
    }
    const found = lineageWithin(
      args.class === undefined ? whole : ofClass(whole, args.class),
      asked,
    )
    const format = args.json === true ? 'json' : (args.format ?? 'text')
    const text =
      format === 'json'
        ? `${JSON.stringify({ version: 1, ...found }, null, 2)}\n`
        : format === 'csv'
          ? csvOf(lineageRows(found))
          : format === 'markdown'
            ? lineageMarkdown(found)
            : linesOf(found, Object.keys(asked).length > 0)
    if (args.output !== undefined) {
      writeOutput(io.cwd, args.output, text)
      io.stderr.write(`Wrote ${args.output}\n`)
    } else io.stdout.write(text)
    return 0
  },
)

function ofClass(whole: Lineage, name: string): Lineage {
  const classes = whole.classes.filter((one) => one.class === name)
  if (classes.length === 0)
    throw new CannotRun(
      'TL9003',
      `There is no class \`${name}\`.${whole.classes.length === 0 ? '' : ` There are: ${whole.classes.map((one) => one.class).join(', ')}.`}`,
    )
  return { ...whole, classes, entries: whole.entries.filter((one) => one.class === name) }
}

/** As a terminal shows it: a line for each field, one below it for each screen. */
function linesOf({ classes, entries }: Lineage, isNarrowed: boolean): string {
  if (classes.length === 0 && isNarrowed) return 'No classified data is like that.\n'
  if (classes.length === 0)
    return 'Nothing is classified: the policy has no classes, and no contract says `x-data-classification`.\n'
  return classes
    .map((one) => {
      const rule = one.declared ? one.rules.join(', ') || 'no rule' : 'no class of the policy'
      const own = entries.filter((entry) => entry.class === one.class)
      const lines = own.flatMap((entry) => {
        const finding = findingOf(entry)
        const way =
          entry.direction === 'returned'
            ? 'returned by'
            : entry.place === 'url'
              ? 'in the URL of'
              : 'sent to'
        return [
          `  ${entry.path}  ${way} ${entry.operation}${finding === '' ? '' : `  (${finding})`}`,
          ...entry.screens.map(
            ({ step, persona, why, goal }) =>
              `    ${step}${persona === undefined ? '' : `, ${persona}`}${(why ?? goal) === undefined ? '' : `: ${why ?? goal}`}`,
          ),
        ]
      })
      return `${one.class}: ${rule}\n${lines.length === 0 ? '  nowhere' : lines.join('\n')}\n`
    })
    .join('\n')
}
