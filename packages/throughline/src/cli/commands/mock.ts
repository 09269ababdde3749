import { located, type Diagnostic, type Operation } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { liveWorkspace } from '../../server/live.ts'
import { pageScript } from '../../server/page-script.ts'
import { listenAll } from '../../targets/mock/listen-all.ts'
import { noSuchScenario } from '../../targets/mock/scenario.ts'
import { mock as mockOf, type MockOptions } from '../../targets/mock/mock.ts'
import { withProposals } from '../../targets/mock/with-proposals.ts'
import { boardOf } from '../../workspace/decisions/board.ts'
import { proxyState } from '../../targets/mock/proxy/control.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { watchWorkspace } from '../../workspace/watch.ts'
import { openRevision } from '../../workspace/revision.ts'
import { wholeNumber } from '../arguments.ts'
import { asOfArgs, withRevisions } from '../as-of.ts'
import { callbacksArg, callbacksFrom } from '../callbacks.ts'
import { certificateFor } from '../certificate.ts'
import { dataSet } from '../data-set.ts'
import { fetchedContracts } from '../fetched-contracts.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { compiled } from '../../workspace/compiled.ts'
import type { Io } from '../io.ts'
import { many } from '../output/text.ts'
import { errorCount } from '../error-count.ts'
import { listIn } from '../list-in.ts'
import { reloaded } from '../reloaded.ts'
import { httpsArgs } from '../https.ts'
import { LATENCY_FILE } from '../../targets/mock/observed-latency.ts'
import { localFile } from '../../workspace/local-file.ts'
import { recordArgs, recorderTo } from '../record.ts'
import { localeArg, localeFrom } from '../locale.ts'
import { prismArguments } from '../prism-arguments.ts'
import { backendLines, backendsFrom, proxyArgs } from '../proxy.ts'
import { ownPortsArg, ownPortsFrom } from '../own-ports.ts'
import { pathsFor } from '../shown-path.ts'
import { summaryOf } from '../summary.ts'
import { trimArgs, trimFrom } from '../trim.ts'
import { whenQuiet } from '../when-quiet.ts'

