import { resolve } from 'node:path'
import { CannotRun } from '../../cannot-run.ts'
import type { Phase } from '../../targets/verify/case.ts'
import { senderTo } from '../../targets/verify/send.ts'
import type { Exchange } from '../../targets/verify/exchange.ts'
import { allPhases, verify } from '../../targets/verify/verify.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { writeAtomically } from '../../workspace/write.ts'
import { wholeNumber } from '../arguments.ts'
import { coloursOf, noColours } from '../colours.ts'
import { command } from '../command.ts'
import { ledgerKept, ledgerOf } from '../ledger-files.ts'
import { listIn } from '../list-in.ts'
import {
  formatOfFile,
  verifyFormats,
  verifyReport,
  type VerifyFormat,
} from '../output/verify/reports.ts'
import type { VerifyShown } from '../output/verify/shown.ts'
import { verifyText } from '../output/verify/text.ts'
import { version } from '../package.ts'
import { pathsFor } from '../shown-path.ts'

const phases = allPhases

export const test = command(
  {
    name: 'test',
    summary: 'Whether a running backend keeps the contracts, and which steps suffer where not',
    operands: '[DIR|FILES...]',
    args: {
      files: {
        type: 'positional',
        required: false,
        description: 'A workspace folder, or contract files',
      },
      target: {
        type: 'string',
        valueHint: 'URL',
        description: 'The backend: an address, or an environment of throughline.yaml',
      },
      phases: {
        type: 'string',
        valueHint: 'NAMES',
        description: `Only these: ${phases.join(',')}`,
      },
      seed: {
        type: 'string',
        valueHint: 'N',
        description: 'The same seed sends the same requests (1)',
      },
      workers: { type: 'string', valueHint: 'N', description: 'Requests under way at once (8)' },
      header: {
        type: 'string',
        valueHint: 'LINE',
        description: 'A header for every request: "Authorization: Bearer ..."',
      },
      format: {
        type: 'enum',
        options: [...verifyFormats],
        description: 'How to print the findings',
      },
      report: {
        type: 'string',
        valueHint: 'FILES',
        description:
          'Also write these, by their ending: report.html,junit.xml,test.sarif,test.har,test.md',
      },
      ledger: {
        type: 'boolean',
        description: 'Keep in reached/ how each documented status was reached, for later runs',
      },
    },
    examples: [
      {
        line: 'throughline test --target http://localhost:8080',
        does: 'everything, against a local backend',
      },
      {
        line: 'throughline test openapi.yaml --target staging --json',
        does: 'one contract, for a machine',
      },
      {
        line: 'throughline test --target staging --report report.html,junit.xml',
        does: 'a page for people, and a file for CI',
      },
    ],
    notes: 'Exit status: 0 when nothing is found, 1 when something is, 2 when it cannot run.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const target = targetOf(args.target, graph.apis)
    const { format, files } = reportsIn(args.format, args.report, args.json === true)
    const ledger = ledgerOf(workspace, graph, io)
    const sender = senderTo({
      target,
      connections: 8,
    })
    const stop = new AbortController()
    void io.untilStopped().then(() => stop.abort())
    const exchanges = new Map<string, Exchange>()
    const started = Date.now()
    try {
      const report = await verify(graph, {
        send: sender.send,
        seed: args.seed === undefined ? 1 : wholeNumber(args.seed, '--seed', 0, 2 ** 32),
        workers: args.workers === undefined ? 8 : wholeNumber(args.workers, '--workers', 1, 64),
        phases: phasesOf(args.phases),
        identities: { valid: args.header === undefined ? [] : [headerOf(args.header)] },
        signal: stop.signal,
        ledger,
        onFound(exchange, { fingerprint, reproduce }) {
          if (reproduce.case === exchange.case.id) exchanges.set(fingerprint, exchange)
        },
      })
      const shown: VerifyShown = {
        target,
        graph,
        report,
        exchanges,
        started: new Date(started).toISOString(),
        ms: Date.now() - started,
        version: version(),
        pathOf: pathsFor(workspace, io.cwd).fromRepository,
      }
      for (const file of files)
        written(
          resolve(io.cwd, file),
          verifyReport(formatOfFile(file), shown, () => verifyText(target, report, noColours)),
        )
      if (args.ledger === true) ledgerKept(workspace, graph, report.ledger, io)
      io.stdout.write(
        verifyReport(format, shown, () => verifyText(target, report, coloursOf(io.stdout, io.env))),
      )
      return report.findings.some((one) => one.severity !== 'info') ? 1 : 0
    } finally {
      await sender.close()
    }
  },
)

/** Looked at before anything is sent. */
function reportsIn(
  format: VerifyFormat | undefined,
  files: string | undefined,
  json: boolean,
): { readonly format: VerifyFormat; readonly files: readonly string[] } {
  if (json && format !== undefined && format !== 'json')
    throw new CannotRun('TL9003', `\`--json\` and \`--format ${format}\` exclude each other.`)
  const wanted = listIn(files)
  for (const file of wanted) formatOfFile(file)
  return { format: json ? 'json' : (format ?? 'text'), files: wanted }
}

function written(path: string, text: string): void {
  try {
    writeAtomically(path, text)
  } catch (error) {
    throw new CannotRun(
      'TL9004',
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function targetOf(
  given: string | undefined,
  apis: readonly { readonly environments: ReadonlyMap<string, string> }[],
): string {
  const environments = new Map(apis.flatMap((api) => [...api.environments]))
  const names = [...environments.keys()]
  if (given === undefined)
    throw new CannotRun(
      'TL9003',
      `Name the backend: \`--target http://localhost:8080\`${names.length === 0 ? '' : `, or an environment: ${names.join(', ')}`}.`,
    )
  const url = environments.get(given) ?? given
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new CannotRun(
      'TL9003',
      `\`${given}\` is neither an address (http://localhost:8080) nor an environment of throughline.yaml${names.length === 0 ? '' : ` (${names.join(', ')})`}.`,
    )
  return url.replace(/\/+$/, '')
}

function phasesOf(given: string | undefined): ReadonlySet<Phase> {
  if (given === undefined) return new Set(phases)
  return new Set(
    given.split(',').map((word) => {
      const found = phases.find((one) => one === word.trim())
      if (found === undefined)
        throw new CannotRun('TL9003', `There is no phase \`${word}\`: ${phases.join(', ')}.`)
      return found
    }),
  )
}

function headerOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon).trim()
  if (colon < 1 || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    throw new CannotRun('TL9003', '`--header` is a name and a value: "X-Tenant: corner-market".')
  return [name, line.slice(colon + 1).trim()]
}
