import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { CannotRun } from '../../cannot-run.ts'
import { exportFormats } from '../export-formats.ts'
import { nearestScenarios, scenarioNamed } from '../../targets/mock/scenario.ts'
import { compiled } from '../../workspace/compiled.ts'
import { openWorkspace } from '../../workspace/workspace.ts'
import { command } from '../command.ts'
import { dataSet } from '../data-set.ts'

export const exportCommand = command(
  {
    name: 'export',
    summary: 'Write the mock, or the requests of tests, down for another tool',
    operands: '[DIR|FILES...]',
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
        description: exportFormats.map((one) => `${one.name}: ${one.summary}`).join('; '),
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
        line: 'throughline export --format storybook -o src/throughline.stories.ts',
        does: 'a story for each state',
      },
    ],
    notes:
      'What cannot be told to the other tool is said on stderr, a line each. A file that is there is overwritten.',
  },
  async (args, io) => {
    const workspace = openWorkspace(args._, io.cwd)
    const { graph } = compiled(workspace)
    const format = exportFormats.find((one) => one.name === args.format)!
    const { scenario } = args
    if (scenario !== undefined && scenarioNamed(graph, scenario) === undefined) {
      const [near] = nearestScenarios(graph, scenario)
      throw new CannotRun(
        'TL9003',
        `There is no scenario \`${scenario}\`.${near === undefined ? '' : ` Did you mean \`${near}\`?`} Names are those of scenario files, or look like checkout/basket/timeout.`,
      )
    }
    const { text, leftOut } = format.write(graph, {
      readFile: (path) => workspace.bytes(path),
      ...(scenario !== undefined && { scenario }),
      ...(args.seed !== undefined && { seed: args.seed }),
      ...(args.dataset !== undefined && { dataset: dataSet(args.dataset, workspace) }),
    })
    if (args.output !== undefined) writeFileSync(resolve(io.cwd, args.output), text)
    if (args.json === true) {
      const where =
        args.output === undefined ? { text } : { file: args.output, bytes: Buffer.byteLength(text) }
      io.stdout.write(
        `${JSON.stringify({ version: 1, format: format.name, scenario: scenario ?? null, ...where, leftOut })}\n`,
      )
      return 0
    }
    if (args.output === undefined) io.stdout.write(text)
    else io.stderr.write(`Wrote ${args.output}\n`)
    for (const line of leftOut) io.stderr.write(`Left out: ${line}\n`)
    return 0
  },
)
