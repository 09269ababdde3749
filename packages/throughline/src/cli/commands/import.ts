import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { compile, located } from '@throughline/core'
import type { Files, Graph, LocatedDiagnostic } from '@throughline/core'
import { parseDocument, stringify } from 'yaml'
import { CannotRun } from '../../cannot-run.ts'
import { imported } from '../../targets/mock/import/imported.ts'
import type { Imported } from '../../targets/mock/import/imported.ts'
import { evidenceFormats } from '../../targets/observe/import/evidence-import.ts'
import { importFormats } from '../../targets/mock/import/import-formats.ts'
import { LATENCY_FILE, latencyText } from '../../targets/mock/observed-latency.ts'
import { slug } from '../../targets/mock/import/parts.ts'
import { compiled } from '../../workspace/compiled.ts'
import { manifests, repositoryAround } from '../../workspace/target.ts'
import { workspaceAt } from '../../workspace/workspace.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { command } from '../command.ts'
import { importEvidence } from '../import-evidence.ts'
import { writeFiles } from '../init/write-files.ts'
import { many } from '../output/text.ts'

const LARGEST = 200_000_000

export const importCommand = command(
  {
    name: 'import',
    summary: "Take in another tool's mocks, recordings, examples and evidence",
    operands: 'FILE',
    args: {
      file: { type: 'positional', required: false, description: 'What to take in' },
      format: {
        type: 'enum',
        options: [...new Set([...importFormats, ...evidenceFormats].map((one) => one.name))],
        valueHint: 'FORMAT',
        description: `${importFormats.map((one) => `${one.name}: ${one.summary}`).join('; ')}; as evidence ${evidenceFormats.map((one) => `${one.name}: ${one.summary}`).join('; ')}. Found out where nothing is said`,
      },
      as: {
        type: 'enum',
        options: ['mocks', 'evidence'],
        valueHint: 'WHAT',
        description: 'evidence: what people really did, for `throughline report`. Else mocks',
      },
      environment: { type: 'string', valueHint: 'NAME', description: 'Where the evidence is from' },
      release: { type: 'string', valueHint: 'NAME', description: 'The release the evidence is of' },
      dir: {
        type: 'string',
        valueHint: 'DIR',
        description: 'The workspace to write to (this folder)',
      },
      name: { type: 'string', valueHint: 'NAME', description: 'What the files are called' },
      'dry-run': { type: 'boolean', description: 'Say what would be written, and write nothing' },
    },
    examples: [
      {
        line: 'throughline import shop.mockoon.json',
        does: 'routes, rules and data of a Mockoon environment',
      },
      {
        line: 'throughline import session.har --name slow-friday',
        does: 'a recording as a scenario',
      },
      {
        line: 'throughline import access.log --as evidence --environment production',
        does: 'what a web server, Google Analytics or a survey noted',
      },
      {
        line: 'throughline import shop.postman_collection.json --dir shop --dry-run',
        does: 'what the saved examples would become',
      },
    ],
    notes:
      'What a contract of the workspace describes becomes scenarios; for the rest a contract is drafted. Nothing is ever overwritten. What could not be carried over is said, a line each. Exit status 1: what was written has errors that `throughline check` shows.',
  },
  async (args, io) => {
    const [file, ...others] = args._
    if (file === undefined || others.length > 0)
      throw new CannotRun('TL9003', 'Name one file: `throughline import shop.mockoon.json`.')
    if (args.as === 'evidence')
      return importEvidence(
        {
          file,
          dryRun: args['dry-run'] === true,
          json: args.json === true,
          ...(args.dir !== undefined && { dir: args.dir }),
          ...(args.format !== undefined && { format: args.format }),
          ...(args.environment !== undefined && { environment: args.environment }),
          ...(args.release !== undefined && { release: args.release }),
        },
        io,
      )
    if (args.environment !== undefined || args.release !== undefined)
      throw new CannotRun('TL9003', '`--environment` and `--release` go with `--as evidence`.')
    const value = read(resolve(io.cwd, file), file)
    const format = importFormats.find((one) =>
      args.format === undefined ? one.isThis(value) : one.name === args.format,
    )
    if (format === undefined || !format.isThis(value))
      throw new CannotRun(
        'TL9003',
        `${file} is no file that can be taken in. These are: ${importFormats.map((one) => `${one.name} (${one.summary})`).join('; ')}.`,
      )
    const dir = resolve(io.cwd, args.dir ?? '.')
    if (existsSync(dir) && !statSync(dir).isDirectory())
      throw new CannotRun('TL9004', `${args.dir ?? dir} is a file. Name a folder with --dir.`)
    const workspace = existsSync(dir)
      ? workspaceAt({ root: dir, boundary: repositoryAround(dir) ?? dir })
      : undefined
    const manifest = manifests.find((one) => existsSync(join(dir, one)))
    const graph: Graph =
      workspace !== undefined && manifest !== undefined
        ? compiled(workspace).graph
        : compile({ paths: [], read: (path) => ({ path, unreadable: 'missing' }) }).graph
    const found = format.read(value, graph)
    const name = slug(args.name ?? stem(file), format.name)
    const made = imported(renamed(found, name), graph, name)
    const files = new Map(filesOf(made, found.title, manifest === undefined))
    if (found.took !== undefined && found.took.size > 0 && !existsSync(join(dir, LATENCY_FILE)))
      files.set(LATENCY_FILE, latencyText(found.took))
    if (files.size === 0)
      throw new CannotRun(
        'TL9003',
        `${file} has nothing that can be carried over.${made.lost.length === 0 ? '' : `\n${made.lost.map((one) => `  ${one}`).join('\n')}`}`,
      )
    const problems = problemsIn(files, made, workspace, manifest)
    if (args['dry-run'] !== true) {
      mkdirSync(dir, { recursive: true })
      writeFiles(dir, files)
    }
    const { api, operations, steps, lost } = made
    const next =
      api !== undefined && manifest !== undefined
        ? `Add it to ${manifest}:  apis: { ${api.name}: { contract: ${api.contract} } }`
        : undefined
    if (args.json === true) {
      io.stdout.write(
        `${JSON.stringify(
          {
            version: 1,
            format: format.name,
            written: args['dry-run'] === true ? [] : [...files.keys()],
            ...(args['dry-run'] === true && { wouldWrite: Object.fromEntries(files) }),
            operations,
            steps,
            lost,
            problems: problems.map(({ code, file: path, range, message }) => ({
              code,
              file: path,
              range,
              message,
            })),
            ...(next !== undefined && { next }),
          },
          null,
          2,
        )}\n`,
      )
    } else {
      io.stdout.write(`${args['dry-run'] === true ? 'Would write:' : 'Written:'}\n`)
      for (const path of files.keys()) io.stdout.write(`  ${path}\n`)
      if (operations.length > 0)
        io.stdout.write(
          `${many(operations.length, 'operation')} of your contracts${steps.length === 0 ? '' : `, called by ${steps.join(', ')}`}\n`,
        )
      if (next !== undefined) io.stdout.write(`${next}\n`)
      for (const line of lost) io.stderr.write(`Not carried over: ${line}\n`)
      for (const { file: path, range, message } of problems)
        io.stderr.write(`${path}:${range.start.line}: ${message}\n`)
    }
    return problems.length === 0 ? 0 : 1
  },
)

