import { join } from 'node:path'
import { closest, type Graph, type MonitorAlerts, type MonitorDeclaration } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import type { Case } from '../../targets/verify/case.ts'
import { alert, headline } from '../../alerts/alert.ts'
import { evidenceOf } from '../../targets/verify/monitor/evidence.ts'
import { monitoring, type Run } from '../../targets/verify/monitor/monitoring.ts'
import { keptCredentials } from '../../targets/verify/kept-credentials.ts'
import type { Sender } from '../../targets/verify/send.ts'
import { senderToApis } from '../../targets/verify/send-to-apis.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { coloursOf, type Colours } from '../colours.ts'
import { command } from '../command.ts'
import type { Io } from '../io.ts'
import { ledgerOf } from '../../targets/verify/ledger-files.ts'
import { listIn } from '../list-in.ts'
import { visible } from '../output/frame.ts'

export const monitor = command(
  {
    name: 'monitor',
    summary: 'Try journeys on a schedule against an environment, and tell somebody when they fail',
    operands: '[DIR]',
    most: 1,
    args: {
      dir: { type: 'positional', required: false, description: 'A workspace folder' },
      only: {
        type: 'string',
        valueHint: 'NAMES',
        description: 'Only these monitors, separated by commas',
      },
      environment: {
        type: 'string',
        valueHint: 'NAME|URL',
        description: 'Somewhere else than the monitors say',
      },
      once: {
        type: 'boolean',
        description: 'Each once, then end: for a job that runs on a schedule',
      },
      'no-alerts': { type: 'boolean', description: 'Tell nobody; print only' },
    },
    examples: [
      { line: 'throughline monitor', does: 'all *.monitor.yaml, until it is stopped' },
      { line: 'throughline monitor --once', does: 'in a scheduled job of CI' },
      {
        line: 'throughline monitor --only checkout --environment http://localhost:8080 --no-alerts',
        does: 'try a monitor out',
      },
    ],
    notes:
      'What was seen is kept in .throughline/monitors, a line of JSON for each run. With --once the exit status is 1 when something failed; otherwise it runs until it is stopped.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const chosen = chosenFrom(graph, listIn(args.only)).map((one) =>
      withEnvironment(one, args.environment, io.env),
    )
    const ledger = ledgerOf(workspace, graph, io)
    const folder = join(workspace.root, '.throughline', 'monitors')
    const stop = new AbortController()
    void io.untilStopped().then(() => stop.abort())
    const senders: Sender[] = []
    let failed = false
    const colours = coloursOf(io.stdout, io.env)
    const watched = chosen.map((one) => {
      const targets = targetsOf(graph, one)
      const sender = senderToApis(one.environment, targets, {
        connections: 2,
        within: one.within,
        headers: one.headers,
      })
      senders.push(sender)
      const letIn = keptCredentials(graph, one, {
        env: io.env,
        cwd: workspace.root,
        send: sender.send,
        now: Date.now,
      })
      return {
        monitor: one,
        runs: (api: string) => targets.has(api),
        send: async (each: Case) => {
          const known = await letIn(each)
          return 'case' in known ? known : sender.send({ ...each, ...known }, stop.signal)
        },
        evidence: evidenceOf(folder, one.id),
      }
    })
    try {
      await monitoring(graph, watched, {
        now: Date.now,
        wait: (ms) => waited(ms, stop.signal),
        signal: stop.signal,
        ledger,
        once: args.once === true,
        async onRun(run) {
          failed ||= run.troubles.some(({ kind }) => kind === 'failure')
          io.stdout.write(args.json === true ? `${jsonOf(run)}\n` : textOf(run, colours))
          for (const notice of run.notices) {
            io.stderr.write(`${notice.event}  ${visible(headline(notice))}\n`)
            if (args['no-alerts'] === true) continue
            const problems = await alert(notice, run.monitor.alerts, {
              cwd: workspace.root,
              env: io.env,
            })
            for (const problem of problems)
              io.stderr.write(`Could not be told: ${visible(problem)}\n`)
          }
        },
      })
      return args.once === true && failed ? 1 : 0
    } finally {
      await Promise.all(senders.map((one) => one.close()))
    }
  },
)

