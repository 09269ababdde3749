import { contractAudiences, located, overlayIn, type Overlay } from '@throughline/core'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CannotRun } from '../../cannot-run.ts'
import { exportFormats, type ExportFormat } from '../export-formats.ts'
import { noSuchScenario, scenarioNamed } from '../../targets/mock/scenario.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace, type Workspace } from '../../workspace/workspace.ts'
import { command } from '../command.ts'
import { dataSet } from '../data-set.ts'
import { listIn } from '../list-in.ts'
import { writeOutput } from '../write-output.ts'

export const exportCommand = command(
  {
    name: 'export',
    summary: 'Write contracts, types, mocks, tests and blueprints down for other tools',
    operands: '[FORMAT] [DIR|FILES...]',
    args: {
      files: {
        type: 'positional',
        required: false,
        description: 'Contract files, or a workspace folder',
      },
      format: {
        type: 'enum',
        options: exportFormats.map((one) => one.name),
        valueHint: 'FORMAT',
        default: 'msw',
        description:
          'What is written; it may also stand first, without --format. The table below says what each is',
      },
      scenario: {
        type: 'string',
        valueHint: 'NAME',
        description: 'As it answers while this is played: declined-card, checkout/basket/timeout',
      },
      dataset: {
        type: 'string',
        valueHint: 'NAME|FILE',
        description: 'What it is filled with: many, extreme, data/busy-shop.yaml',
      },
      api: {
        type: 'string',
        valueHint: 'NAME',
        description: 'Of which API, where there are several',
      },
      audience: {
        type: 'enum',
        options: [...contractAudiences],
        valueHint: 'WHO',
        description:
          'openapi: without what these may not see (x-internal, x-audience, classes of the policy)',
      },
      overlay: {
        type: 'string',
        valueHint: 'FILE,...',
        description: 'openapi: OpenAPI Overlays that are applied, with commas between them',
      },
      'journeys-only': { type: 'boolean', description: 'openapi: only what a journey calls' },
      journey: { type: 'string', valueHint: 'NAME', description: 'blueprints: only this journey' },
      all: { type: 'boolean', description: 'typescript: also what no journey needs' },
      seed: { type: 'string', valueHint: 'TEXT', description: 'Other generated data' },
      output: {
        type: 'string',
        alias: 'o',
        valueHint: 'FILE',
        description: 'Where to write it; on stdout where nothing is said',
      },
    },
    examples: [
      { line: 'throughline export --format msw -o src/mocks/handlers.ts', does: 'a good day' },
      {
        line: 'throughline export --scenario checkout/basket/503 -o handlers.ts',
        does: 'while a state is played',
      },
      {
        line: 'throughline export openapi --api store --audience public -o public.yaml',
        does: 'the contract that is handed out',
      },
      {
        line: 'throughline export --format storybook -o src/throughline.stories.ts',
        does: 'a story for each state',
      },
      {
        line: 'throughline export codeowners -o .github/CODEOWNERS',
        does: 'who is asked to review a contract or journey',
      },
    ],
    table: {
      title: 'Formats',
      rows: exportFormats.map(({ name, summary, fileName }) => [name, `${summary} (${fileName})`]),
    },
    notes:
      'What cannot be told to the other tool is said on stderr, a line each. A file that is there is overwritten; of CODEOWNERS and catalog-info.yaml only what Throughline wrote there.',
  },
  async (args, io) => {
    const [first, ...others] = args._
    const named = exportFormats.find((one) => one.name === first)
    const isNamed = named !== undefined && !existsSync(resolve(io.cwd, named.name))
    const workspace = openWorkspace(isNamed ? others : args._, io.cwd)
    const { graph } = compiled(workspace)
    const format = isNamed ? named : exportFormats.find((one) => one.name === args.format)!
    const { scenario } = args
    if (scenario !== undefined && scenarioNamed(graph, scenario) === undefined) {
      throw new CannotRun('TL9003', noSuchScenario(graph, scenario))
    }
    const existing = existingText(format, workspace, args.output, io.cwd)
    const {
      text,
      leftOut,
      notes = [],
    } = format.write(graph, {
      ...(existing !== undefined && { existing }),
      ...(workspace.place !== undefined && { place: workspace.place }),
      readFile: (path) => workspace.bytes(path),
      ...(scenario !== undefined && { scenario }),
      ...(args.seed !== undefined && { seed: args.seed }),
      ...(args.api !== undefined && { api: args.api }),
      ...(args.audience !== undefined && { audience: args.audience }),
      ...(args.overlay !== undefined && { overlays: overlaysIn(args.overlay, io.cwd) }),
      ...(args['journeys-only'] === true && { journeysOnly: true }),
      ...(args.journey !== undefined && { journey: args.journey }),
      ...(args.all === true && { all: true }),
      ...(args.output !== undefined && { fileName: args.output }),
      ...(args.dataset !== undefined && { dataset: dataSet(args.dataset, workspace) }),
    })
    if (args.output !== undefined && text !== existing) writeOutput(io.cwd, args.output, text)
    if (args.json === true) {
      const where =
        args.output === undefined ? { text } : { file: args.output, bytes: Buffer.byteLength(text) }
      io.stdout.write(
        `${JSON.stringify({ version: 1, format: format.name, scenario: scenario ?? null, ...where, notes, leftOut })}\n`,
      )
      return 0
    }
    if (args.output === undefined) io.stdout.write(text)
    else
      io.stderr.write(
        text === existing ? `${args.output} says so already\n` : `Wrote ${args.output}\n`,
      )
    for (const line of notes) io.stderr.write(`${line}\n`)
    for (const line of leftOut) io.stderr.write(`Left out: ${line}\n`)
    return 0
  },
)

function overlaysIn(names: string, cwd: string): readonly (Overlay & { readonly file: string })[] {
  return listIn(names).map((file) => {
    let text: string
    try {
      text = readFileSync(resolve(cwd, file), 'utf8')
    } catch {
      throw new CannotRun('TL9003', `The overlay ${file} cannot be read. Is the path right?`)
    }
    const { overlay, diagnostics } = overlayIn({ path: file, text })
    const [problem] = located(diagnostics)
    if (overlay === undefined || problem?.severity === 'error')
      throw new CannotRun(
        'TL9003',
        `${file}${problem === undefined ? '' : `:${problem.range.start.line}`} is no overlay: ${problem?.message ?? 'it is empty'}`,
      )
    return { ...overlay, file }
  })
}

/** The file that a format keeps the rest of: the one that is written, else where such a file lies. */
function existingText(
  { updates }: ExportFormat,
  workspace: Workspace,
  output: string | undefined,
  cwd: string,
): string | undefined {
  if (updates === undefined) return undefined
  if (output !== undefined) {
    try {
      return readFileSync(resolve(cwd, output), 'utf8')
    } catch {
      return undefined
    }
  }
  const depth = workspace.place === '' ? 0 : (workspace.place?.split('/').length ?? 0)
  const top = updates.from === 'repository' ? '../'.repeat(depth) : ''
  for (const path of updates.paths) {
    const file = workspace.read(top + path)
    if ('text' in file) return file.text
  }
  return undefined
}
