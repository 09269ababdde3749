import { draftedContract, type Seen } from './drafted-contract.ts'
import type {
  Discovered,
  DiscoveredApi,
  DiscoveredCall,
  DiscoveredJourney,
  DiscoveredStep,
  FieldReads,
} from './discovered.ts'
import { generalPath } from './general-path.ts'
import { inferredSchema } from './inferred-schema.ts'
import { inferredSdl, rootFields, type GraphqlCall } from './inferred-graphql.ts'
import type { ObservedCall, Observation, ReadCounts } from './observation.ts'
import { idsIn, routeOf, visitsIn, walksIn, type IdOf, type Visit } from './screens.ts'
import { editsOf, merged } from './edits.ts'
import { stepNames } from './step-names.ts'
import { waitedFor } from './waited-for.ts'

/** An operation as calls show it. */
interface Operation {
  readonly api: string
  readonly name: string
  readonly method: string
  readonly path: string
  readonly calls: ObservedCall[]
  /** What the answer's body looks like, for its field paths. */
  readonly samples: unknown[]
}

/**
 * What an app calls, shows and reads, as contracts and journeys: URLs become operations, addresses become steps, reads
 * become needs. Walks that share most of their screens are one journey.
 */
export function discoveredIn(observations: readonly Observation[]): Discovered {
  const visits = visitsIn(withoutShells(observations))
  const begun = walksIn(observations)
  const calls = visits.flatMap((one) => one.calls)
  const idOf = idsIn(calls)
  const { apis, operationsOf } = operationsIn(calls, idOf)
  const shapes = new Map<Operation, unknown>()
  const notes: string[] = []
  const edits = editsOf(observations, idOf)
  const journeys = merged(journeysIn(visits, idOf), edits).map((walks) => journeyOf(walks))
  const named = uniquely(journeys)
  if (calls.length > 0 && visits.every((one) => one.reads.length === 0))
    notes.push(
      'Which fields are read cannot be seen here: the pages are made on the server, or a recording was read. Journeys and operations are there; write the needs by hand, or with `throughline check`, which says what each screen could need.',
    )
  return {
    apis: apis.map(withContract),
    journeys: named,
    notes: [...notes, ...inVain(named), ...onlyCopied(named)],
  }

  function journeyOf(given: readonly (readonly Visit[])[]): DiscoveredJourney {
    const walk = given[0]?.[0]?.walk ?? ''
    const isOut = (one: Visit): boolean => edits.isLeftOut(walk, routeOf(one.path, idOf))
    const walks = given.map((some) => some.filter((one) => !isOut(one)))
    const leftOut = new Set(
      given.flat().flatMap((one) => (isOut(one) ? [routeOf(one.path, idOf)] : [])),
    )
    const all = walks.flat()
    const byScreen = Map.groupBy(all, (one) => routeOf(one.path, idOf))
    const ids = new Map<string, string>()
    for (const screen of byScreen.keys()) ids.set(screen, fresh(stepId(screen), ids.values()))
    const next = new Map<string, Set<string>>()
    for (const walk of walks)
      for (const [index, visit] of walk.entries()) {
        const from = ids.get(routeOf(visit.path, idOf))!
        const after = walk[index + 1]
        const to =
          after === undefined || after.apart ? undefined : ids.get(routeOf(after.path, idOf))
        if (to !== undefined && to !== from) next.set(from, (next.get(from) ?? new Set()).add(to))
      }
    const steps = [...byScreen].map(([screen, some]): DiscoveredStep => {
      const id = ids.get(screen)!
      const called = stepNames(some, screen, words(id))
      return {
        id,
        title: edits.titleOf(walk, screen) ?? called.title,
        screen,
        visits: timesOf(some),
        names: called.names,
        calls: callsOf(some).map((call) => edits.withNeeds(walk, screen, call)),
        next: [...(next.get(id) ?? [])],
      }
    })
    const said = all.find((one) => one.walk !== '' && !/^walk \d+$/.test(one.walk))?.walk
    const title = edits.titleOf(walk) ?? said ?? steps.at(-1)?.title ?? 'What people do'
    return {
      id: slugOf(title) || 'journey',
      title,
      walk,
      walks: walkCount(given),
      leftOut: [...leftOut],
      steps,
    }
  }

  function walkCount(walks: readonly (readonly Visit[])[]): number {
    return walks.reduce((sum, walk) => sum + (begun.get(walk[0]?.walk ?? '') ?? 1), 0)
  }

  function callsOf(some: readonly Visit[]): readonly DiscoveredCall[] {
    const found = new Map<Operation, { calls: ObservedCall[]; reads: Map<string, Counts> }>()
    const after = new Map<Operation, Set<string>>()
    const of = (operation: Operation): { calls: ObservedCall[]; reads: Map<string, Counts> } => {
      const known = found.get(operation) ?? { calls: [], reads: new Map<string, Counts>() }
      found.set(operation, known)
      return known
    }
    for (const visit of some) {
      const operations = new Map(visit.calls.map((one) => [one, operationsOf(one)]))
      for (const call of visit.calls)
        for (const operation of operations.get(call)!) {
          of(operation).calls.push(call)
          const before = new Set<string>()
          for (const earlier of waitedFor(call, visit))
            for (const one of operations.get(earlier)!)
              if (one !== operation) before.add(`${one.api}.${one.name}`)
          const known = after.get(operation)
          // A call waits for another only when it always did.
          after.set(operation, known === undefined ? before : common(known, before))
        }
      for (const { name, fields } of visit.reads)
        for (const [operation, own] of readOperations(name, fields))
          for (const [path, counts] of Object.entries(own)) {
            const place = placed(path, shapeOf(operation))
            const reads = of(operation).reads
            const before = reads.get(place) ?? { read: 0, copied: 0, missed: 0 }
            reads.set(place, {
              read: before.read + counts.read,
              copied: before.copied + counts.copied,
              missed: before.missed + counts.missed,
            })
          }
    }
    return [...found]
      .toSorted(([, a], [, b]) => (a.calls[0]?.at ?? Infinity) - (b.calls[0]?.at ?? Infinity))
      .map(([operation, { calls: own, reads }]) => {
        const fields = fieldsOf(shapeOf(operation), reads)
        return {
          operation: `${operation.api}.${operation.name}`,
          after: [...(after.get(operation) ?? [])],
          sends: sendsOf(operation, own),
          fields,
          needs: fields.filter((one) => one.use === 'read').map((one) => one.path),
          // Where nobody took the time it is 0.
          p75: quantile(
            own
              .filter((one) => one.status < 400)
              .flatMap((one) => [one.ms, ...(one.also ?? [])])
              .filter((ms) => ms > 0),
          ),
          states: statesOf(own),
        }
      })
  }

  /** Reads of a concrete URL as reads of its operations: a GraphQL answer's `data` has one for each field. */
  function readOperations(
    name: string,
    fields: Readonly<Record<string, ReadCounts>>,
  ): readonly (readonly [Operation, Readonly<Record<string, ReadCounts>>])[] {
    // `track` names what it looks at as the contract does.
    const call = calls.find(
      (one) =>
        readName(one) === name ||
        operationsOf(one).some((operation) => `${operation.api}.${operation.name}` === name),
    )
    if (call === undefined) return []
    const operations = operationsOf(call)
    if (operations[0] === undefined) return []
    if (graphqlOf(call) === undefined) return [[operations[0], fields]]
    return operations.map((operation) => {
      const root = `data.${operation.path}.`
      return [
        operation,
        Object.fromEntries(
          Object.entries(fields).flatMap(([path, counts]) =>
            path.startsWith(root) ? [[path.slice(root.length), counts]] : [],
          ),
        ),
      ]
    })
  }

  function shapeOf(operation: Operation): unknown {
    let shape = shapes.get(operation)
    if (shape === undefined) shapes.set(operation, (shape = inferredSchema(operation.samples)))
    return shape
  }

  function withContract({ operations, ...api }: Api): DiscoveredApi {
    const contract =
      api.protocol === 'graphql'
        ? inferredSdl(
            operations.flatMap((one) => one.calls.flatMap((call) => graphqlOf(call) ?? [])),
          )
        : draftedContract(
            words(api.name),
            operations.flatMap((one) => one.calls.map((call, index) => seenOf(one, call, index))),
            [api.server],
          )
    return {
      ...api,
      contract,
      operations: operations.map(({ name, method, path, calls: all }) => ({
        name,
        method,
        path,
        calls: timesOf(all),
      })),
    }
  }
}