function read(path: string, shown: string): unknown {
  if (!existsSync(path)) throw new CannotRun('TL9001', `There is no file ${shown}.`)
  const { size } = statSync(path)
  if (size > LARGEST)
    throw new CannotRun(
      'TL9003',
      `${shown} has ${Math.round(size / 1e6)} MB; up to 200 can be taken in.`,
    )
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, '')) as unknown
  } catch (error) {
    throw new CannotRun(
      'TL9003',
      `${shown} is no JSON: ${error instanceof Error ? error.message.split('\n')[0]! : ''}`,
    )
  }
}

function stem(file: string): string {
  return basename(file).replace(/(\.mockoon|\.postman_collection)?\.(json|har)$/i, '')
}

/** The first scenario is called as everything is. */
function renamed<F extends { readonly scenarios: readonly { readonly name: string }[] }>(
  found: F,
  name: string,
): F {
  return {
    ...found,
    scenarios: found.scenarios.map((one, index) => (index === 0 ? { ...one, name } : one)),
  }
}

function filesOf(
  { files, api }: Imported,
  title: string,
  isNew: boolean,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  if (isNew && api !== undefined)
    texts.set(
      'throughline.yaml',
      stringify({ throughline: 1, name: title, apis: { [api.name]: { contract: api.contract } } }),
    )
  for (const [path, value] of files) texts.set(path, stringify(value, { lineWidth: 120 }))
  return texts
}

/** What `check` finds wrong in what is written: the workspace is linked as it will be. */
function problemsIn(
  files: ReadonlyMap<string, string>,
  { api }: Imported,
  workspace: Workspace | undefined,
  manifest: string | undefined,
): readonly LocatedDiagnostic[] {
  const texts = new Map(files)
  if (api !== undefined && manifest !== undefined && workspace !== undefined) {
    const before = workspace.read(manifest)
    if ('text' in before) {
      const document = parseDocument(before.text)
      document.setIn(['apis', api.name], { contract: api.contract })
      texts.set(manifest, document.toString())
    }
  }
  const seen: Files = {
    paths: [...new Set([...(workspace?.paths ?? []), ...texts.keys()])],
    read(path) {
      const text = texts.get(path)
      if (text !== undefined) return { path, text }
      return workspace?.read(path) ?? { path, unreadable: 'missing' }
    },
  }
  const errors = compile(seen).diagnostics.filter((one) => one.severity === 'error')
  return located(errors).filter((one) => files.has(one.file))
}
