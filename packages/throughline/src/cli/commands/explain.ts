import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogue, closest, type Code } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { widthOf, type Io } from '../io.ts'
import { renderedMarkdown } from '../output/terminal-markdown.ts'
import { packageFolder } from '../package.ts'

export const explain = command(
  {
    name: 'explain',
    summary: 'What a diagnostic means, with an example of wrong and right',
    operands: '[CODE|RULE]',
    most: 1,
    args: {
      code: { type: 'positional', required: false, description: 'TL2003, or need-not-in-contract' },
    },
    examples: [
      { line: 'throughline explain TL2003', does: 'by code' },
      { line: 'throughline explain need-not-in-contract', does: 'by rule' },
      { line: 'throughline explain', does: 'every code and rule' },
    ],
  },
  async (args, io) => {
    const asked = args._[0]
    if (asked === undefined) {
      io.stdout.write(args.json === true ? listAsJson() : listAsText(io))
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
  const [best] = closest(asked, [...codes(), ...codes().map((code) => catalogue[code].rule)], 1)
  throw new CannotRun(
    'TL9003',
    `There is no diagnostic \`${asked}\`.${best === undefined ? '' : ` Did you mean \`${best}\`?`} \`throughline explain\` lists them all.`,
  )
}

function codes(): readonly Code[] {
  return Object.keys(catalogue) as Code[]
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
  return `${lines.join('\n')}Severities can be set per rule under \`rules\` in throughline.yaml.\n`
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