/** Pages are operations only where the server makes them: an app that calls an API is a shell without data. */
function withoutShells(observations: readonly Observation[]): readonly Observation[] {
  const isPage = (one: Observation): boolean => one.kind === 'call' && /html/i.test(one.type)
  if (!observations.some((one) => one.kind === 'call' && !isPage(one))) return observations
  return observations.filter((one) => !isPage(one))
}

function timesOf(all: readonly { readonly times?: number }[]): number {
  return all.reduce((sum, one) => sum + (one.times ?? 1), 0)
}

interface Counts {
  read: number
  copied: number
  missed: number
}

interface Api {
  readonly name: string
  readonly protocol: 'rest' | 'graphql'
  readonly server: string
  readonly operations: Operation[]
}

/** How reads name a call: as the recorder in the page does. */
export function readName(call: ObservedCall): string {
  const [address = ''] = call.url.split(/[?#]/, 1)
  const graphql = graphqlOf(call)
  return `${call.method} ${address}${graphql?.operationName === undefined ? '' : ` ${graphql.operationName}`}`
}

export function graphqlOf({ sent, body }: ObservedCall): GraphqlCall | undefined {
  const query = own(sent, 'query')
  if (typeof query !== 'string' || !/[{]/.test(query)) return undefined
  const name = own(sent, 'operationName')
  return {
    query,
    ...(typeof name === 'string' && { operationName: name }),
    variables: own(sent, 'variables'),
    data: own(body, 'data'),
  }
}

function operationsIn(
  calls: readonly ObservedCall[],
  idOf: IdOf,
): {
  readonly apis: readonly Api[]
  readonly operationsOf: (call: ObservedCall) => readonly Operation[]
} {
  const apis = new Map<string, Api>()
  const taken = new Set<string>()
  const byCall = new Map<ObservedCall, readonly Operation[]>()
  const rest = calls.filter((one) => graphqlOf(one) === undefined)
  const bases = basesOf(rest)
  for (const call of calls) {
    const { origin, pathname } = new URL(call.url)
    const graphql = graphqlOf(call)
    if (graphql !== undefined) {
      const root = rootFields(graphql.query, graphql.operationName)
      const server = `${origin}${pathname}`
      const segments = pathname
        .split('/')
        .filter((one) => one !== '' && !/^(graphql|api|v\d+)$/i.test(one))
      const api = apiAt(server, 'graphql', segments.at(-1) ?? 'graphql')
      byCall.set(
        call,
        (root?.fields ?? []).map((field) =>
          operationAt(api, root!.type, field, field, call, own(graphql.data, field)),
        ),
      )
      continue
    }
    const base = bases.get(origin) ?? ''
    const segment = base
      .split('/')
      .filter((one) => !/^(api|v\d+|)$/i.test(one))
      .at(-1)
    const api = apiAt(`${origin}${base}`, 'rest', segment ?? 'api')
    const path = generalPath(pathname.slice(base.length) || '/', idOf)
    byCall.set(call, [operationAt(api, call.method, path, undefined, call, call.body)])
  }
  return { apis: [...apis.values()], operationsOf: (call) => byCall.get(call) ?? [] }

  function apiAt(server: string, protocol: Api['protocol'], wanted: string): Api {
    const known = apis.get(server)
    if (known !== undefined) return known
    const name = fresh(slugOf(wanted) || 'api', taken)
    taken.add(name)
    const api: Api = { name, protocol, server, operations: [] }
    apis.set(server, api)
    return api
  }

  function operationAt(
    api: Api,
    method: string,
    path: string,
    name: string | undefined,
    call: ObservedCall,
    body: unknown,
  ): Operation {
    let found = api.operations.find((one) => one.method === method && one.path === path)
    if (found === undefined) {
      const wanted = name ?? spokenName(method, path, call.body)
      const names = api.operations.map((one) => one.name)
      found = {
        api: api.name,
        name: fresh(wanted, names, ''),
        method,
        path,
        calls: [],
        samples: [],
      }
      api.operations.push(found)
    }
    found.calls.push(call)
    if (call.status < 300 && body !== undefined && found.samples.length < 50)
      found.samples.push(body)
    return found
  }
}

/** What people would call it: `listProducts`, `getProduct`, `createPayment`. */
function spokenName(method: string, path: string, body: unknown): string {
  const parts = path.split('/').filter(Boolean)
  const last = parts.at(-1) ?? 'home'
  const isThing = last.startsWith('{')
  const noun = isThing ? (parts.at(-2) ?? 'thing') : last
  const parent = isThing ? parts.at(-4) : undefined
  const lists = Array.isArray(body) || Object.values(record(body)).some((one) => Array.isArray(one))
  const one = singular(noun)
  const owner = parent === undefined || parent.startsWith('{') ? '' : capital(singular(parent))
  const inside =
    !isThing && parts.length > 1 && !parts.at(-2)!.startsWith('{')
      ? capital(singular(parts.at(-2)!))
      : !isThing && parts.length > 2
        ? capital(singular(parts.at(-3)!))
        : owner
  switch (method) {
    case 'GET':
      return isThing || noun === one || !lists
        ? `get${inside}${capital(isThing ? one : noun)}`
        : `list${inside}${capital(noun)}`
    case 'POST':
      return `create${inside}${capital(one)}`
    case 'PUT':
      return `put${inside}${capital(one)}`
    case 'PATCH':
      return `change${inside}${capital(one)}`
    case 'DELETE':
      return `remove${inside}${capital(one)}`
    default:
      return `${method.toLowerCase()}${capital(noun)}`
  }
}

/** The longest path that all calls of an origin begin with, less what could be part of an operation. */
function basesOf(calls: readonly ObservedCall[]): ReadonlyMap<string, string> {
  const bases = new Map<string, string>()
  for (const [origin, some] of Map.groupBy(calls, (one) => new URL(one.url).origin)) {
    const paths = [...new Set(some.map((one) => new URL(one.url).pathname))].map((one) =>
      one.split('/'),
    )
    const first = paths[0] ?? []
    let same = 0
    while (
      same < first.length - 1 &&
      paths.every((one) => one.length > same + 1 && one[same] === first[same])
    )
      same++
    // One path alone says nothing about where the API begins.
    bases.set(origin, paths.length < 2 ? '' : first.slice(0, same).join('/'))
  }
  return bases
}

function seenOf(operation: Operation, call: ObservedCall, index: number): Seen {
  const url = new URL(call.url)
  const query = [...new Set(url.searchParams.keys())]
  const json = /[/+]json$/i.test(call.type)
  return {
    method: operation.method,
    path: operation.path,
    operationId: operation.name,
    name: call.status < 400 ? 'seen' : `seen-${call.status}`,
    status: call.status,
    type: call.body === undefined && call.type === '' ? '' : call.type,
    ...(json &&
      call.body !== undefined &&
      // Its lists show a few of their items; what all of them have in common is in the schema.
      (index < 3 || call.status >= 400
        ? { body: shortened(call.body), like: call.body }
        : { like: call.body })),
    ...(call.sent !== undefined && { requestBody: call.sent }),
    ...(call.sentType !== undefined && { sentType: call.sentType }),
    ...(query.length > 0 && { query }),
    ...(call.headers !== undefined && { headers: call.headers }),
    ...(call.auth !== undefined && { auth: call.auth }),
  }
}

/** A value with three items of each list. */
function shortened(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > 40) return value
  if (Array.isArray(value)) return value.slice(0, 3).map((one) => shortened(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, shortened(one, depth + 1)]),
  )
}

/** Walks as journeys: those with a name of their own by it, others with those that share half of their screens. */
function journeysIn(
  visits: readonly Visit[],
  idOf: IdOf,
): readonly (readonly (readonly Visit[])[])[] {
  const groups: {
    readonly screens: Set<string>
    readonly name: string
    readonly walks: (readonly Visit[])[]
  }[] = []
  for (const [name, walk] of Map.groupBy(visits, (one) => one.walk)) {
    const screens = new Set(walk.map((one) => routeOf(one.path, idOf)))
    const isNamed = name !== '' && !/^walk \d+$/.test(name)
    const known = groups.find((one) =>
      isNamed
        ? one.name === name
        : 2 * common(one.screens, screens).size >= Math.min(one.screens.size, screens.size),
    )
    if (known === undefined) groups.push({ screens, name, walks: [walk] })
    else {
      known.walks.push(walk)
      for (const one of screens) known.screens.add(one)
    }
  }
  return groups.map((one) => one.walks)
}

function uniquely(journeys: readonly DiscoveredJourney[]): readonly DiscoveredJourney[] {
  const taken: string[] = []
  return journeys.map((one) => {
    const id = fresh(one.id, taken)
    taken.push(id)
    return { ...one, id }
  })
}

/** Fields asked for that no answer had: the thread from a screen to a field, the other way round. */
function inVain(journeys: readonly DiscoveredJourney[]): readonly string[] {
  return journeys.flatMap((journey) =>
    journey.steps.flatMap((step) =>
      step.calls.flatMap((call) =>
        call.fields
          .filter((one) => one.use === 'asked for in vain')
          .map(
            ({ path }) =>
              `${journey.id}/${step.id} reads \`${path}\` of ${call.operation}, and no answer had it.`,
          ),
      ),
    ),
  )
}

/** Fields that were taken along and perhaps read there: people know, and add them. */
function onlyCopied(journeys: readonly DiscoveredJourney[]): readonly string[] {
  return journeys.flatMap((journey) =>
    journey.steps.flatMap((step) =>
      step.calls.flatMap((call) => {
        const paths = call.fields.filter((one) => one.use === 'copied').map(({ path }) => path)
        if (paths.length === 0) return []
        const more = paths.length > 5 ? ` and ${paths.length - 5} more` : ''
        const shown = paths.slice(0, 5).map((path) => `\`${path}\``)
        return [
          `${journey.id}/${step.id} copied ${shown.join(', ')}${more} of ${call.operation}, and whether the copy is read cannot be seen: add it to the needs if it is.`,
        ]
      }),
    ),
  )
}

/** A path of the answer as the schema has it: keys of a map become `{}`. */
function placed(path: string, schema: unknown): string {
  let here = schema
  let out = ''
  for (const part of path.match(/\[\]|(?:"(?:[^"\\]|\\.)*"|[^.[\]"]+)/g) ?? []) {
    if (part === '[]') {
      here = own(here, 'items')
      out += '[]'
      continue
    }
    const name = part.startsWith('"') ? part.slice(1, -1).replace(/\\(.)/g, '$1') : part
    const map = own(here, 'additionalProperties')
    if (map !== undefined) {
      here = map
      out += '{}'
    } else {
      here = own(own(here, 'properties'), name)
      out += `${out === '' ? '' : '.'}${part}`
    }
  }
  return out
}

