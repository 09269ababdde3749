import { graphqlOf, readName } from './discovered-in.ts'
import { generalPath } from './general-path.ts'
import type { ObservedCall, Observation, ReadCounts } from './observation.ts'
import { idsIn, routeOf, visitsIn, walksIn, type IdOf, type Visit } from './screens.ts'
import { waitedFor } from './waited-for.ts'

export interface Condensing {
  /** Visits at the end that stay as they are, so that they can still be taken back. */
  readonly last?: number
  /** Visits of one screen that stay whatever they say. */
  readonly first?: number
}

/**
 * The same story in fewer lines, for a session of any length: visits of a screen that say nothing new are counted on one that
 * is kept, with their calls, times and reads. `discoveredIn` finds the same in it; of the times, a sample.
 */
export function condensed(
  observations: readonly Observation[],
  { last = 20, first = 6 }: Condensing = {},
): readonly Observation[] {
  const visits = visitsIn(observations)
  const idOf = idsIn(visits.flatMap((one) => one.calls))
  const groups = new Map<string, Group>()
  const kept: { readonly visit: Visit; readonly apart: boolean }[] = []
  let skipped = false
  for (const [index, visit] of visits.entries()) {
    const key = `${visit.walk}\n${routeOf(visit.path, idOf)}`
    const group = groups.get(key) ?? newGroup()
    groups.set(key, group)
    const said = saidBy(visit, visits[index - 1], visits[index + 1], idOf)
    const isNew = said.some((one) => !group.said.has(one)) && group.said.size < mostSaid
    if (
      index >= visits.length - last ||
      group.visits < first ||
      isNew ||
      group.kept === undefined
    ) {
      for (const one of said) group.said.add(one)
      group.visits++
      const own = copyOf(visit)
      group.kept ??= own
      for (const call of own.calls) {
        const like = callKey(call, idOf)
        if (!group.calls.has(like)) group.calls.set(like, call)
      }
      kept.push({ visit: own, apart: visit.apart || skipped })
      skipped = false
    } else {
      fold(visit, group, idOf)
      skipped = true
    }
  }
  return written(kept, observations)
}

/** Different things that are remembered of one screen: more than that is chance. */
const mostSaid = 400
const mostLinks = 1_000
const mostEdits = 5_000
/** Times that are kept of one call. */
const mostTimes = 100

type Open<Type> = { -readonly [Key in keyof Type]: Type[Key] }

interface Group {
  visits: number
  readonly said: Set<string>
  /** The visit that those are counted on which say nothing new. */
  kept: Visit | undefined
  readonly calls: Map<string, Open<ObservedCall>>
}

function newGroup(): Group {
  return { visits: 0, said: new Set(), kept: undefined, calls: new Map() }
}

function copyOf(visit: Visit): Visit {
  return { ...visit, calls: visit.calls.map((one) => ({ ...one })), reads: together(visit.reads) }
}

function fold(visit: Visit, group: Group, idOf: IdOf): void {
  const into = group.kept!
  into.times += visit.times
  const renamed = new Map<string, string>()
  for (const call of visit.calls) {
    const like = group.calls.get(callKey(call, idOf))
    if (like === undefined) {
      // Said already by a visit of the same screen, where there was no room to remember it.
      into.calls.push(call)
      continue
    }
    renamed.set(readName(call), readName(like))
    like.times = (like.times ?? 1) + (call.times ?? 1)
    like.also = sampled([...(like.also ?? []), call.ms, ...(call.also ?? [])])
  }
  into.reads.splice(
    0,
    into.reads.length,
    ...together([
      ...into.reads,
      ...visit.reads.map((one) => ({ ...one, name: renamed.get(one.name) ?? one.name })),
    ]),
  )
}

/** Every other one of too many, so that early and late ones stay alike. */
function sampled(times: readonly number[]): readonly number[] {
  return times.length <= mostTimes ? times : times.filter((_, index) => index % 2 === 0)
}

/** Reads of the same answer added up. */
function together(reads: Visit['reads']): Visit['reads'] {
  return [...Map.groupBy(reads, (one) => one.name)].map(([name, some]) => {
    if (some.length === 1) return some[0]!
    const fields = new Map<string, ReadCounts>()
    for (const one of some)
      for (const [path, { read, copied, missed }] of Object.entries(one.fields)) {
        const before = fields.get(path)
        fields.set(path, {
          read: read + (before?.read ?? 0),
          copied: copied + (before?.copied ?? 0),
          missed: missed + (before?.missed ?? 0),
        })
      }
    return { kind: 'reads', name, fields: Object.fromEntries(fields) }
  })
}

