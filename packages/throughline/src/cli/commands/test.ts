import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { globOf, type Operation } from '@throughline/core'
import type { ArgsDef } from 'citty'
import { CannotRun } from '../../cannot-run.ts'
import type { Phase } from '../../targets/verify/case.ts'
import { failedIn } from '../../targets/verify/collections/collection-report.ts'
import { keptRunOf, runIdAt } from '../../targets/verify/kept-run.ts'
import { keepRun } from '../../targets/verify/run-files.ts'
import { fromCommand, fromOAuth, headerOf } from '../../targets/verify/credentials.ts'
import { environmentIdentities } from '../../targets/verify/environment-identities.ts'
import { fromLogin } from '../../targets/verify/login.ts'
import { senderTo } from '../../targets/verify/send.ts'
import { senderToApis } from '../../targets/verify/send-to-apis.ts'
import type { Exchange, Send } from '../../targets/verify/exchange.ts'
import { checkNames, type CheckName } from '../../targets/verify/finding.ts'
import { allPhases, verify } from '../../targets/verify/verify.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { writeAtomically } from '../../workspace/write.ts'
import { valuesOf, wholeNumber } from '../arguments.ts'
import { coloursOf, noColours } from '../colours.ts'
import { command } from '../command.ts'
import { testedKept } from '../docs/evidence-files.ts'
import { ledgerKept, ledgerOf } from '../../targets/verify/ledger-files.ts'
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
import { baselineFrom, baselineText } from '../verify/baseline.ts'
import { data } from '../verify/collection-files.ts'
import { progressOn } from '../verify/progress.ts'
import { placesInMock, targetFrom, targetWord } from '../verify/target.ts'
import { looksLikeProduction } from '../../targets/verify/safety.ts'
import { unwaived } from '../../targets/verify/waived.ts'
import { writtenRequests } from '../verify/written-requests.ts'

const phases = allPhases

const testArgs = {
  files: {
    type: 'positional',
    required: false,
    description: 'A workspace folder, or contract files',
  },
  target: {
    type: 'string',
    valueHint: 'URL',
    description:
      'The backend: an address, or an environment of throughline.yaml; or one for each API',
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
  checks: { type: 'string', valueHint: 'NAMES', description: 'Only these: response-schema,leak' },
  skip: { type: 'string', valueHint: 'NAMES', description: 'All checks but these' },
  include: {
    type: 'string',
    valueHint: 'OPERATIONS',
    description: 'Only these: store.getBasket,store.list*',
  },
  exclude: { type: 'string', valueHint: 'OPERATIONS', description: 'All but these' },
  header: {
    type: 'string',
    valueHint: 'LINE',
    description: 'Credentials or another header, as often as needed: "Authorization: Bearer ..."',
  },
  'second-header': {
    type: 'string',
    valueHint: 'LINE',
    description: 'Credentials of another user, who must not see what the first one owns',
  },
  'auth-command': {
    type: 'string',
    valueHint: 'COMMAND',
    description: 'Prints a token, or header lines, for the credentials',
  },
  login: {
    type: 'string',
    valueHint: 'STEP|OPERATION',
    description: 'Signs in first: account/sign-in, or store.createSession',
  },
  'login-data': {
    type: 'string',
    valueHint: 'FILE',
    description: 'What signing in sends, as JSON or YAML; ${NAME} is an environment variable',
  },
  'rate-limit': { type: 'string', valueHint: 'N', description: 'Requests in a second, at most' },
  'max-time': {
    type: 'string',
    valueHint: 'SECONDS',
    description: 'Ends then, with what there is',
  },
  fuzz: { type: 'string', valueHint: 'N', description: 'Generated cases for each operation (50)' },
  collection: {
    type: 'string',
    valueHint: 'FILE',
    description: 'A Postman collection (JSON, or its folder of YAML files) to send and judge',
  },
  arazzo: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Workflows (Arazzo 1.0 and 1.1) to run as sequences',
  },
  environment: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Variables of the collection: an exported environment',
  },
  globals: { type: 'string', valueHint: 'FILE', description: 'Variables of the whole workspace' },
  data: {
    type: 'string',
    valueHint: 'FILE',
    description: 'CSV or JSON: the collection, or the workflows, run once for each row',
  },
  engine: {
    type: 'enum',
    options: ['own', 'newman'],
    default: 'own',
    description: 'newman runs the scripts of a collection as well; it must be installed',
  },
  case: {
    type: 'string',
    valueHint: 'ID',
    description: 'Only this case of a finding; reads go before it',
  },
  baseline: {
    type: 'string',
    valueHint: 'FILE',
    description: 'Only findings that are not in it fail the run',
  },
  'update-baseline': { type: 'boolean', description: 'Writes what is found into --baseline' },
  'allow-writes': {
    type: 'boolean',
    description: 'Everything on what looks like production; else only what reads',
  },
  'all-operations': {
    type: 'boolean',
    description: 'Also those that look like logout, reset, shutdown or delete all',
  },
  'dry-run': { type: 'boolean', description: 'Says what would be sent, and sends nothing' },
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
} as const satisfies ArgsDef