/** Leaves of the answer, and what was done with each. */
function fieldsOf(schema: unknown, reads: ReadonlyMap<string, Counts>): readonly FieldReads[] {
  const leaves = new Map<string, string>()
  const walk = (here: unknown, path: string, depth: number): void => {
    if (depth > 20 || leaves.size > 2_000) return
    const properties = own(here, 'properties')
    const map = own(here, 'additionalProperties')
    const items = own(here, 'items')
    if (properties !== undefined)
      for (const [name, inner] of Object.entries(record(properties)))
        walk(inner, `${path}${path === '' ? '' : '.'}${quoted(name)}`, depth + 1)
    else if (map !== undefined) walk(map, `${path}{}`, depth + 1)
    else if (items !== undefined) {
      // Items of a list of words cannot be followed: who takes the list reads them.
      const inner = record(items)
      if (Object.keys(inner).length === 0) return
      if (
        inner['properties'] === undefined &&
        inner['items'] === undefined &&
        inner['additionalProperties'] === undefined
      )
        leaves.set(`${path}[]`, path)
      else walk(items, `${path}[]`, depth + 1)
    } else if (path !== '') leaves.set(path, path)
  }
  walk(schema, '', 0)
  const fields: FieldReads[] = []
  for (const [path, at] of leaves) {
    const { read = 0, copied = 0, missed = 0 } = reads.get(at) ?? {}
    fields.push({
      path,
      read,
      copied,
      missed,
      use: read > 0 ? 'read' : copied > 0 ? 'copied' : 'never touched',
    })
  }
  for (const [path, { read, copied, missed }] of reads) {
    if (path.startsWith('header:')) fields.push({ path, read, copied, missed, use: 'read' })
    else if (
      missed > 0 &&
      read === 0 &&
      copied === 0 &&
      !leaves.has(path) &&
      ![...leaves.keys()].some(
        (one) =>
          one.startsWith(`${path}.`) || one.startsWith(`${path}[`) || one.startsWith(`${path}{`),
      )
    )
      fields.push({ path, read, copied, missed, use: 'asked for in vain' })
  }
  return fields
}

