import { nodeOf, nodesOfKind } from '../2-link/ask.ts'
import type { CallNode, Graph, StepNode } from '../2-link/graph.ts'
import { classesOf } from '../3-check/classes.ts'
import { classificationDetails, classificationNames } from '../3-check/data-classification.ts'
import { matchingFields, type MatchingField } from '../3-check/matching-fields.ts'
import { linkedCalls, operationName } from '../3-check/of-call.ts'
import { ruleBroken } from '../3-check/policy-class.ts'
import type { OperationId } from '../operation/operation.ts'
import type { Origin } from '../text/origin.ts'
import { originOf } from '../text/site.ts'
import type { Lineage, LineageClass, LineageEntry, LineageScreen } from './lineage.ts'

/** Which classified data reaches which operation, screen and person, why, and under which rule. Remembered by the graph. */
export function lineageOf(graph: Graph): Lineage {
  let lineage = remembered.get(graph)
  if (lineage === undefined) remembered.set(graph, (lineage = traced(graph)))
  return lineage
}

const remembered = new WeakMap<Graph, Lineage>()

/** Where the contract describes the field of an entry that `lineageOf` has given; undefined for any other. */
export function originOfEntry(entry: LineageEntry): Origin | undefined {
  const match = matches.get(entry)
  return match && originOf(match.field.schema ?? match.operation.site, 'key')
}

const matches = new WeakMap<LineageEntry, MatchingField>()

function traced(graph: Graph): Lineage {
  const calls = Map.groupBy(linkedCalls(graph), (one) => one.operation.id)
  const entries = new Map<string, LineageEntry>()
  for (const { contract } of graph.apis) {
    if (contract === undefined) continue
    for (const match of matchingFields(contract, classesOf(graph).wanted)) {
      const key = `${match.operation.id} ${match.place} ${match.path}`
      if (entries.has(key)) continue
      const entry = entryOf(graph, calls, match)
      if (entry === undefined) continue
      entries.set(key, entry)
      matches.set(entry, match)
    }
  }
  const order = new Map([...nodesOfKind(graph, 'class')].map(({ name }, index) => [name, index]))
  const place = (name: string): number => order.get(name) ?? order.size
  const all = [...entries.values()].toSorted(
    (a, b) => place(a.class) - place(b.class) || compared(a.class, b.class),
  )
  return { name: graph.name, classes: classesIn(graph, all), entries: all }
}

type Calls = ReadonlyMap<
  OperationId,
  readonly { readonly step: StepNode; readonly call: CallNode }[]
>

function entryOf(graph: Graph, calls: Calls, match: MatchingField): LineageEntry | undefined {
  const { operation, path, place, field } = match
  const declaration = classesOf(graph).classOf(operation, path, field)
  const name = declaration?.id ?? classificationNames(field.classification)[0]
  if (name === undefined) return undefined
  const isReturned = place === 'response' || (place === 'header' && path.startsWith('header:'))
  const users = calls.get(operation.id) ?? []
  const screens = users.flatMap(({ step, call }) => screenOf(graph, step, call, path, isReturned))
  const broken = declaration === undefined ? undefined : ruleBroken(declaration, match)
  return {
    class: name,
    declared: declaration !== undefined,
    rules: declaration?.rules ?? [],
    ...classificationDetails(field.classification),
    api: operation.api,
    operation: operationName(operation),
    request: `${operation.method} ${operation.path}`,
    ...(operation.owner !== undefined && { owner: operation.owner }),
    direction: isReturned ? 'returned' : 'sent',
    place,
    path,
    screens,
    ...(broken !== undefined && { broken: broken.rule, code: broken.code }),
    unneeded: isReturned && users.length > 0 && screens.length === 0,
  }
}

function screenOf(
  graph: Graph,
  step: StepNode,
  call: CallNode,
  path: string,
  isReturned: boolean,
): readonly LineageScreen[] {
  const needs = call.needs.flatMap((id) => nodeOf(graph, 'need', id) ?? [])
  const need = isReturned ? needs.find((one) => isWithin(path, one.path)) : undefined
  const isSent = !isReturned && call.sends.some((one) => isWithin(path, one.path))
  if (need === undefined && !isSent) return []
  const journey = nodeOf(graph, 'journey', step.journey)
  const persona = nodeOf(graph, 'persona', journey?.persona)
  const who = persona?.declaration.title ?? persona?.name
  return [
    {
      step: step.name,
      title: step.title,
      ...(step.screen !== undefined && { screen: step.screen }),
      journey: journey?.title ?? step.name.split('/')[0]!,
      ...(who !== undefined && { persona: who }),
      ...(need !== undefined && { need: need.id }),
      ...(need?.why !== undefined && { why: need.why }),
      ...(journey?.goal !== undefined && { goal: journey.goal }),
      ...(journey?.owner !== undefined && { owner: journey.owner }),
    },
  ]
}

/** Who reads or sends a whole object has all that is in it. */
function isWithin(path: string, whole: string): boolean {
  if (whole === '' || path === whole) return true
  return path.startsWith(whole) && /^[.[{]/.test(path.slice(whole.length))
}

function classesIn(graph: Graph, entries: readonly LineageEntry[]): readonly LineageClass[] {
  const found = Map.groupBy(entries, (one) => one.class)
  const declared = [...nodesOfKind(graph, 'class')]
  for (const { name } of declared) if (!found.has(name)) found.set(name, [])
  const rules = new Map(declared.map(({ name, declaration }) => [name, declaration.rules]))
  const names = [...rules.keys(), ...[...found.keys()].filter((name) => !rules.has(name))]
  return names.map((name) => {
    const own = found.get(name) ?? []
    const screens = own.flatMap((one) => one.screens)
    return {
      class: name,
      declared: rules.has(name),
      rules: rules.get(name) ?? [],
      fields: own.length,
      operations: new Set(own.map((one) => one.operation)).size,
      screens: new Set(screens.map((one) => one.step)).size,
      personas: [...new Set(screens.flatMap((one) => one.persona ?? []))],
      broken: own.filter((one) => one.broken !== undefined).length,
      unneeded: own.filter((one) => one.unneeded).length,
    }
  })
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