export const test = command(
  {
    name: 'test',
    summary: 'Whether a running backend keeps the contracts, and which steps suffer where not',
    operands: '[DIR|FILES...]',
    args: testArgs,
    examples: [
      {
        line: 'throughline test --target http://localhost:8080',
        does: 'everything, against a local backend',
      },
      {
        line: 'throughline test --target store=http://localhost:8080,reviews=staging',
        does: 'each API where it runs',
      },
      {
        line: 'throughline test openapi.yaml --target staging --json',
        does: 'one contract, for a machine',
      },
      {
        line: 'throughline test --target staging --report report.html,junit.xml',
        does: 'a page for people, and a file for CI',
      },
      {
        line: 'throughline test --collection shop.postman_collection.json --environment staging.json',
        does: 'a collection, its answers judged by the contract',
      },
    ],
    notes:
      'OAuth 2.0 client credentials come from THROUGHLINE_OAUTH_TOKEN_URL, _CLIENT_ID, _CLIENT_SECRET and _SCOPE. Exit status: 0 when nothing is found, 1 when something is, 2 when it cannot run.',
  },
  async (args, io, rawArgs) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const given = writtenRequests({
      collections: valuesOf('collection', rawArgs, testArgs),
      workflows: valuesOf('arazzo', rawArgs, testArgs),
      environment: args.environment,
      globals: args.globals,
      data: args.data,
      engine: args.engine === 'newman' ? 'newman' : 'own',
      cwd: io.cwd,
    })
    const isWritten = args.collection !== undefined || args.arazzo !== undefined
    const isDry = args['dry-run'] === true
    const chosen =
      args.target === undefined && args.collection !== undefined
        ? undefined
        : targetFrom(args.target, graph.apis)
    const named = chosen?.address
    const addresses =
      chosen === undefined || chosen.addresses.size > 0 || graph.apis.length < 2 || isDry
        ? (chosen?.addresses ?? new Map<string, string>())
        : await placesInMock(chosen.address, graph.apis)
    const target = named ?? given.home ?? 'the addresses of the collection'
    const { format, files } = reportsIn(args.format, args.report, args.json === true)
    const ledger = ledgerOf(workspace, graph, io)
    const workers = args.workers === undefined ? 8 : wholeNumber(args.workers, '--workers', 1, 64)
    const baseline = baselineIn(args.baseline, args['update-baseline'] === true, io.cwd)
    const readOnly =
      args['allow-writes'] !== true &&
      named !== undefined &&
      [named, ...addresses.values()].some((one) => looksLikeProduction(args.target ?? '', one))
    if (readOnly)
      io.stderr.write(
        `${target} looks like production: only what reads is asked. Add --allow-writes for everything.\n`,
      )
    const lines = (option: 'header' | 'second-header') =>
      valuesOf(option, rawArgs, testArgs).map((one) => headerOf(one, `--${option}`))
    const sender =
      addresses.size > 0
        ? senderToApis(args.target ?? '', addresses, { connections: workers })
        : senderTo({ target: named ?? given.home ?? 'http://localhost', connections: workers })
    const elsewhere = graph.apis.flatMap(({ name }) =>
      addresses.size === 0 || addresses.has(name) ? [] : [name],
    )
    if (elsewhere.length > 0)
      io.stderr.write(
        `Not asked, because ${args.target} has no address for it: ${elsewhere.join(', ')}.\n`,
      )
    const second = lines('second-header')
    const ownValid = [
      ...(isDry ? [] : await fromOAuth(io.env)),
      ...(args['auth-command'] === undefined || isDry
        ? []
        : await fromCommand(args['auth-command'], io.cwd)),
      ...lines('header'),
      ...(args.login === undefined || isDry
        ? []
        : await fromLogin(graph, args.login, {
            send: sender.send,
            body: loginData(args['login-data'], io),
          })),
    ]
    // What a command line says comes before what the file says.
    const declared = isDry
      ? {}
      : await environmentIdentities(graph, args.target ?? '', {
          env: io.env,
          cwd: workspace.root,
          send: sender.send,
          known: [
            ...(ownValid.length > 0 ? (['valid'] as const) : []),
            ...(second.length > 0 ? (['second'] as const) : []),
          ],
        })
    const identities = {
      valid: ownValid.length > 0 ? ownValid : (declared.valid ?? []),
      ...(second.length > 0 ? { second } : declared.second && { second: declared.second }),
    }
    const isWanted = operationsIn(args.include, args.exclude)
    const stop = new AbortController()
    void io.untilStopped().then(() => stop.abort())
    const most =
      args['max-time'] === undefined
        ? undefined
        : wholeNumber(args['max-time'], '--max-time', 1, 86_400)
    const timer = most === undefined ? undefined : setTimeout(() => stop.abort(), most * 1000)
    const progress = progressOn(io.stderr)
    const planned = new Map<string, number>()
    const exchanges = new Map<string, Exchange>()
    const written = await given.open({
      target: named,
      headers: identities.valid,
      sender,
      allowWrites: args['allow-writes'] === true,
      signal: stop.signal,
    })
    const started = Date.now()
    try {
      const tested = await verify(graph, {
        send: isDry ? nothingSent : sender.send,
        seed: args.seed === undefined ? 1 : wholeNumber(args.seed, '--seed', 0, 2 ** 32),
        workers,
        readOnly,
        allOperations: args['all-operations'] === true,
        isOn: isDry ? () => false : checksIn(args.checks, args.skip),
        operations: (operation) =>
          (addresses.size === 0 || addresses.has(operation.api)) && isWanted(operation),
        ...(args.fuzz !== undefined && { fuzz: wholeNumber(args.fuzz, '--fuzz', 0, 1_000_000) }),
        ...(args['rate-limit'] !== undefined && {
          rate: wholeNumber(args['rate-limit'], '--rate-limit', 1, 100_000),
        }),
        ...(args.case !== undefined && { only: args.case }),
        phases: new Set(phasesIn(isWritten, args.phases)),
        ...(isDry ? {} : { scripts: written.scripts }),
        identities,
        onProgress: progress.hear,
        onExchange({ case: { operation, phase } }) {
          const key = `${phase} ${operation.method} ${operation.path}`
          if (isDry) planned.set(key, (planned.get(key) ?? 0) + 1)
        },
        graphqlAt: (api) => addresses.get(api),
        signal: stop.signal,
        ledger,
        onFound(exchange, { fingerprint, reproduce }) {
          if (reproduce.case === exchange.case.id) exchanges.set(fingerprint, exchange)
        },
      })
      progress.end()
      if (isDry) {
        io.stdout.write(planText(target, planned, tested.leftOut, args.json === true))
        return 0
      }
      if (args.case !== undefined && tested.cases === 0)
        throw new CannotRun(
          'TL9003',
          `No case is called \`${args.case}\`: \`--json\` prints the case of each finding.`,
        )
      const decided = unwaived(graph, tested.findings, new Date())
      if (baseline !== undefined && args['update-baseline'] === true)
        writeOut(baseline.path, baselineText(decided))
      const known = baseline?.known ?? new Set<string>()
      const findings = decided.filter((one) => !known.has(one.fingerprint))
      if (baseline !== undefined && args['update-baseline'] !== true) {
        const fixed = [...known].filter(
          (one) => !decided.some(({ fingerprint }) => fingerprint === one),
        )
        io.stderr.write(
          `${decided.length - findings.length} of the baseline still there, ${fixed.length} not met any more.\n`,
        )
      }
      const collections = written.reports()
      const report = { ...tested, findings, ...(isWritten && { collections }) }
      if (tested.leftOut.length > 0)
        io.stderr.write(
          `Not asked, because they look as if they ended sessions or data: ${tested.leftOut.join(', ')}. Add --all-operations for them.\n`,
        )
      if (tested.notThere !== undefined)
        io.stderr.write(
          `GraphQL was not asked: ${tested.notThere.join(', ')} answers neither at /graphql nor at /<api>/graphql below the target.\n`,
        )
      if (tested.ended !== undefined) io.stderr.write(`It ended early: ${tested.ended}.\n`)
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
        writeOut(
          resolve(io.cwd, file),
          verifyReport(formatOfFile(file), shown, () => verifyText(target, report, noColours)),
        )
      if (args.ledger === true) ledgerKept(workspace, graph, report.ledger, io)
      if (args.case === undefined)
        keepRun(
          workspace.root,
          keptRunOf(
            graph,
            { ...tested, findings: decided },
            {
              id: runIdAt(started),
              by: 'cli',
              target: chosen === undefined ? 'a collection' : targetWord(args.target, chosen),
              phases: phasesIn(isWritten, args.phases),
              readOnly,
              ...narrowedBy({
                include: args.include,
                exclude: args.exclude,
                checks: args.checks,
                skip: args.skip,
                collection: args.collection,
                arazzo: args.arazzo,
              }),
              started,
              ms: Date.now() - started,
            },
          ),
        )
      testedKept(workspace, graph, report, { at: shown.started, target })
      io.stdout.write(
        verifyReport(format, shown, () => verifyText(target, report, coloursOf(io.stdout, io.env))),
      )
      return args['update-baseline'] !== true &&
        (report.findings.some((one) => one.severity !== 'info') ||
          collections.some((one) => failedIn(one) > 0))
        ? 1
        : 0
    } finally {
      clearTimeout(timer)
      await sender.close()
    }
  },
)

