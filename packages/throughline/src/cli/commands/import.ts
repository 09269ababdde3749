import { existsSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { compile, located, lossBook, lossLines } from '@throughline/core'
import type { Files, Graph, LocatedDiagnostic, LossBook } from '@throughline/core'
import { parseDocument, stringify } from 'yaml'
import { CannotRun } from '../../cannot-run.ts'
import { imported } from '../../targets/mock/import/imported.ts'
import type { Imported } from '../../targets/mock/import/imported.ts'
import { evidenceFormats } from '../../targets/observe/import/evidence-import.ts'
import { importFormats } from '../../targets/mock/import/import-formats.ts'
import { LATENCY_FILE, latencyText } from '../../targets/mock/observed-latency.ts'
import { isContract } from '../../targets/mock/import/contract-extensions.ts'
import { isStorybook } from '../../targets/mock/import/storybook.ts'
import type { Pivot } from '../../targets/mock/import/pivot.ts'
import { slug } from '../../targets/mock/import/parts.ts'
import { plainValues, withoutSecrets } from '../../targets/mock/import/without-secrets.ts'
import { compiled } from '../../workspace/compiled.ts'
import { manifests, repositoryAround } from '../../workspace/target.ts'
import { workspaceAt } from '../../workspace/workspace.ts'
import type { Workspace } from '../../workspace/workspace.ts'
import { command } from '../command.ts'
import { importArazzo, isArazzo } from '../import-arazzo.ts'
import { importContract } from '../import-contract.ts'
import { importEvidence } from '../import-evidence.ts'
import { importStorybook } from '../import-storybook.ts'
import { importSource } from '../import-source.ts'
import { writeFiles } from '../init/write-files.ts'
import { many } from '../output/text.ts'
import { makeFolder } from '../../workspace/make-folder.ts'

/** What becomes part of journeys. */
const journeyFormats = [
  { name: 'arazzo', summary: 'workflows (Arazzo 1.0, 1.1) as journeys' },
  { name: 'storybook', summary: 'index.json of a Storybook: stories as the design of states' },
  { name: 'openapi', summary: 'what the extensions of a contract say' },
] as const

export const importCommand = command(
  {
    name: 'import',
    summary: "Take in another tool's mocks, requests, recordings, examples and evidence",
    operands: 'FILE',
    args: {
      file: { type: 'positional', required: false, description: 'What to take in' },
      format: {
        type: 'enum',
        options: [
          ...new Set(
            [...importFormats, ...journeyFormats, ...evidenceFormats].map((one) => one.name),
          ),
        ],
        valueHint: 'FORMAT',
        description: `${[...importFormats, ...journeyFormats].map((one) => `${one.name}: ${one.summary}`).join('; ')}; as evidence ${evidenceFormats.map((one) => `${one.name}: ${one.summary}`).join('; ')}. Found out where nothing is said`,
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
      at: {
        type: 'string',
        valueHint: 'URL',
        description: 'Where the Storybook is served (http://localhost:6006)',
      },
      apply: {
        type: 'boolean',
        description: 'Write the designs that a Storybook proposes into the journeys',
      },
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
        line: 'throughline import insomnia.yaml',
        does: 'requests of Insomnia, Bruno or OpenCollection, to send with `throughline test`',
      },
      {
        line: 'throughline import storybook-static/index.json --at https://storybook.example --apply',
        does: 'stories as the design of the states they show',
      },
      {
        line: 'throughline import shop.postman_collection.json --dir shop --dry-run',
        does: 'what the saved examples would become',
      },
    ],
    notes:
      'What a contract of the workspace describes becomes scenarios; for the rest a contract is drafted. Nothing is ever overwritten. What was changed or dropped is said, a line each; secrets are never copied. Exit status 1: what was written has errors that `throughline check` shows.',
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
    const value = importSource(resolve(io.cwd, file), file)
    const dir = resolve(io.cwd, args.dir ?? '.')
    if (existsSync(dir) && !statSync(dir).isDirectory())
      throw new CannotRun('TL9004', `${args.dir ?? dir} is a file. Name a folder with --dir.`)
    const given = { file, value, dir, dryRun: args['dry-run'] === true, json: args.json === true }
    if (args.format === 'arazzo' || (args.format === undefined && isArazzo(value)))
      return importArazzo(given, io)
    if (args.format === 'storybook' || (args.format === undefined && isStorybook(value))) {
      if (!isStorybook(value))
        throw new CannotRun(
          'TL9003',
          `${file} is no index.json of a Storybook (version 3, 4 or 5).`,
        )
      return importStorybook(
        { ...given, at: args.at ?? 'http://localhost:6006', apply: args.apply === true },
        io,
      )
    }
    if (args.at !== undefined || args.apply === true)
      throw new CannotRun('TL9003', '`--at` and `--apply` go with the index.json of a Storybook.')
    if (args.format === 'openapi' || (args.format === undefined && isContract(value))) {
      if (!isContract(value)) throw new CannotRun('TL9003', `${file} is no OpenAPI description.`)
      const name = slug(args.name ?? stem(file), 'api')
      return importContract(given, resolve(io.cwd, file), name, io)
    }
    const format = importFormats.find((one) =>
      args.format === undefined ? one.isThis(value) : one.name === args.format,
    )
    if (format === undefined || !format.isThis(value))
      throw new CannotRun(
        'TL9003',
        `${file} is no file that can be taken in. These are: ${[...importFormats, ...journeyFormats].map((one) => `${one.name} (${one.summary})`).join('; ')}.`,
      )
    const workspace = existsSync(dir)
      ? workspaceAt({ root: dir, boundary: repositoryAround(dir) ?? dir })
      : undefined
    const manifest = manifests.find((one) => existsSync(join(dir, one)))
    const graph: Graph =
      workspace !== undefined && manifest !== undefined
        ? compiled(workspace).graph
        : compile({ paths: [], read: (path) => ({ path, unreadable: 'missing' }) }).graph
    const book = lossBook()
    const pivot = format.pivot?.(value, book)
    const collection =
      pivot?.collection ??
      (format.name === 'postman' && value !== null && typeof value === 'object' ? value : undefined)
    const clean = collection && withoutSecrets(collection, book, environmentsOf(pivot))
    const name = slug(args.name ?? stem(file), format.name)
    const own = pivot?.contract === undefined ? undefined : contractOf(pivot.contract, name, graph)
    if (pivot?.contract !== undefined && own === undefined)
      book.note('dropped', 'the contract that it brings along', 'it describes no operation')
    const found = format.read(clean ?? value, own?.graph ?? graph)
    const made = imported(renamed(found, name), own?.graph ?? graph, name)
    for (const line of made.changed) noted(book, 'changed', line)
    for (const line of made.lost)
      if (pivot !== undefined && line.endsWith(': scripts'))
        noted(book, 'changed', `${line} stay in the collection: \`--engine newman\` runs them`)
      else noted(book, 'dropped', line)
    for (const { method, path, summary } of found.seen)
      book.note('taken', summary ?? `${method} ${path}`, `${method} ${path}`)
    const apis = [...(own === undefined ? [] : [own.api]), ...(made.api ? [made.api] : [])]
    const files = new Map(filesOf(made, apis, found.title, manifest === undefined))
    if (own !== undefined) files.set(own.api.contract, pivot?.contract ?? '')
    if (found.took !== undefined && found.took.size > 0 && !existsSync(join(dir, LATENCY_FILE)))
      files.set(LATENCY_FILE, latencyText(found.took))
    const runs =
      pivot !== undefined && clean !== undefined && found.seen.length > 0
        ? `collections/${name}.postman_collection.json`
        : undefined
    if (runs !== undefined) {
      files.set(runs, `${JSON.stringify(clean, null, 2)}\n`)
      for (const [path, text] of environmentFiles(pivot, name, book)) files.set(path, text)
    }
    const loss = book.report()
    if (files.size === 0)
      throw new CannotRun(
        'TL9003',
        `${file} has nothing that can be carried over.${lossLines(loss)
          .map((one) => `\n  ${one}`)
          .join('')}`,
      )
    const problems = problemsIn(files, apis, workspace, manifest)
    if (args['dry-run'] !== true) {
      makeFolder(dir)
      writeFiles(dir, files)
    }
    const { operations, steps, lost } = made
    const next =
      apis.length > 0 && manifest !== undefined
        ? `Add it to ${manifest}:  apis: { ${apis.map((api) => `${api.name}: { contract: ${api.contract} }`).join(', ')} }`
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
            loss,
            lost,
            ...(runs !== undefined && { collection: runs }),
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
      if (runs !== undefined)
        io.stdout.write(`Send it: throughline test --collection ${runs} --target URL\n`)
      io.stdout.write(
        `Taken: ${loss.taken.length}, changed: ${loss.changed.length}, dropped: ${loss.dropped.length}\n`,
      )
      for (const line of lossLines(loss)) io.stderr.write(`${line}\n`)
      for (const { file: path, range, message } of problems)
        io.stderr.write(`${path}:${range.start.line}: ${message}\n`)
    }
    return problems.length === 0 ? 0 : 1
  },
)