export const mock = command(
  {
    name: 'mock',
    summary: 'Serve every operation of a contract or workspace',
    operands: '[DIR|FILES...|URL]',
    understood: prismArguments,
    args: {
      files: {
        type: 'positional',
        required: false,
        description: 'Contract files or their addresses, or a workspace folder',
      },
      port: {
        type: 'string',
        alias: 'p',
        valueHint: 'PORT',
        default: '4401',
        description: 'Where to listen; 0 takes a free port',
      },
      host: {
        type: 'string',
        valueHint: 'HOST',
        default: '127.0.0.1',
        description: 'On which address; 0.0.0.0 lets other machines in',
      },
      ...ownPortsArg,
      seed: {
        type: 'string',
        valueHint: 'TEXT',
        description: 'Other generated data; the same seed gives the same',
      },
      dataset: {
        type: 'string',
        valueHint: 'NAME|FILE',
        description: 'typical, minimal, empty, one, many, extreme, or a file: data/busy-shop.yaml',
      },
      scenario: {
        type: 'string',
        valueHint: 'NAME',
        description: 'Play this for everybody: checkout/basket/timeout',
      },
      ...proxyArgs,
      ...asOfArgs,
      ...trimArgs,
      ...localeArg,
      ...callbacksArg,
      ...httpsArgs,
      ...recordArgs,
      dynamic: {
        type: 'boolean',
        alias: 'd',
        description: 'Generated data even where the contract has examples',
      },
      errors: { type: 'boolean', description: 'Answer 500 where an example breaks its schema' },
      cors: { type: 'boolean', default: true, description: 'Refuse pages of other origins' },
      watch: { type: 'boolean', default: true, description: 'Do not follow the files' },
    },
    examples: [
      { line: 'throughline mock openapi.yaml', does: 'one contract, no set-up' },
      {
        line: 'throughline mock https://petstore3.swagger.io/api/v3/openapi.json',
        does: 'a contract by its address, and the files beside it',
      },
      {
        line: 'throughline mock --scenario checkout/basket/timeout',
        does: 'what people see when the basket hangs',
      },
      {
        line: 'throughline mock openapi.yaml --proxy http://localhost:8080',
        does: 'the real backend, and the mock for what it has not yet',
      },
      { line: 'throughline mock --as-of v1.2', does: 'the contract as it was released' },
      {
        line: 'throughline mock openapi.yaml -p 0 --json',
        does: 'a free port, its address as JSON',
      },
    ],
    notes:
      'Per request: `Prefer: code=404`, `Prefer: example=NAME`, `Throughline-Scenario: NAME`, or `Throughline-Proposal: ID` for a change that nobody has agreed to yet. Ctrl-C ends it. What `prism mock` takes is taken here too: `-h HOST`, `-m`, `-i`/`--ignore-examples` (as `--dynamic`), `--dynamic=false`, `-v LEVEL`.',
  },
  async (args, io) => {
    const port = wholeNumber(args.port, '--port', 0, 65_535)
    const fetched = await fetchedContracts(args._)
    const workspace = openWorkspace(fetched.targets, io.cwd)
    const asOf = args['as-of'] === undefined ? undefined : openRevision(workspace, args['as-of'])
    const files = asOf ?? workspace
    const live = liveWorkspace(() => compiled(files))
    const ownPorts = ownPortsFrom(args.ports, live.current.graph)
    const backends = backendsFrom(args, live.current.graph, io)
    const record = args.record === undefined ? undefined : recorderTo(args.record, io, workspace)
    const trim = trimFrom(args, live.current.graph, io)
    const locale = await localeFrom(args.locale)
    const options: MockOptions = {
      ...(locale !== undefined && { locale }),
      ...(trim !== undefined && { trim }),
      dynamic: args.dynamic === true,
      errors: args.errors === true,
      cors: args.cors,
      readFile: (path) => files.bytes(path),
      observed: () => localFile(workspace.root, LATENCY_FILE),
      browserScript: pageScript,
      callbacks: callbacksFrom(args.callbacks),
      ...(args.seed !== undefined && { seed: args.seed }),
      ...(args.dataset !== undefined && { dataset: dataSet(args.dataset, files) }),
      onNotice: (line) => io.stderr.write(`${line}\n`),
    }
    const front = mockOf(live.current.graph, {
      ...options,
      ...(backends !== undefined && { backends }),
    })
    // No backend has yet what is only proposed.
    const proposed = withProposals(front, {
      graphWith: (id) => boardOf(workspace, live.current.graph).graphWith(id),
      // The contract's examples know nothing of what is proposed.
      mockOf: (graph) => mockOf(graph, { ...options, dynamic: true }),
    })
    const served = withRevisions(proposed, workspace, options, listIn(args.versions))
    if (args.scenario !== undefined && served.play(args.scenario) === undefined) {
      throw new CannotRun('TL9003', noSuchScenario(live.current.graph, args.scenario))
    }
    const { fromHere: shown } = pathsFor(workspace, io.cwd)
    const { apis: found } = live.current.graph
    const isEmpty = !found.some(({ contract }) => (contract?.operations.length ?? 0) > 0)
    const why = isEmpty ? firstErrors(live.current.diagnostics, shown) : []
    // With nobody to mend the file there is nothing to wait for.
    if (why.length > 0 && (!args.watch || asOf !== undefined))
      throw new CannotRun('TL9001', `There is nothing to serve.\n  ${why.join('\n  ')}`)
    const tls = await certificateFor(args, io.cwd, io.env)
    const stopRecording = record?.(front)
    const running = await listenAll(served, ownPorts, { port, host: args.host, tls })
    const apis = live.current.graph.apis.map(({ name, contract }) => ({
      name,
      url: running.own.get(name) ?? `${running.url}/${name}`,
      operations: contract?.operations.length ?? 0,
    }))
    const advice = args._.some((one) => one.includes('://'))
      ? 'it is served as far as it goes.'
      : `it is served as far as it goes; \`${['throughline check', ...args._].join(' ')}\` shows them.`
    const sayErrors = (errors: number): void => {
      if (errors === 0) return
      const lines = why.map((line) => `  ${line}\n`).join('')
      io.stderr.write(`${many(errors, 'error')} in the files: ${advice}\n${lines}`)
    }
    let callOff = (): void => {}
    if (args.json === true) {
      const summary = summaryOf(live.current.graph, live.current.diagnostics)
      io.stdout.write(
        `${JSON.stringify({ version: 1, url: running.url, apis, scenario: args.scenario ?? null, ...(asOf !== undefined && { asOf: { revision: asOf.revision, commit: asOf.commit } }), ...(backends !== undefined && { proxy: proxyState(backends, live.current.graph) }), summary })}\n`,
      )
      sayErrors(summary.errors)
    } else {
      io.stdout.write(
        welcome(
          running.url,
          live.current.graph.apis.flatMap(({ contract }) => contract?.operations ?? []),
          apis,
          [
            ...(asOf === undefined ? [] : [`As of ${asOf.revision} (${asOf.commit.slice(0, 10)})`]),
            ...(backends === undefined ? [] : backendLines(backends, live.current.graph, io)),
          ],
          io,
        ),
      )
      // Whoever waits for an answer of the mock need not wait for the checks.
      const { root, boundary, contracts } = workspace
      callOff = whenQuiet(() => {
        callOff = errorCount(
          {
            target: { root, boundary, ...(contracts !== undefined && { contracts }) },
            ...(asOf !== undefined && { commit: asOf.commit }),
          },
          sayErrors,
        )
      })
    }

    const watcher =
      !args.watch || asOf !== undefined
        ? undefined
        : watchWorkspace(workspace, {
            onChange(files) {
              // What is said about each reload tells it too.
              callOff()
              const start = performance.now()
              live.refresh()
              served.update(live.current.graph)
              reloaded(
                {
                  files,
                  ms: performance.now() - start,
                  diagnostics: live.current.diagnostics,
                  broken: live.broken?.diagnostics,
                },
                shown,
                io,
              )
            },
            onPolling: (reason) =>
              io.stderr.write(
                `The system has no more file watches to give (${reason}): looking every second instead.\n`,
              ),
          })
    await io.untilStopped()
    callOff()
    watcher?.close()
    await running.close()
    stopRecording?.()
    backends?.close()
    fetched.remove()
    return 0
  },
)

