import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import {
  nameOf,
  nodesOfKind,
  parsedText,
  proposalForField,
  proposalForNeed,
  proposalForState,
  type Graph,
  type NoDraft,
  type Overlay,
  type ProposalDraft,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { proposalFrom, type NewProposal } from '../../workspace/decisions/decisions.ts'
import { coloursOf } from '../colours.ts'
import { command } from '../command.ts'
import { atTheTable, decidingArgs, doneOr, type Table } from '../decide/at-the-table.ts'
import { threadLineText } from '../decide/thread-text.ts'
import type { Io } from '../io.ts'

export const propose = command(
  {
    name: 'propose',
    summary: 'Propose a change of a contract to those who own it',
    operands: '[NEED|FIELD|STATE|OVERLAY-FILE]',
    most: 1,
    args: {
      what: { type: 'positional', required: false, description: 'What is missing, or an overlay' },
      always: {
        type: 'boolean',
        description: 'A field that may be missing or null: let it always be there',
      },
      nullable: { type: 'boolean', description: 'A field: let it be null' },
      schema: {
        type: 'string',
        valueHint: 'SCHEMA',
        description: "What a missing field is: '{ type: integer }'",
      },
      contract: {
        type: 'string',
        valueHint: 'FILE',
        description: 'What an overlay changes, if it does not say (`extends`)',
      },
      title: { type: 'string', valueHint: 'TEXT', description: 'What it is called' },
      why: { type: 'string', valueHint: 'TEXT', description: 'Why it is needed' },
      revise: {
        type: 'string',
        valueHint: 'THREAD',
        description: 'A new version of this proposal: all sign again',
      },
      'dry-run': { type: 'boolean', description: 'Only show the overlay' },
      ...decidingArgs,
    },
    examples: [
      { line: 'throughline propose', does: 'what steps need and no contract returns' },
      {
        line: 'throughline propose checkout/basket/store.getBasket/eta',
        does: 'propose that field',
      },
      { line: 'throughline propose eta --dry-run', does: 'look at the overlay first' },
      {
        line: 'throughline propose faster.overlay.yaml --why "Fewer calls"',
        does: 'an OpenAPI Overlay of your own',
      },
    ],
    notes:
      'The proposal is a file in `decisions/`. Its owners sign it (`throughline decide`), and the mock serves it before: send `Throughline-Proposal: ID`. Exit status: 0 proposed, 2 refused, with the reason.',
  },
  async (args, io) => {
    const table = atTheTable(args, io)
    const [what] = args._
    if (what === undefined) {
      gaps(table.graph(), args.json === true, io)
      return 0
    }
    const path = resolve(io.cwd, what)
    const { proposal, notes } =
      /\.(ya?ml|json)$/.test(what) && existsSync(path)
        ? { proposal: fromFile(table, path, args.contract), notes: [] }
        : fromDraft(drafted(table.graph(), what, args))
    const named: NewProposal = {
      ...proposal,
      ...(args.title !== undefined && { title: args.title }),
      ...(args.why !== undefined && { why: args.why }),
      ...(args.revise !== undefined && { thread: args.revise }),
    }
    if (args['dry-run'] === true) {
      io.stdout.write(`${JSON.stringify({ version: 1, proposal: named, notes }, null, 2)}\n`)
      return 0
    }
    const { thread, files, committed } = doneOr(table.decisions.propose(named, table.person()))
    if (args.json === true) {
      const { id, state, title, waitsFor } = thread
      io.stdout.write(
        `${JSON.stringify({ version: 1, thread: { id, state, title, waitsFor }, notes, files, ...(committed && { committed }) }, null, 2)}\n`,
      )
      return 0
    }
    const { dim } = coloursOf(io.stdout, io.env)
    io.stdout.write(threadLineText(thread, coloursOf(io.stdout, io.env)))
    for (const note of notes) io.stdout.write(`  ${note}\n`)
    for (const file of files) io.stdout.write(dim(`  wrote ${file}\n`))
    if (committed?.commit !== undefined) io.stdout.write(dim(`  commit ${committed.commit}\n`))
    if (committed?.problem !== undefined)
      io.stderr.write(`Written, but not committed: ${committed.problem}\n`)
    return 0
  },
)

/** What steps need and no contract returns, each with the id to propose it by. */
function gaps(graph: Graph, json: boolean, io: Io): void {
  const missing = [...nodesOfKind(graph, 'need')].filter(({ field }) => field === undefined)
  if (json) {
    const needs = missing.map(({ id, path, label, why }) => ({ id, path, label, why }))
    io.stdout.write(`${JSON.stringify({ version: 1, needs }, null, 2)}\n`)
    return
  }
  const { cyan, dim } = coloursOf(io.stdout, io.env)
  if (missing.length === 0) io.stdout.write('Every step gets what it needs.\n')
  for (const { id, label, why } of missing)
    io.stdout.write(`${label}${why === undefined ? '' : dim(`  ${why}`)}\n  ${cyan(nameOf(id))}\n`)
}

interface DraftArgs {
  readonly always?: boolean | undefined
  readonly nullable?: boolean | undefined
  readonly schema?: string | undefined
}

function drafted(
  graph: Graph,
  what: string,
  { always, nullable, schema }: DraftArgs,
): ProposalDraft | NoDraft {
  const id = idOf(graph, what)
  if (id.startsWith('state:')) return proposalForState(graph, id)
  if (always === true || nullable === true || id.startsWith('field:'))
    return proposalForField(graph, id, nullable === true ? 'nullable' : 'always')
  return proposalForNeed(graph, id, schema === undefined ? {} : { schema: schemaIn(schema) })
}

/** A whole id, a name without its kind, or the end of one that no other need has. */
function idOf(graph: Graph, what: string): string {
  if (/^(need|field|state):/.test(what)) return what
  const needs = [...nodesOfKind(graph, 'need')]
  const exact = needs.find((one) => nameOf(one.id) === what)
  if (exact !== undefined) return exact.id
  const ending = needs.filter((one) => one.path === what || one.id.endsWith(`/${what}`))
  const open = ending.filter((one) => one.field === undefined)
  const [first, second] = open.length > 0 ? open : ending
  if (first !== undefined && second === undefined) return first.id
  throw new CannotRun(
    'TL9003',
    first === undefined
      ? `No step needs \`${what}\`, and there is no such file. \`throughline propose\` lists what is missing.`
      : `Several steps need \`${what}\`: ${ending
          .slice(0, 5)
          .map((one) => nameOf(one.id))
          .join(', ')}. Say which.`,
  )
}

function fromDraft(found: ProposalDraft | NoDraft): {
  readonly proposal: NewProposal
  readonly notes: readonly string[]
} {
  if ('refused' in found) throw new CannotRun('TL9003', found.refused)
  return { proposal: proposalFrom(found), notes: found.notes }
}

function fromFile(
  { workspace, graph }: Table,
  path: string,
  contract: string | undefined,
): NewProposal {
  const { value, diagnostics } = parsedText({ path, text: readFileSync(path, 'utf8') })
  if (diagnostics.length > 0)
    throw new CannotRun('TL9003', `${path} can't be read: ${diagnostics[0]!.message}`)
  const isOverlay =
    value !== null && typeof value === 'object' && 'overlay' in value && 'actions' in value
  if (!isOverlay) throw new CannotRun('TL9003', `${path} is no OpenAPI Overlay.`)
  const overlay = value as Overlay
  const base = (file: string): string =>
    relative(workspace.root, resolve(dirname(path), file))
      .split(sep)
      .join('/')
  const [only, other] = graph().declarations.workspace.apis
  const file =
    contract ??
    (typeof overlay.extends === 'string'
      ? base(overlay.extends)
      : other === undefined
        ? only?.contract
        : undefined)
  if (file === undefined)
    throw new CannotRun('TL9003', 'Say which contract it changes: --contract FILE.')
  const title = typeof overlay.info?.title === 'string' ? overlay.info.title : 'An overlay'
  return { title, overlays: [{ file, overlay }] }
}

function schemaIn(text: string): Readonly<Record<string, unknown>> {
  const { value, diagnostics } = parsedText({ path: 'schema.yaml', text })
  if (diagnostics.length === 0 && value !== null && typeof value === 'object')
    return value as Readonly<Record<string, unknown>>
  throw new CannotRun('TL9003', `\`--schema\` is a JSON Schema, such as '{ type: integer }'.`)
}
