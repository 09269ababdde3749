import { CannotRun } from '../../cannot-run.ts'
import type { Phase } from '../../targets/verify/case.ts'
import { senderTo } from '../../targets/verify/send.ts'
import { verify } from '../../targets/verify/verify.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { wholeNumber } from '../arguments.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { verifyJson } from '../output/verify/json.ts'
import { verifyText } from '../output/verify/text.ts'

const phases = ['examples', 'coverage', 'fuzz'] as const satisfies readonly Phase[]

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
    ],
    notes: 'Exit status: 0 when nothing is found, 1 when something is, 2 when it cannot run.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const target = targetOf(args.target, graph.apis)
    const sender = senderTo({
      target,
      connections: 8,
      headers: args.header === undefined ? [] : [headerOf(args.header)],
    })
    const stop = new AbortController()
    void io.untilStopped().then(() => stop.abort())
    try {
      const report = await verify(graph, {
        send: sender.send,
        seed: args.seed === undefined ? 1 : wholeNumber(args.seed, '--seed', 0, 2 ** 32),
        workers: args.workers === undefined ? 8 : wholeNumber(args.workers, '--workers', 1, 64),
        phases: phasesOf(args.phases),
        signal: stop.signal,
      })
      io.stdout.write(
        args.json === true
          ? verifyJson(target, report)
          : verifyText(target, report, coloursOf(io.stdout, io.env)),
      )
      return report.findings.some((one) => one.severity !== 'info') ? 1 : 0
    } finally {
      await sender.close()
    }
  },
)

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
