import {
  draftedContract,
  generalPath,
  nameOf,
  nodesOfKind,
  operationIdOf,
  routerOf,
  usageOf,
} from '@throughline/core'
import type { Graph, Operation, Seen } from '@throughline/core'
import type { Found, FoundRule } from './import-format.ts'
import { slug } from './parts.ts'

/** What an import writes into a workspace. */
export interface Imported {
  /** Values for YAML, by workspace path. */
  readonly files: ReadonlyMap<string, object>
  /** The API whose contract was drafted; the workspace has none for what was found. */
  readonly api?: { readonly name: string; readonly contract: string }
  /** Operations of the workspace that were found in the file. */
  readonly operations: readonly string[]
  /** The steps that call them. */
  readonly steps: readonly string[]
  readonly changed: readonly string[]
  readonly lost: readonly string[]
}

/**
 * The files of an import: a scenario for what a contract of the workspace describes, and a drafted contract, with the
 * answers as its examples, for what none does. `name` is what everything is called.
 */
export function imported(found: Found, graph: Graph, name: string): Imported {
  const lookup = finderIn(graph)
  const known = new Map<Operation, Seen[]>()
  const unknown: Seen[] = []
  for (const one of found.seen) {
    const operation = lookup(one.method, one.path)
    if (operation === undefined) unknown.push(one.concrete === true ? generalised(one) : one)
    else known.set(operation, [...(known.get(operation) ?? []), one])
  }
  const api = freshApi(graph, name)
  const contract = `apis/${api}.openapi.yaml`
  const files = new Map<string, object>()
  if (unknown.length > 0) files.set(contract, draftedContract(found.title, unknown))
  const hasData = Object.keys(found.data).length > 0
  const dataFile = `data/${name}.data.yaml`
  if (hasData) files.set(dataFile, found.data)
  const lost = [...found.lost]
  for (const [index, scenario] of found.scenarios.entries()) {
    const rules = scenario.rules.map((one) => ruleOf(one, lookup, api))
    // What the file answers when no rule holds is an example of a drafted contract; of others, the last rule.
    if (index === 0)
      for (const [operation, answers] of known) {
        const usual = answers.find((one) => one.concrete !== true && one.body !== undefined)
        if (usual !== undefined)
          rules.push({
            operation: nameOf(operation.id),
            respond: { status: usual.status, body: usual.body },
          })
      }
    const dataset = hasData && scenario.withData === true ? { dataset: dataFile } : {}
    if (rules.length === 0 && !('dataset' in dataset)) continue
    files.set(`scenarios/${scenario.name}.scenario.yaml`, {
      scenario: scenario.name,
      title: scenario.title,
      ...dataset,
      rules,
    })
  }
  const operations = [...known.keys()].map((one) => nameOf(one.id))
  return {
    files,
    ...(unknown.length > 0 && { api: { name: api, contract } }),
    operations,
    steps: [
      ...new Set(operations.flatMap((one) => usageOf(graph, one).callers.map(({ step }) => step))),
    ],
    changed: [...new Set(found.changed)],
    lost: [...new Set(lost)],
  }
}

type Find = (method: string, path: string) => Operation | undefined

/** The operation of the workspace that a method and a path mean, whatever its parameters are called. */
function finderIn(graph: Graph): Find {
  const apis = graph.apis.flatMap(({ name, contract }) =>
    contract === undefined || contract.protocol === 'graphql'
      ? []
      : [
          routerOf(
            [...nodesOfKind(graph, 'operation')].filter((one) => one.api === name),
            contract.basePaths,
          ),
        ],
  )
  return (method, path) => {
    for (const router of apis) {
      const match = router.match(method, path.replace(/\{([^}]*)\}/g, '$1'), '')
      if (match.kind === 'found') return match.operation
    }
    return undefined
  }
}

function ruleOf({ method, path, concrete, rule }: FoundRule, find: Find, api: string): object {
  const operation = find(method, path)
  if (operation === undefined) {
    const own = concrete === true ? generalPath(path) : path
    return { operation: `${api}.${operationIdOf(method, own)}`, ...rule }
  }
  const theirs = namesIn(path)
  const ours = namesIn(operation.path)
  const names = new Map(theirs.map((name, index) => [name, ours.at(index - theirs.length) ?? name]))
  return { operation: nameOf(operation.id), ...renamed(rule, names) }
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map((one) => one[1]!)
}

/** The rule with the contract's names of path parameters: in `when.path`, and in templates. */
function renamed(
  rule: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(rule, (key, value: unknown) => {
    if (key === 'matches' && value !== null && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([place, one]) => [
          place.replace(/^path\.(.+)$/, (_, name: string) => `path.${names.get(name) ?? name}`),
          one,
        ]),
      )
    if (key === 'path' && value !== null && typeof value === 'object')
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [names.get(name) ?? name, one]),
      )
    return key === 'template' && typeof value === 'string'
      ? value.replace(/\bpath\.([\w-]+)/g, (_, name: string) => `path.${names.get(name) ?? name}`)
      : value
  })
  return JSON.parse(text) as Readonly<Record<string, unknown>>
}

function generalised(one: Seen): Seen {
  return { ...one, path: generalPath(one.path) }
}

function freshApi(graph: Graph, name: string): string {
  const taken = new Set(graph.apis.map((one) => one.name))
  let unique = slug(name, 'api')
  for (let number = 2; taken.has(unique); number++) unique = `${name}-${number}`
  return unique
}