function sendsOf(operation: Operation, calls: readonly ObservedCall[]): readonly string[] {
  const found = new Set<string>()
  if (/^[A-Z]+$/.test(operation.method)) {
    for (const [, name] of operation.path.matchAll(/\{([^}]+)\}/g)) found.add(name!)
    for (const { url } of calls)
      for (const name of new URL(url).searchParams.keys()) found.add(name)
  }
  for (const call of calls) leavesOf(graphqlOf(call)?.variables ?? call.sent, '')
  return [...found]

  function leavesOf(value: unknown, path: string): void {
    if (typeof value !== 'object' || value === null || found.size > 200) {
      if (path !== '') found.add(path)
      return
    }
    if (Array.isArray(value)) {
      for (const one of value.slice(0, 5)) leavesOf(one, `${path}[]`)
      return
    }
    for (const [name, one] of Object.entries(value))
      leavesOf(one, `${path}${path === '' ? '' : '.'}${quoted(name)}`)
  }
}

function statesOf(calls: readonly ObservedCall[]): DiscoveredCall['states'] {
  const found = new Map<string, { condition: string; show: string; test?: string }>()
  const waited = calls.find((one) => one.waited !== undefined)?.waited
  if (waited !== undefined)
    found.set('loading', { condition: 'loading', show: 'That it is being loaded', test: waited })
  for (const { status, told } of calls)
    if (status >= 400 && !found.has(String(status)))
      found.set(String(status), {
        condition: String(status),
        show: told?.text ?? 'Seen, and nothing was said to people',
        ...(told !== undefined && { test: told.test }),
      })
  return [...found.values()]
}