/** Secrets come from the environment: the file belongs into git, they don't. */
function loginData(
  file: string | undefined,
  {
    cwd,
    env,
  }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): unknown {
  if (file === undefined) return undefined
  const filled = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => env[name] ?? whole)
      : Array.isArray(value)
        ? value.map(filled)
        : value !== null && typeof value === 'object'
          ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]))
          : value
  return filled(data(resolve(cwd, file), file))
}

function baselineIn(
  file: string | undefined,
  updates: boolean,
  cwd: string,
): { readonly path: string; readonly known: ReadonlySet<string> } | undefined {
  if (file === undefined) {
    if (updates) throw new CannotRun('TL9003', '`--update-baseline` needs `--baseline FILE`.')
    return undefined
  }
  const path = resolve(cwd, file)
  if (updates) return { path, known: new Set() }
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new CannotRun(
      'TL9004',
      `${file} cannot be read. Write it with \`--baseline ${file} --update-baseline\`.`,
    )
  }
  return { path, known: baselineFrom(text, file) }
}

function checksIn(
  only: string | undefined,
  skip: string | undefined,
): (check: CheckName) => boolean {
  const named = (text: string | undefined): ReadonlySet<string> => {
    const names = listIn(text)
    for (const name of names)
      if (!checkNames.some((one) => one === name))
        throw new CannotRun('TL9003', `There is no check \`${name}\`: ${checkNames.join(', ')}.`)
    return new Set(names)
  }
  const wanted = named(only)
  const unwanted = named(skip)
  return (check) => (wanted.size === 0 || wanted.has(check)) && !unwanted.has(check)
}