function stem(file: string): string {
  return basename(file).replace(/(\.mockoon|\.postman_collection)?\.(json|har|ya?ml|bru)$/i, '')
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

interface Api {
  readonly name: string
  readonly contract: string
}

/** A contract that a file brings along, beside those of the workspace; nothing where it describes no operation. */
function contractOf(
  text: string,
  name: string,
  graph: Graph,
): { readonly api: Api; readonly graph: Graph } | undefined {
  const taken = new Set(graph.apis.map((one) => one.name))
  let unique = name
  for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`
  const api = { name: unique, contract: `apis/${unique}.openapi.yaml` }
  const texts = new Map([
    [
      'throughline.yaml',
      stringify({ throughline: 1, name, apis: { [unique]: { contract: api.contract } } }),
    ],
    [api.contract, text],
  ])
  const seen = compile({
    paths: [...texts.keys()],
    read: (path) => {
      const one = texts.get(path)
      return one === undefined ? { path, unreadable: 'missing' } : { path, text: one }
    },
  }).graph
  return seen.apis.some((one) => (one.contract?.operations.length ?? 0) > 0)
    ? { api, graph: seen }
    : undefined
}

/** In the shape in which secrets are found. */
function environmentsOf(pivot: Pivot | undefined): object {
  return (pivot?.environments ?? []).map(({ values }) => ({ variable: values }))
}

function environmentFiles(
  pivot: Pivot | undefined,
  name: string,
  book: LossBook,
): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const one of pivot?.environments ?? []) {
    const values = plainValues(one, book)
    if (Object.keys(values).length === 0) continue
    const base = `collections/${name}.${slug(one.name, 'environment')}`
    let path = `${base}.json`
    for (let number = 2; files.has(path); number++) path = `${base}-${number}.json`
    files.set(path, `${JSON.stringify(values, null, 2)}\n`)
    book.note('taken', `the environment ${one.name}`, path)
  }
  return files
}

/** `Pay: its script` -> Pay, its script. */
function noted(book: LossBook, kind: 'changed' | 'dropped', line: string): void {
  const at = line.lastIndexOf(': ')
  book.note(kind, at < 0 ? line : line.slice(0, at), at < 0 ? '' : line.slice(at + 2))
}

function filesOf(
  { files }: Imported,
  apis: readonly Api[],
  title: string,
  isNew: boolean,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  if (isNew && apis.length > 0)
    texts.set(
      'throughline.yaml',
      stringify({
        throughline: 1,
        name: title,
        apis: Object.fromEntries(apis.map((api) => [api.name, { contract: api.contract }])),
      }),
    )
  for (const [path, value] of files) texts.set(path, stringify(value, { lineWidth: 120 }))
  return texts
}

/** What `check` finds wrong in what is written: the workspace is linked as it will be. */
function problemsIn(
  files: ReadonlyMap<string, string>,
  apis: readonly Api[],
  workspace: Workspace | undefined,
  manifest: string | undefined,
): readonly LocatedDiagnostic[] {
  const texts = new Map(files)
  if (apis.length > 0 && manifest !== undefined && workspace !== undefined) {
    const before = workspace.read(manifest)
    if ('text' in before) {
      const document = parseDocument(before.text)
      for (const api of apis) document.setIn(['apis', api.name], { contract: api.contract })
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