/** In milliseconds, rounded up to what people would promise: half as much again as was measured. */
function quantile(times: readonly number[]): number {
  if (times.length === 0) return 0
  const sorted = times.toSorted((a, b) => a - b)
  const p75 = sorted[Math.ceil(sorted.length * 0.75) - 1] ?? 0
  return Math.max(100, Math.ceil((p75 * 1.5) / 50) * 50)
}

function stepId(screen: string): string {
  const parts = screen.split(/[/#]/).filter(Boolean)
  const last = parts.at(-1)
  if (last === undefined) return 'home'
  if (!last.startsWith(':')) return slugOf(last) || 'screen'
  const word = parts.findLast((one) => !one.startsWith(':'))
  return slugOf(word === undefined ? last : singular(word)) || 'screen'
}

function common<Item>(some: ReadonlySet<Item>, others: ReadonlySet<Item>): Set<Item> {
  return new Set([...some].filter((one) => others.has(one)))
}

function fresh(name: string, taken: Iterable<string>, joint = '-'): string {
  const all = new Set(taken)
  let unique = name
  for (let number = 2; all.has(unique); number++) unique = `${name}${joint}${number}`
  return unique
}

function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')
}

function words(id: string): string {
  const text = id.replace(/[-_]+/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function capital(text: string): string {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .map((one) => one.charAt(0).toUpperCase() + one.slice(1))
    .join('')
}

function singular(text: string): string {
  if (/ies$/i.test(text)) return text.replace(/ies$/i, 'y')
  if (/(ss|us|is)$/i.test(text)) return text
  return text.replace(/(ch|sh|x|s)es$/i, '$1').replace(/s$/i, '')
}

function quoted(name: string): string {
  return /^[^."[\]{}]+$/.test(name) ? name : `"${name.replace(/["\\]/g, String.raw`\$&`)}"`
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
}