function operationsIn(
  include: string | undefined,
  exclude: string | undefined,
): (operation: Operation) => boolean {
  const matching = (text: string | undefined): ((operation: Operation) => boolean)[] =>
    listIn(text).map((glob) => {
      const matches = globOf(glob, '.')
      return ({ api, name, method, path }) =>
        matches(`${api}.${name}`) || matches(name) || glob === `${method} ${path}` || glob === path
    })
  const wanted = matching(include)
  const unwanted = matching(exclude)
  return (operation) =>
    (wanted.length === 0 || wanted.some((one) => one(operation))) &&
    !unwanted.some((one) => one(operation))
}

/** What somebody hears who only wants to know what would be sent. */
const nothingSent: Send = (one) =>
  Promise.resolve({
    case: one,
    url: one.request.path,
    sent: [],
    at: 0,
    ms: 0,
    outcome: {
      kind: 'answered',
      status: 200,
      headers: new Map(),
      body: new Uint8Array(),
      bytes: 0,
      cut: false,
    },
  })

function planText(
  target: string,
  planned: ReadonlyMap<string, number>,
  leftOut: readonly string[],
  json: boolean,
): string {
  const all = [...planned].map(([key, cases]) => {
    const [phase = '', method = '', path = ''] = key.split(' ')
    return { phase, method, path, cases }
  })
  if (json) return `${JSON.stringify({ version: 1, target, planned: all, leftOut }, null, 2)}\n`
  const total = all.reduce((sum, one) => sum + one.cases, 0)
  const lines = all.map(
    ({ phase, method, path, cases }) =>
      `${phase.padEnd(10)} ${String(cases).padStart(5)}  ${method} ${path}`,
  )
  const left = leftOut.length === 0 ? '' : `Left out: ${leftOut.join(', ')}\n`
  return `${lines.join('\n')}\n${left}At least ${total.toLocaleString('en')} requests to ${target}; none was sent.\n`
}

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

function writeOut(path: string, text: string): void {
  try {
    writeAtomically(path, text)
  } catch (error) {
    throw new CannotRun(
      'TL9004',
      `${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

function phasesIn(isWritten: boolean, given: string | undefined): readonly Phase[] {
  return isWritten && given === undefined ? [] : [...phasesOf(given)]
}

/** What a run was told to leave out, in the words of the command. */
function narrowedBy(options: Readonly<Record<string, string | undefined>>): {
  readonly narrowed?: string
} {
  const words = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value}`],
  )
  return words.length === 0 ? {} : { narrowed: words.join(' ') }
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
