import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { cacheWords, freshnessOf, type Freshness } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { csvOf } from '../../csv.ts'
import { cachingSeen } from '../../targets/observe/caching-seen.ts'
import { cachingTested } from '../../targets/verify/caching-tested.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { command } from '../command.ts'
import { writeOutput } from '../write-output.ts'

export const freshness = command(
  {
    name: 'freshness',
    summary: 'How old each answer may be on each screen: tolerated, promised and seen, with advice',
    operands: '[DIR|FILES...]',
    args: {
      files: {
        type: 'positional',
        required: false,
        description: 'Contract files, or a workspace folder',
      },
      har: {
        type: 'string',
        valueHint: 'FILE',
        description: 'A recording: what answers really said',
      },
      format: {
        type: 'enum',
        options: ['text', 'markdown', 'csv', 'json'],
        description: 'How to print it',
      },
      output: {
        type: 'string',
        alias: 'o',
        valueHint: 'FILE',
        description: 'Where to write it; on stdout where nothing is said',
      },
    },
    examples: [
      { line: 'throughline freshness', does: 'each read of each screen' },
      {
        line: 'throughline freshness --har session.har',
        does: 'beside what a backend really says',
      },
      { line: 'throughline freshness --format csv -o freshness.csv', does: 'for a spreadsheet' },
    ],
    notes:
      'Screens tolerate what `maxAge` of a call says, else `freshness` of policy.yaml. Contracts promise with the Cache-Control and ETag headers of an answer. Without --har, what counts as seen is what the last `throughline test` of a real backend was answered. Exit status: 0.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const seen =
      args.har === undefined
        ? cachingTested(workspace.root)?.caching
        : cachingSeen(recording(args.har, io.cwd), graph)
    const rows = freshnessOf(graph, seen)
    const format = args.json === true ? 'json' : (args.format ?? 'text')
    const text =
      format === 'json'
        ? `${JSON.stringify({ version: 1, rows }, null, 2)}\n`
        : format === 'csv'
          ? csvOf([heads, ...rows.map(cells)])
          : format === 'markdown'
            ? markdownOf(rows)
            : linesOf(rows)
    if (args.output === undefined) io.stdout.write(text)
    else {
      writeOutput(io.cwd, args.output, text)
      io.stderr.write(`Wrote ${args.output}\n`)
    }
    return 0
  },
)

function recording(file: string, cwd: string): unknown {
  try {
    return JSON.parse(readFileSync(resolve(cwd, file), 'utf8')) as unknown
  } catch {
    throw new CannotRun('TL9003', `${file} cannot be read as a HAR file. Is the path right?`)
  }
}

const heads = ['Step', 'Screen', 'Operation', 'Fields', 'Tolerated', 'Contract', 'Seen', 'Advice']

function cells(row: Freshness): readonly string[] {
  const { tolerated, contract, observed } = row
  return [
    row.step,
    row.screen ?? '',
    row.operation,
    row.fields.join(', '),
    tolerated === undefined ? '' : `${tolerated.seconds} s (${tolerated.by})`,
    contract === undefined ? '' : cacheWords(contract),
    observed === undefined ? '' : cacheWords(observed),
    row.advice.join(' '),
  ]
}

function markdownOf(rows: readonly Freshness[]): string {
  const line = (all: readonly string[]): string =>
    `| ${all.map((one) => one.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |\n`
  return line(heads) + line(heads.map(() => '---')) + rows.map((row) => line(cells(row))).join('')
}

/** A line for each read, and one below it for each piece of advice. */
function linesOf(rows: readonly Freshness[]): string {
  if (rows.length === 0) return 'No step of a journey reads anything.\n'
  return rows
    .map((row) => {
      const [, , , fields, tolerated, contract, observed] = cells(row)
      const facts = [
        `tolerates ${tolerated || 'nobody has said what'}`,
        `contract ${contract || 'says nothing'}`,
        ...(observed === '' ? [] : [`answers ${observed}`]),
      ]
      const shown = fields === '' ? '' : `  (${fields})`
      return `${row.step}  ${row.operation}${shown}\n  ${facts.join(', ')}\n${row.advice.map((one) => `  ${one}\n`).join('')}`
    })
    .join('')
}