function chosenFrom(
  { declarations: { monitors } }: Graph,
  names: readonly string[],
): readonly MonitorDeclaration[] {
  if (monitors.length === 0)
    throw new CannotRun(
      'TL9003',
      'There is no monitor here. Write `monitors/checkout.monitor.yaml`: `monitor: checkout`, `environment: staging`, `journeys: [checkout]`.',
    )
  if (names.length === 0) return monitors
  return names.map((name) => {
    const found = monitors.find(({ id }) => id === name)
    if (found !== undefined) return found
    const [near] = closest(
      name,
      monitors.map(({ id }) => id),
      1,
    )
    throw new CannotRun(
      'TL9003',
      `There is no monitor \`${name}\`.${near === undefined ? '' : ` Did you mean \`${near}\`?`}`,
    )
  })
}

/** Fills environment variables in: a token or the address of a hook does not belong into git. Throws `CannotRun` (TL9003) where one is missing. */
function withEnvironment(
  monitor: MonitorDeclaration,
  environment: string | undefined,
  env: Io['env'],
): MonitorDeclaration {
  if (!/^[\w-]{1,100}$/.test(monitor.id))
    throw new CannotRun(
      'TL9003',
      `\`${monitor.id}\` is no id for a monitor: see \`throughline check\`.`,
    )
  const filled = (text: string): string =>
    text.replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
      const value = env[name]
      if (value === undefined || value === '')
        throw new CannotRun(
          'TL9003',
          `The monitor \`${monitor.id}\` needs the environment variable ${name}.`,
        )
      return value
    })
  const { webhook, slack, command: commands, email } = monitor.alerts
  const alerts: MonitorAlerts = {
    webhook: webhook.map(filled),
    slack: slack.map(filled),
    command: commands,
    ...(email && { email: { ...email, smtp: filled(email.smtp) } }),
  }
  return {
    ...monitor,
    environment: environment ?? monitor.environment,
    headers: monitor.headers.map(([name, value]) => [name, filled(value)]),
    alerts,
  }
}

/** Where each API runs: an environment has an address for each, a plain address is for all. */
function targetsOf(
  { apis }: Graph,
  { id, environment }: MonitorDeclaration,
): ReadonlyMap<string, string> {
  const named = apis.flatMap((api): readonly (readonly [string, string])[] => {
    const url = api.environments.get(environment)
    return url === undefined ? [] : [[api.name, url]]
  })
  if (named.length > 0) return new Map(named)
  if (URL.canParse(environment) && /^https?:$/.test(new URL(environment).protocol))
    return new Map(
      apis.map(({ name, contract }) => [
        name,
        contract?.protocol === 'graphql' && !/\/graphql\/?$/.test(environment)
          ? `${environment.replace(/\/+$/, '')}/graphql`
          : environment,
      ]),
    )
  const known = [...new Set(apis.flatMap((api) => [...api.environments.keys()]))]
  throw new CannotRun(
    'TL9003',
    `The monitor \`${id}\` runs against \`${environment}\`, which is neither an address nor an environment of throughline.yaml${known.length === 0 ? '' : ` (${known.join(', ')})`}.`,
  )
}

function jsonOf({ monitor: { id, environment }, walk, troubles, notices }: Run): string {
  return JSON.stringify({
    version: 1,
    monitor: id,
    environment,
    at: new Date(walk.at).toISOString(),
    ms: walk.ms,
    ok: troubles.length === 0,
    calls: walk.calls,
    troubles,
    notices,
  })
}

function textOf(
  { monitor: { id, environment }, walk, troubles }: Run,
  { green, red, yellow, dim }: Colours,
): string {
  const made = walk.calls.filter(({ left }) => left === undefined).length
  const left = walk.calls.length - made
  const failing = troubles.some(({ kind }) => kind === 'failure')
  const verdict = troubles.length === 0 ? green('fine') : failing ? red('fails') : yellow('slow')
  const head = `${new Date(walk.at).toISOString().slice(0, 19)}Z  ${id} on ${environment}  ${verdict}  ${dim(`${made} call${made === 1 ? '' : 's'}${left === 0 ? '' : `, ${left} left out`}, ${walk.ms} ms`)}`
  return [
    head,
    ...troubles.flatMap(({ lines }) => lines.map((line) => `  ${visible(line)}`)),
    '',
  ].join('\n')
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, Math.max(0, ms))
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
