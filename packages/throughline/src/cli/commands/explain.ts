import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  catalogue,
  changeExample,
  changeRules,
  closest,
  type ChangeRule,
  type Code,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { widthOf, type Io } from '../io.ts'
import { renderedMarkdown } from '../output/terminal-markdown.ts'
import { packageFolder } from '../package.ts'

export const explain = command(
  {
    name: 'explain',
    summary: 'What a diagnostic or a change means, with an example',
    operands: '[CODE|RULE]',
    most: 1,
    args: {
      code: {
        type: 'positional',
        required: false,
        description: 'TL2003, need-not-in-contract, or what diff says',
      },
    },
    examples: [
      { line: 'throughline explain TL2003', does: 'by code' },
      { line: 'throughline explain need-not-in-contract', does: 'by rule' },
      { line: 'throughline explain response-property-removed', does: 'a change that diff told' },
      { line: 'throughline explain', does: 'every code and rule' },
    ],
  },
  async (args, io) => {
    const asked = args._[0]
    if (asked === undefined) {
      io.stdout.write(args.json === true ? listAsJson() : listAsText(io))
      return 0
    }
    const change = changeRules.get(asked.toLowerCase().replace(/^diff\//, ''))
    if (change !== undefined) {
      const text = changePage(change)
      io.stdout.write(
        args.json === true
          ? `${JSON.stringify({ version: 1, ...change, example: changeExample(change.code) ?? null, page: text }, null, 2)}\n`
          : renderedMarkdown(text, coloursOf(io.stdout, io.env), widthOf(io.stdout)),
      )
      return 0
    }
    const code = codeOf(asked)
    const page = pageOf(code)
    if (args.json === true) {
      const { rule, severity, message } = catalogue[code]
      io.stdout.write(
        `${JSON.stringify({ version: 1, code, rule, severity, message, page }, null, 2)}\n`,
      )
    } else {
      io.stdout.write(renderedMarkdown(page, coloursOf(io.stdout, io.env), widthOf(io.stdout)))
    }
    return 0
  },
)

function codeOf(asked: string): Code {
  const found = codes().find(
    (code) => code === asked.toUpperCase() || catalogue[code].rule === asked.toLowerCase(),
  )
  if (found !== undefined) return found
  const names = [...codes(), ...codes().map((code) => catalogue[code].rule), ...changeRules.keys()]
  const [best] = closest(asked, names, 1)
  throw new CannotRun(
    'TL9003',
    `There is no diagnostic or change \`${asked}\`.${best === undefined ? '' : ` Did you mean \`${best}\`?`} \`throughline explain\` lists them all.`,
  )
}

function codes(): readonly Code[] {
  return Object.keys(catalogue) as Code[]
}

/** What a change means: who is told what, and the smallest pair of contracts that has it. */
function changePage({ code, class: kind, promise, says, area }: ChangeRule): string {
  const sentence = says.replace(/^\{at\}/, 'It').replace(/\{(\w+)\}/g, '<$1>')
  const example = changeExample(code)
  const pair =
    example === undefined
      ? ''
      : (['before', 'after'] as const)
          .map(
            (side) =>
              `\n## ${side === 'before' ? 'Before' : 'After'}\n\n\`\`\`${example.language}\n${example[side]}\n\`\`\`\n`,
          )
          .join('')
  return `# ${code}\n\n${sentence}. (${area})\n\n${classWords[kind]} ${promiseWords[promise]}\n${pair}`
}

const classWords: Readonly<Record<ChangeRule['class'], string>> = {
  breaking:
    '*Breaking*: a client that was right can stop working. A step that needs it without a fallback breaks; where no journey needs it, it is a warning, or breaking all the same with `--strict` or where no journey calls the API.',
  depends:
    '*Depends*: the contracts alone cannot say whether it breaks anybody. The journeys decide: it breaks or surprises the steps that use it, and is only counted where none does.',
  safe: '*Safe*: no client that was right stops working.',
}

const promiseWords: Readonly<Record<ChangeRule['promise'], string>> = {
  WIRE: 'It matters to running clients (WIRE).',
  SDK: 'It matters to generated code (SDK), and counts only with `--promises SDK`.',
  UX: 'It matters to people in front of screens (UX).',
  DOCS: 'It matters to readers (DOCS), and counts only with `--promises DOCS`.',
}

/** The page of a code; one that has none yet gets its line of the catalogue. */
function pageOf(code: Code): string {
  const folders = [
    join(packageFolder(), 'dist', 'diagnostics'),
    join(packageFolder(), '..', 'core', 'diagnostics'),
  ]
  const path = folders.map((folder) => join(folder, `${code}.md`)).find((one) => existsSync(one))
  if (path !== undefined) return readFileSync(path, 'utf8')
  const { rule, message } = catalogue[code]
  return `# ${code}: ${rule}\n\n${message.replace(/\{(\w+)\}/g, '<$1>')}\n`
}

const chapters = {
  1: 'Files',
  2: 'Links between journeys and contracts',
  3: 'How APIs are used',
  4: 'Contracts',
  5: 'Policy',
  9: 'The command itself',
} as const

function listAsText(io: Io): string {
  const { bold, cyan, dim } = coloursOf(io.stdout, io.env)
  const longest = Math.max(...codes().map((code) => catalogue[code].rule.length))
  const lines = Object.entries(chapters).flatMap(([digit, title]) => [
    bold(title),
    ...codes()
      .filter((code) => code[2] === digit)
      .map(
        (code) =>
          `  ${cyan(code)}  ${catalogue[code].rule.padEnd(longest)}  ${dim(catalogue[code].severity)}`,
      ),
    '',
  ])
  return `${lines.join('\n')}Severities can be set per rule under \`rules\` in throughline.yaml.\nChanges that \`throughline diff\` tells are explained by their code, and listed in docs/guide/change-rules.md.\n`
}

function listAsJson(): string {
  const list = codes().map((code) => ({
    code,
    rule: catalogue[code].rule,
    severity: catalogue[code].severity,
    message: catalogue[code].message,
  }))
  return `${JSON.stringify({ version: 1, diagnostics: list }, null, 2)}\n`
}
