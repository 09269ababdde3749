import type { Backends } from '../../targets/mock/proxy/backends.ts'
import { startDev } from '../../server/dev.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'
import { CannotRun } from '../../cannot-run.ts'
import { wholeNumber } from '../arguments.ts'
import { callbacksArg, callbacksFrom } from '../callbacks.ts'
import { certificateFor } from '../certificate.ts'
import { httpsArgs } from '../https.ts'
import { localeArg, localeFrom } from '../locale.ts'
import { dataSet } from '../data-set.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { demoWorkspace, wantsDemo } from '../demo.ts'
import type { Io } from '../io.ts'
import { openInBrowser } from '../open-in-browser.ts'
import { summaryLine } from '../output/text.ts'
import { reloaded } from '../reloaded.ts'
import { recordArgs, recorderTo } from '../record.ts'
import { backendLines, backendsFrom, proxyArgs } from '../proxy.ts'
import { pathsFor } from '../shown-path.ts'
import { summaryOf } from '../summary.ts'
import { trimArgs, trimFrom } from '../trim.ts'

export const dev = command(
  {
    name: 'dev',
    summary: 'Studio, mock and app over one workspace, following your files',
    operands: '[DIR|FILES...]',
    args: {
      files: {
        type: 'positional',
        required: false,
        description: 'A workspace folder, or contract files',
      },
      port: {
        type: 'string',
        alias: 'p',
        valueHint: 'PORT',
        default: '4400',
        description: "The studio's port; 0 takes free ones for all",
      },
      'mock-port': {
        type: 'string',
        valueHint: 'PORT',
        description: "The mock's port (the studio's + 1)",
      },
      'app-port': {
        type: 'string',
        valueHint: 'PORT',
        description: "The app's port (the studio's + 2)",
      },
      seed: { type: 'string', valueHint: 'TEXT', description: 'Other generated data' },
      dataset: {
        type: 'string',
        valueHint: 'NAME|FILE',
        description: 'typical, minimal, empty, one, many, extreme, or a file: data/busy-shop.yaml',
      },
      scenario: {
        type: 'string',
        valueHint: 'NAME',
        description: 'Play this from the start: checkout/basket/timeout',
      },
      ...proxyArgs,
      ...trimArgs,
      ...localeArg,
      ...callbacksArg,
      ...httpsArgs,
      ...recordArgs,
      'read-only': { type: 'boolean', description: 'Nothing can be edited in the studio' },
      commit: {
        type: 'boolean',
        description: 'Commit what people decide in the studio, in their name',
      },
      demo: {
        type: 'boolean',
        description: 'The example shop, copied to DIR (or a temporary folder), to look around in',
      },
      open: { type: 'boolean', description: 'Open the studio in the browser' },
    },
    examples: [
      { line: 'throughline dev', does: 'the workspace around this folder' },
      { line: 'throughline dev examples/storefront --open', does: 'the example, in the browser' },
      { line: 'throughline dev openapi.yaml --port 0', does: 'one contract, on free ports' },
      { line: 'throughline dev --demo --open', does: 'a copy of the example shop' },
    ],
    notes: 'Everything binds to this machine only. Ctrl-C ends it.',
  },
  async (args, io) => {
    const studio = wholeNumber(args.port, '--port', 0, 65_533)
    const beside = (given: string | undefined, option: string, distance: number): number =>
      given === undefined
        ? studio === 0
          ? 0
          : studio + distance
        : wholeNumber(given, option, 0, 65_535)
    const ports = {
      studio,
      mock: beside(args['mock-port'], '--mock-port', 1),
      app: beside(args['app-port'], '--app-port', 2),
    }
    const workspace = await workspaceFor(args._, args.demo === true, io)
    const paths = pathsFor(workspace, io.cwd)
    let backends: Backends | undefined
    const record = args.record === undefined ? undefined : recorderTo(args.record, io, workspace)
    const locale = await localeFrom(args.locale)
    const tls = await certificateFor(args, io.cwd, io.env)
    const running = await startDev({
      callbacks: callbacksFrom(args.callbacks),
      ...(tls !== undefined && { tls }),
      ...(record !== undefined && { onMock: record }),
      mocking(graph) {
        backends = backendsFrom(args, graph, io)
        const trim = trimFrom(args, graph, io)
        return {
          ...(locale !== undefined && { locale }),
          ...(backends !== undefined && { backends }),
          ...(trim !== undefined && { trim }),
        }
      },
      workspace,
      env: io.env,
      ports,
      ...(args.seed !== undefined && { seed: args.seed }),
      ...(args.dataset !== undefined && { dataset: dataSet(args.dataset, workspace) }),
      onNotice: (line) => io.stderr.write(`${line}\n`),
      ...(args.scenario !== undefined && { scenario: args.scenario }),
      ...(args['read-only'] === true && { readOnly: true }),
      ...(args.commit === true && { commit: true }),
      onChange: (change) => reloaded(change, paths.fromHere, io),
    })
    const { graph, diagnostics } = running.live.current
    const { studioUrl, mockUrl, appUrl } = running
    if (args.json === true) {
      io.stdout.write(
        `${JSON.stringify({ version: 1, studio: studioUrl, mock: mockUrl, app: appUrl ?? null, summary: summaryOf(graph, diagnostics) })}\n`,
      )
    } else {
      const { bold, cyan, dim } = coloursOf(io.stdout, io.env)
      io.stdout.write(
        [
          `${bold('Studio')}  ${cyan(studioUrl)}`,
          `${bold('Mock')}    ${cyan(mockUrl)}`,
          ...(backends === undefined ? [] : backendLines(backends, graph, io)),
          ...(appUrl === undefined ? [] : [`${bold('App')}     ${cyan(appUrl)}`]),
          '',
          summaryLine(summaryOf(graph, diagnostics), coloursOf(io.stdout, io.env)),
          dim('Following your files; Ctrl-C ends.'),
          '',
        ].join('\n'),
      )
    }
    if (args.open === true) openInBrowser(studioUrl, io)
    await io.untilStopped()
    await running.close()
    backends?.close()
    return 0
  },
)

/** What is meant, or a copy of the example: when asked for, or when nothing is here and somebody says yes. */
async function workspaceFor(
  operands: readonly string[],
  demo: boolean,
  io: Io,
): Promise<Workspace> {
  const example = (folder?: string): Workspace => {
    const root = demoWorkspace(folder, io.cwd)
    io.stderr.write(`The example shop is copied to ${root}. Change anything in it.\n`)
    return openWorkspace([root], io.cwd)
  }
  if (demo) {
    if (operands.length > 1)
      throw new CannotRun('TL9003', '--demo takes one folder: throughline dev --demo example-shop')
    return example(operands[0])
  }
  try {
    return openWorkspace(operands, io.cwd)
  } catch (error) {
    if (!(error instanceof CannotRun) || error.code !== 'TL9001' || operands.length > 0) throw error
    if (io.terminal !== undefined && (await wantsDemo(io.terminal))) return example()
    throw new CannotRun(
      'TL9001',
      `${error.message} To look around in an example first: throughline dev --demo`,
    )
  }
}
