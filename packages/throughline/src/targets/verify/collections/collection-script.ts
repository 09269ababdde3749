import { hurtBy, seededChoices, type Graph } from '@throughline/core'
import type { Answered, Failed } from '../exchange.ts'
import { jsonOf } from '../exchange.ts'
import type { HeaderList } from '../identities.ts'
import type { Script, Talk } from '../talk.ts'
import { collectionCase } from './collection-case.ts'
import type { CollectionReport, CollectionSeen } from './collection-report.ts'
import type { Collection, CollectionRequest, Values } from './collection.ts'
import { operationFinder } from './matched.ts'
import { outgoing } from './outgoing.ts'
import { toldValues } from './told-values.ts'

interface CollectionOptions {
  /** First the one that wins: those of the environment, then globals. */
  readonly environments: readonly Values[]
  /** One run for each; a single run without any. */
  readonly data: readonly Values[]
  /** Where what begins with the collection's usual variable is sent. */
  readonly target?: string
  /** The origin that the credentials of the run are for: they go nowhere else. */
  readonly home?: string
  readonly readFile: (path: string) => Uint8Array | undefined
  /** Why a request is not sent: it writes, and this looks like production. */
  readonly refused: (method: string, url: URL) => string | undefined
  /** Sends what no contract describes. */
  readonly plain: (request: PlainRequest) => Promise<Answered | Failed>
}

interface PlainRequest {
  readonly method: string
  readonly url: URL
  readonly headers: HeaderList
  readonly body: Uint8Array | undefined
}

/** A collection that runs in its order, each answer judged by the contract; scripts are not run. The report grows as it runs. */
export function collectionScript(
  collection: Collection,
  options: CollectionOptions,
): { readonly script: Script; readonly report: () => CollectionReport } {
  const seen: CollectionSeen[] = []
  const rows = options.data.length === 0 ? [new Map<string, string>()] : options.data
  return {
    report: () => ({
      name: collection.name,
      engine: 'own',
      iterations: rows.length,
      requests: seen,
    }),
    async script(talk) {
      const find = operationFinder(talk.graph, options.target)
      for (const [index, row] of rows.entries()) {
        // What one run was told is not known to the next, as in a fresh Postman run of that row.
        const told = new Map<string, string>()
        for (const request of collection.requests)
          seen.push(await one({ talk, find, row, told, iteration: index + 1 }, request))
      }
    },
  }

  async function one(
    { talk, find, row, told, iteration }: Turn,
    request: CollectionRequest,
  ): Promise<CollectionSeen> {
    const about = { name: request.name, iteration, method: request.method, assertions: [] }
    const variable = usualBase(collection)
    for (const { when, text } of request.scripts)
      if (when === 'before')
        for (const [name, value] of toldValues(text, undefined)) told.set(name, value)
    const made = outgoing(request, {
      scopes: [
        row,
        told,
        ...options.environments.slice(0, 1),
        collection.variables,
        ...options.environments.slice(1),
      ],
      choices: seededChoices(`${talk.seed} ${request.name} ${iteration}`),
      readFile: options.readFile,
      ...(options.target !== undefined &&
        variable !== undefined && { base: { variable, url: options.target } }),
    })
    if (made.kind === 'left') return { ...about, path: '', steps: [], left: made.reason, notes: [] }
    const { method, url, headers, credentials, body } = made
    const match = find(method, url)
    const steps = match === undefined ? [] : stepsOf(talk.graph, match.operation)
    const where = {
      path: url.pathname,
      ...(match && { operation: `${match.operation.api}.${match.operation.name}` }),
      steps,
    }
    const refused = options.refused(method, url)
    if (refused !== undefined) return { ...about, ...where, left: refused, notes: [] }
    const notes = [...made.notes]
    let outcome: Answered | Failed | undefined
    let ms: number | undefined
    if (match === undefined) {
      outcome = await options.plain({ method, url, headers: [...headers, ...credentials], body })
      notes.push('no contract describes it: its answer is not judged')
    } else {
      const given = url.origin === options.home ? talk.identities.valid : []
      const known = new Set(given.map(([name]) => name.toLowerCase()))
      const asking = collectionCase({
        ...match,
        name: rows.length > 1 ? `${request.name} #${iteration}` : request.name,
        method,
        url,
        headers: headers.filter(([name]) => !known.has(name.toLowerCase())),
        credentials,
        body,
        isElsewhere: url.origin !== options.home,
      })
      if (asking.verdict.kind === 'undecidable')
        notes.push(`what it sends is not what the contract describes: ${asking.verdict.reason}`)
      const exchange = await talk.ask(asking)
      if (exchange === undefined)
        return {
          ...about,
          ...where,
          left: 'the run was stopped, or its operation set aside',
          notes,
        }
      outcome = exchange.outcome
      ms = Math.round(exchange.ms)
    }
    notes.push(...scriptNotes(request, outcome, told))
    return {
      ...about,
      ...where,
      ...(outcome.kind === 'answered' ? { status: outcome.status } : {}),
      ...(ms !== undefined && { ms }),
      notes: outcome.kind === 'failed' ? [...notes, outcome.message] : notes,
    }
  }
}

interface Turn {
  readonly talk: Talk
  readonly find: ReturnType<typeof operationFinder>
  readonly row: Values
  /** What the answers of this run told. */
  readonly told: Map<string, string>
  readonly iteration: number
}

/** What scripts would have done: plain values that they keep are kept, the rest is said. */
function scriptNotes(
  { scripts }: CollectionRequest,
  outcome: Answered | Failed,
  told: Map<string, string>,
): readonly string[] {
  if (scripts.length === 0) return []
  const after = scripts.filter(({ when }) => when === 'after')
  const body = outcome.kind === 'answered' ? jsonOf({ outcome }) : undefined
  const kept = new Map(after.flatMap(({ text }) => [...toldValues(text, body)]))
  for (const [name, value] of kept) told.set(name, value)
  const names =
    kept.size === 0
      ? ''
      : `; ${[...kept.keys()].map((one) => `\`${one}\``).join(', ')} taken from the answer, as it says`
  return [
    `${scripts.length === 1 ? 'its script was' : `its ${scripts.length} scripts were`} not run${names}`,
  ]
}

/** The variable that most addresses begin with: `baseUrl`. */
export function usualBase({ requests }: Collection): string | undefined {
  const counts = new Map<string, number>()
  for (const { url } of requests) {
    const name = /^\{\{\s*([^{}]+?)\s*\}\}/.exec(url)?.[1]
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}

export function stepsOf(graph: Graph, operation: Parameters<typeof hurtBy>[1]): readonly string[] {
  return [...new Set(hurtBy(graph, operation, '').map(({ step }) => step))]
}