/** What of a visit would be missed if it were only counted. */
function saidBy(
  visit: Visit,
  before: Visit | undefined,
  after: Visit | undefined,
  idOf: IdOf,
): readonly string[] {
  const said: string[] = []
  const route = routeOf(visit.path, idOf)
  if (before !== undefined && !visit.apart && before.walk === visit.walk)
    said.push(`from ${routeOf(before.path, idOf)}`)
  if (after !== undefined && !after.apart && after.walk === visit.walk)
    said.push(`to ${routeOf(after.path, idOf)}`)
  // What a screen of one thing is headed changes with the thing.
  if (!route.includes('/:')) said.push(`named ${visit.heading} ${visit.title}`)
  for (const call of visit.calls) {
    const key = callKey(call, idOf)
    said.push(key)
    if (call.body !== undefined) said.push(`body ${JSON.stringify(call.body)}`)
    if (call.told !== undefined) said.push(`${key} told ${call.told.text}`)
    if (call.waited !== undefined) said.push(`${key} waited`)
    said.push(
      `${key} after ${[...new Set(waitedFor(call, visit).map((one) => callKey(one, idOf)))].toSorted().join()}`,
    )
  }
  return said
}

/** Calls that differ in nothing that a contract or a step would say. */
function callKey(call: ObservedCall, idOf: IdOf): string {
  const { origin, pathname, searchParams } = new URL(call.url)
  const query = [...new Set(searchParams.keys())].toSorted().join()
  const graphql = graphqlOf(call)
  const sent =
    graphql === undefined
      ? leaves(call.sent, 0)
      : `${graphql.query} ${leaves(graphql.variables, 0)}`
  return [
    call.method,
    origin + generalPath(pathname, idOf),
    call.status,
    call.type,
    query,
    sent,
    call.auth ?? '',
    call.sentType ?? '',
    call.headers?.join() ?? '',
  ].join(' ')
}

function leaves(value: unknown, depth: number): string {
  if (depth > 6 || typeof value !== 'object' || value === null) return ''
  if (Array.isArray(value)) return `[${leaves(value[0], depth + 1)}]`
  return `{${Object.entries(value)
    .map(([name, one]) => `${name}${leaves(one, depth + 1)}`)
    .toSorted()
    .join()}}`
}

/** Visits as observations again, with what belongs to no visit after them. */
function written(
  kept: readonly { readonly visit: Visit; readonly apart: boolean }[],
  observations: readonly Observation[],
): readonly Observation[] {
  const told: Observation[] = []
  const links = new Set(observations.flatMap((one) => (one.kind === 'links' ? one.paths : [])))
  const left = new Map(walksIn(observations))
  let walk = ''
  for (const [index, { visit, apart }] of kept.entries()) {
    if (visit.walk !== walk) {
      told.push({ kind: 'journey', title: visit.walk, times: left.get(visit.walk) ?? 0 })
      left.set(visit.walk, 0)
    }
    walk = visit.walk
    told.push({
      kind: 'screen',
      at: visit.at,
      path: visit.path,
      via: visit.via,
      ...(visit.times > 1 && { times: visit.times }),
      ...(apart && index > 0 && { apart }),
    })
    if (visit.title !== '' || visit.heading !== '')
      told.push({ kind: 'named', title: visit.title, heading: visit.heading })
    told.push(...visit.calls.map((one) => ({ ...one, on: visit.path })), ...visit.reads)
  }
  const lastWalk = observations.findLast((one) => one.kind === 'journey')?.title ?? ''
  // Somebody has begun a walk, and shown nothing of it yet.
  if (lastWalk !== walk || observations.at(-1)?.kind === 'journey')
    told.push({ kind: 'journey', title: lastWalk, times: left.get(lastWalk) ?? 0 })
  // Before what can still be taken back: they are of no visit.
  return [
    ...(links.size > 0 ? [{ kind: 'links', paths: [...links].slice(0, mostLinks) } as const] : []),
    ...observations.filter((one) => one.kind === 'edit').slice(-mostEdits),
    ...told,
  ]
}