/** The first of what keeps the files from being served, one line each. */
function firstErrors(
  diagnostics: readonly Diagnostic[],
  shown: (path: string) => string,
): readonly string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  // What is missing from a file that cannot be read to its end is missing because of that.
  const unreadable = errors.filter(({ code }) => code === 'TL1001')
  return located((unreadable.length > 0 ? unreadable : errors).slice(0, 3)).map(
    ({ file, range, message }) =>
      `${shown(file)}:${range.start.line}:${range.start.column}: ${message}`,
  )
}

function welcome(
  url: string,
  operations: readonly Operation[],
  apis: readonly { readonly name: string; readonly url: string; readonly operations: number }[],
  passing: readonly string[],
  io: Io,
): string {
  const { bold, cyan, dim } = coloursOf(io.stdout, io.env)
  const several = apis.length > 1 || apis.some((api) => !api.url.startsWith(`${url}/`))
  const lines = [`${bold('Mock')}  ${cyan(url)}  ${dim(many(operations.length, 'operation'))}`]
  if (several)
    lines.push(
      ...apis.map((api) => `  ${cyan(api.url)}  ${dim(many(api.operations, 'operation'))}`),
    )
  lines.push(...passing)
  if (url.startsWith('https:'))
    lines.push(
      dim('The certificate is for this machine: curl -k, or trust it once in your browser.'),
    )
  const tries = worthTrying(operations).map((one) => {
    const base = several ? apis.find(({ name }) => name === one.api)?.url : undefined
    return `  ${curl(base ?? url, one)}`
  })
  if (tries.length > 0) lines.push('', bold('Try'), ...tries)
  return `${lines.join('\n')}\n${dim('Ctrl-C ends it.')}\n`
}

/** A few operations that answer at once: reads without required parameters first, then one that writes. */
function worthTrying(operations: readonly Operation[]): readonly Operation[] {
  const simple = (one: Operation): number =>
    one.parameters().filter((parameter) => parameter.required).length * 10 + one.path.length / 10
  const few = operations.slice(0, 200).filter((one) => one.protocol === 'rest' && !one.deprecated)
  const reads = few.filter((one) => one.method === 'GET').toSorted((a, b) => simple(a) - simple(b))
  const graphql = operations.find((one) => one.protocol === 'graphql' && one.method === 'query')
  return [...reads.slice(0, 3), ...(graphql === undefined ? [] : [graphql])]
}

function curl(base: string, { protocol, method, path }: Operation): string {
  if (protocol === 'graphql')
    return `curl ${base}/graphql -H 'content-type: application/json' -d '{"query":"{ __typename }"}'`
  const address = `${base}${path.replace(/\{[^}]*\}/g, '1')}`
  const plain = /^[\w./:~@-]+$/.test(address) ? address : `'${address.replaceAll("'", '%27')}'`
  return method === 'GET' ? `curl ${plain}` : `curl -X ${method} ${plain}`
}
