import { copyFileSync, existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import {
  closest,
  compile,
  type Files,
  type Graph,
  type SourceFile,
  type Unreadable,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { isInside, readSource } from '../../workspace/read-source.ts'
import { contractsIn, repositoryAround } from '../../workspace/target.ts'
import { workspaceAt, type Workspace } from '../../workspace/workspace.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import type { Io } from '../io.ts'
import { draftWorkspace, workspaceName, type InitChoices } from '../init/draft-workspace.ts'
import { initFrom } from '../init/init-from.ts'
import { groupsOf, type Group } from '../init/groups.ts'
import { apiName } from '../init/names.ts'
import { ask } from '../init/questions.ts'
import { ignoreInGit, writeFiles } from '../init/write-files.ts'
import { many } from '../output/text.ts'
import { makeFolder } from '../../workspace/make-folder.ts'

/** So many journeys are a start; a hundred would be a chore. */
const fewGroups = 3

export const init = command(
  {
    name: 'init',
    summary: 'Write a workspace from a contract: first journeys, a persona, a policy',
    operands: '[CONTRACT...]',
    args: {
      contracts: { type: 'positional', required: false, description: 'OpenAPI or GraphQL files' },
      dir: { type: 'string', valueHint: 'DIR', description: 'Where to write it (this folder)' },
      name: {
        type: 'string',
        valueHint: 'NAME',
        description: "The app's name (the contract's title)",
      },
      tags: {
        type: 'string',
        valueHint: 'TAGS',
        description: `Draft journeys for these tags, separated by commas, or \`all\` (the ${fewGroups} biggest)`,
      },
      persona: { type: 'string', valueHint: 'NAME', description: 'Whom it is for (Visitor)' },
      yes: { type: 'boolean', alias: 'y', description: 'Ask nothing' },
      'from-har': {
        type: 'string',
        valueHint: 'FILE',
        description: 'From a recording of a browser',
      },
      'from-postman': {
        type: 'string',
        valueHint: 'FILE',
        description: 'From a Postman collection',
      },
      'from-traffic': {
        type: 'string',
        valueHint: 'FILE',
        description: 'From an access log (combined, W3C extended)',
      },
    },
    examples: [
      { line: 'throughline init openapi.yaml', does: 'asks on a terminal, and writes here' },
      { line: 'throughline init api.yaml reviews.graphql --yes', does: 'two APIs, no questions' },
      {
        line: 'throughline init openapi.yaml --tags orders,basket --dir shop',
        does: 'chosen tags, into a folder',
      },
      {
        line: 'throughline init --from-har session.har',
        does: 'contract and journeys of a recording',
      },
      {
        line: 'throughline init --from-traffic access.log',
        does: 'from what a web server wrote down',
      },
    ],
    notes:
      'Nothing is ever overwritten. With `--from-…`, what is personal is masked before it is written. What is written is a draft that passes `throughline check`; it is yours to edit.',
  },
  async (args, io) => {
    const dir = folderFor(resolve(io.cwd, args.dir ?? '.'))
    const sources = (['har', 'postman', 'traffic'] as const).flatMap((kind) => {
      const file = args[`from-${kind}`]
      return file === undefined ? [] : [{ kind, file }]
    })
    const [source] = sources
    if (source !== undefined) {
      if (sources.length > 1 || args._.length > 0)
        throw new CannotRun(
          'TL9003',
          'Name one thing to start from: a contract, or one `--from-…`.',
        )
      return initFrom(
        {
          ...source,
          dir: dir.shown,
          name: args.name,
          persona: args.persona,
          isJson: args.json === true,
          mostJourneys: fewGroups,
        },
        io,
      )
    }
    const given = args._.length > 0 ? args._ : contractsAround(io)
    const copies = new Map<string, string>()
    const files = workspaceAt({ root: dir.real, boundary: dir.boundary })
    const contracts = given.map((path) => contractIn(dir, resolve(io.cwd, path), path, copies))
    const seen = seenThrough(files, copies)
    const apis = named(seen, contracts)
    const graph = compile(withManifest(seen, apis)).graph
    refuseEmpty(graph, given)

    const groups = groupsOf(graph)
    const asked = args.tags === undefined ? undefined : tagged(groups, args.tags)
    const guesses = {
      name: workspaceName(graph, dir.shown),
      groups,
      chosen: asked ?? groups.slice(0, fewGroups),
      persona: 'Visitor',
    }
    const flags = {
      ...(args.name !== undefined && { name: args.name }),
      ...(asked !== undefined && { groups: asked }),
      ...(args.persona !== undefined && { persona: args.persona }),
    }
    const questions =
      io.terminal !== undefined && args.yes !== true && args.json !== true ? io.terminal : undefined
    const answers =
      questions === undefined
        ? { name: guesses.name, groups: guesses.chosen, persona: guesses.persona, ...flags }
        : await ask(questions, guesses, flags)
    if (answers === undefined) return 130

    const choices: InitChoices = { ...answers, apis, schemaFor: schemasFrom(dir.real) }
    const draft = draftWorkspace(graph, choices, seen)
    if (args._.length === 0) io.stderr.write(`From ${given.join(', ')}.\n`)
    makeFolder(dir.shown)
    writeFiles(dir.shown, draft.files)
    for (const [to, from] of copies) {
      makeFolder(dirname(join(dir.shown, to)))
      copyFileSync(from, join(dir.shown, to))
    }
    const ignored = ignoreInGit(dir.shown, '.throughline/')
    const written = [...draft.files.keys(), ...copies.keys(), ...(ignored ? ['.gitignore'] : [])]
    io.stdout.write(
      args.json === true
        ? asJson(written, draft.journeys.length)
        : asText(written, relative(io.cwd, dir.shown), groups.length, choices, io),
    )
    if (draft.problems.length > 0) {
      io.stderr.write(
        `${many(draft.problems.length, 'error')} to mend in the contract: \`throughline check\` shows them.
`,
      )
    }
    return 0
  },
)

interface Folder {
  /** Absolute, as somebody named it; may not exist yet. */
  readonly shown: string
  /** The same with links resolved, as far as it exists. */
  readonly real: string
  readonly boundary: string
}

function folderFor(shown: string): Folder {
  if (existsSync(shown) && !statSync(shown).isDirectory())
    throw new CannotRun('TL9004', `${shown} is a file. Name a folder with --dir.`)
  let existing = shown
  while (!existsSync(existing)) existing = dirname(existing)
  const real = join(realpathSync.native(existing), relative(existing, shown))
  return { shown, real, boundary: repositoryAround(real) ?? real }
}

/** Without a contract on the command line: the only one there is, or advice. */
function contractsAround(io: Io): readonly string[] {
  const found = contractsIn(io.cwd)
  if (found.length === 1) return found
  const examples = found.slice(0, 5).map((path) => `  throughline init ${path}`)
  throw new CannotRun(
    'TL9003',
    found.length === 0
      ? 'Name a contract: `throughline init openapi.yaml`. No OpenAPI or GraphQL file was found here. Without one, start from a recording (`throughline init --from-har session.har`), or from the running app (`throughline discover http://localhost:3000`).'
      : `Name the contracts to start from. Found here:\n${examples.join('\n')}`,
  )
}

/** A contract as `throughline.yaml` will name it. One from elsewhere is copied, because a workspace reads nothing outside its repository. */
function contractIn(
  dir: Folder,
  absolute: string,
  asWritten: string,
  copies: Map<string, string>,
): string {
  if (/^https?:\/\//i.test(asWritten)) {
    throw new CannotRun(
      'TL9003',
      `${asWritten} is an address; contracts are read from files. Download it first: curl -o openapi.json ${asWritten}`,
    )
  }
  if (!existsSync(absolute)) throw new CannotRun('TL9001', `There is no file ${asWritten}.`)
  if (!statSync(absolute).isFile())
    throw new CannotRun(
      'TL9001',
      `${asWritten} is no file. Name a contract: \`throughline init openapi.yaml\`.`,
    )
  const real = join(realpathSync.native(dirname(absolute)), basename(absolute))
  if (isInside(real, dir.boundary) && isInside(realpathSync.native(absolute), dir.boundary))
    return relative(dir.real, real).split(sep).join('/')
  const path = `apis/${basename(absolute)}`
  if (copies.has(path))
    throw new CannotRun(
      'TL9003',
      `Two contracts are called ${basename(absolute)}: rename one of them.`,
    )
  if (existsSync(join(dir.shown, path)))
    throw new CannotRun('TL9004', `Nothing was written, because ${path} is there already.`)
  copies.set(path, realpathSync.native(absolute))
  return path
}

/** The folder as it will be when outside contracts have been copied into it. */
function seenThrough(files: Workspace, copies: ReadonlyMap<string, string>): Files {
  const outside = new Map<string, SourceFile | Unreadable>()
  return {
    paths: files.paths,
    read(path) {
      const from = copies.get(path)
      if (from === undefined) return files.read(path)
      const known = outside.get(path) ?? readSource(path, from, dirname(from)).file
      outside.set(path, known)
      return known
    },
  }
}

function named(files: Files, contracts: readonly string[]): InitChoices['apis'] {
  const titles = compile(files, { contracts }).graph.apis.map(({ contract }) => contract?.title)
  const taken = new Set<string>()
  return contracts.map((contract, index) => {
    const id = apiName(contract, titles[index], taken)
    taken.add(id)
    return { id, contract }
  })
}

/** The contracts under the names that they will have. */
function withManifest(files: Files, apis: InitChoices['apis']): Files {
  const text = JSON.stringify({
    throughline: 1,
    name: 'draft',
    apis: Object.fromEntries(apis.map(({ id, contract }) => [id, { contract }])),
  })
  const manifest = { path: 'throughline.yaml', text }
  return {
    paths: [manifest.path],
    read: (path) => (path === manifest.path ? manifest : files.read(path)),
  }
}

function refuseEmpty(graph: Graph, given: readonly string[]): void {
  const operations = graph.apis.reduce(
    (sum, { contract }) => sum + (contract?.operations.length ?? 0),
    0,
  )
  if (operations > 0) return
  throw new CannotRun(
    'TL9003',
    `${given.join(', ')} describes no operation. \`throughline check ${given[0] ?? ''}\` says what is wrong with it.`,
  )
}

function tagged(groups: readonly Group[], tags: string): readonly Group[] {
  if (tags === 'all') return groups
  return tags.split(',').flatMap((word) => {
    const wanted = word.trim().toLowerCase()
    const found = groups.filter(
      ({ tag, title }) => tag.toLowerCase() === wanted || title.toLowerCase() === wanted,
    )
    if (found.length > 0) return found
    const [best] = closest(
      wanted,
      groups.map(({ tag }) => tag),
      1,
    )
    throw new CannotRun(
      'TL9003',
      `No operation has the tag \`${word.trim()}\`.${best === undefined ? '' : ` Did you mean \`${best}\`?`} There are: ${groups
        .slice(0, 12)
        .map(({ tag }) => tag)
        .join(', ')}${groups.length > 12 ? ', ...' : ''}.`,
    )
  })
}

/** Editors complete and check a file by the schema that its first line names, if that is a file they can open. */
function schemasFrom(root: string): NonNullable<InitChoices['schemaFor']> {
  const repository = repositoryAround(root) ?? root
  for (let here = root; ; here = dirname(here)) {
    const folder = join(here, 'node_modules', 'throughline', 'schemas')
    if (existsSync(folder)) {
      return (kind) => {
        const file = join(folder, `${kind}.schema.json`)
        const from = kind === 'journey' ? 'journeys' : kind === 'persona' ? 'personas' : ''
        return existsSync(file) ? relative(join(root, from), file).split(sep).join('/') : undefined
      }
    }
    if (here === repository || here === dirname(here)) return () => undefined
  }
}

function asJson(written: readonly string[], journeys: number): string {
  return `${JSON.stringify({ version: 1, written, journeys }, null, 2)}\n`
}

function asText(
  written: readonly string[],
  folder: string,
  groups: number,
  choices: InitChoices,
  io: Io,
): string {
  const { bold, cyan, dim } = coloursOf(io.stdout, io.env)
  const where = folder === '' ? '' : ` ${folder.split(sep).join('/')}`
  const left = groups - choices.groups.length
  return [
    bold('Written:'),
    ...written.map((path) => `  ${path}`),
    ...(left > 0
      ? [dim(`${many(left, 'more tag')} could have a journey: --tags all, or write it by hand.`)]
      : []),
    '',
    `${cyan(`throughline dev${where}`)}    studio, mock and files together`,
    `${cyan(`throughline check${where}`)}  what is still open`,
    '',
  ].join('\n')
}
