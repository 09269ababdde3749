import {
  diffGraphs,
  type Change,
  type ChangeHistory,
  type Graph,
  type HistoryChange,
  type HistoryEntry,
} from '@throughline/core'
import { setImmediate } from 'node:timers/promises'
import { CannotRun } from '../../cannot-run.ts'
import { commitsTouching } from '../../workspace/commits.ts'
import type { PastGraph } from './past-graphs.ts'

/** Whose history is asked for: `store.getBasket`, or `checkout`. */
export type HistoryOf =
  | { readonly kind: 'operation'; readonly name: string }
  | { readonly kind: 'journey'; readonly name: string }

export interface HistorySource {
  readonly root: string
  /** The graph of now. */
  readonly graph: Graph
  readonly past: (revision: string) => PastGraph
  /** Entries that were worked out before, by what they compare. */
  readonly known: Map<string, HistoryEntry>
}

/** Commits of which each is compared with the one before, and the characters of contracts that may be read for it. */
const mostCommits = 15
const mostRead = 40_000_000
const mostShown = 30
const mostKnown = 1000

/**
 * What commits did to an operation or a journey, and what is not committed yet. Only commits that touched its files are compared, so
 * many at a time; commits that changed other things are left out. `from` goes on where an answer stopped.
 */
export async function historyOf(
  of: HistoryOf,
  source: HistorySource,
  from?: string,
): Promise<ChangeHistory> {
  const { root, graph, past } = source
  const commits = commitsTouching(root, filesOf(of, graph), {
    most: mostCommits + 1,
    ...(from !== undefined && { from }),
  })
  const entries: HistoryEntry[] = []
  if (from === undefined) {
    const head = opened(past, 'HEAD')
    const changes = head === undefined ? [] : changesTo(of, head.graph, graph)
    if (changes.length > 0) entries.push({ begins: false, ...shown(changes) })
  }
  let read = 0
  for (const [index, commit] of commits.entries()) {
    if (index === mostCommits || read > mostRead)
      return { entries, looked: index, next: commit.commit }
    const earlier = commits[index + 1]
    const key = `${of.kind} ${of.name} ${commit.commit} ${earlier?.commit ?? ''}`
    let entry = source.known.get(key)
    if (entry === undefined) {
      const now = opened(past, commit.commit)
      const then = earlier === undefined ? undefined : opened(past, earlier.commit)
      read += (now?.size ?? 0) + (then?.size ?? 0)
      const changes =
        now === undefined || then === undefined ? [] : changesTo(of, then.graph, now.graph)
      const begins = now !== undefined && then === undefined && isIn(of, now.graph)
      entry = { commit, begins, ...shown(changes) }
      if (source.known.size >= mostKnown) source.known.clear()
      source.known.set(key, entry)
      // Others are answered in between.
      await setImmediate()
    }
    if (entry.begins || entry.changes.length > 0) entries.push(entry)
  }
  return { entries, looked: commits.length }
}

/** The files that can change it: its contract, or the journey with the contracts that it calls. */
function filesOf({ kind, name }: HistoryOf, graph: Graph): readonly string[] {
  const contracts = (apis: ReadonlySet<string>): readonly string[] =>
    graph.apis.flatMap((api) => (apis.has(api.name) ? (api.contract?.files() ?? []) : []))
  if (kind === 'operation') {
    const node = graph.nodes.get(`op:${name}`)
    return node?.kind === 'operation' ? contracts(new Set([node.api])) : []
  }
  const journey = graph.journeys.find((one) => one.name === name)
  if (journey === undefined) return []
  const apis = new Set<string>()
  for (const node of graph.nodes.values()) {
    if (node.kind !== 'call' || node.operation === undefined) continue
    if (!node.step.startsWith(`step:${name}/`)) continue
    const operation = graph.nodes.get(node.operation)
    if (operation?.kind === 'operation') apis.add(operation.api)
  }
  return [journey.origin.source.file.path, ...contracts(apis)]
}

function opened(past: HistorySource['past'], revision: string): PastGraph | undefined {
  try {
    return past(revision)
  } catch (error) {
    // The workspace was not there yet.
    if (error instanceof CannotRun) return undefined
    throw error
  }
}

function changesTo(of: HistoryOf, before: Graph, after: Graph): readonly Change[] {
  return diffGraphs(before, after).changes.filter((change) => isAbout(of, change))
}

function isAbout({ kind, name }: HistoryOf, change: Change): boolean {
  const { api, operation, reach, subjects, impact, location } = change
  if (kind === 'operation')
    return (
      (operation !== undefined && `${api ?? ''}.${operation.id}` === name) ||
      reach.operations.includes(name) ||
      subjects.includes(`op:${name}`)
    )
  return (
    impact.some(({ step }) => step.startsWith(`${name}/`)) ||
    location === `journey:${name}` ||
    location.startsWith(`journey:${name}/`) ||
    location.startsWith(`journey:${name}:`)
  )
}

function isIn({ kind, name }: HistoryOf, graph: Graph): boolean {
  return kind === 'operation'
    ? graph.nodes.has(`op:${name}`)
    : graph.journeys.some((one) => one.name === name)
}

function shown(changes: readonly Change[]): {
  readonly changes: readonly HistoryChange[]
  readonly more: number
} {
  return {
    changes: changes.slice(0, mostShown).map(({ fingerprint, code, level, message, impact }) => ({
      fingerprint,
      code,
      level,
      message,
      steps: [...new Set(impact.map((one) => one.step))],
    })),
    more: Math.max(0, changes.length - mostShown),
  }
}
