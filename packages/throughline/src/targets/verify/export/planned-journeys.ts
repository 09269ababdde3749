import {
  findInAnswer,
  mainContent,
  nodeOf,
  relationsOf,
  seededChoices,
  segmentsOf,
  successResponse,
  type Graph,
  type Operation,
  type Relations,
  type SaidRequest,
  type StepNode,
} from '@throughline/core'
import { ledgerFrom, recipeCase, type Ledger } from '../ledger.ts'
import { caseOf, type Case } from '../case.ts'
import { usualRequest } from '../usual-request.ts'

/** What somebody does on the way through a journey, as requests in their order: what tests of other tools are written from. */
interface PlannedJourney {
  readonly name: string
  readonly title: string
  readonly goal?: string
  readonly calls: readonly PlannedCall[]
}

export interface PlannedCall {
  /** Tells it from the others of its journey: `basket-getBasket`. */
  readonly id: string
  readonly step: StepNode
  readonly operation: Operation
  readonly case: Case
  readonly said: SaidRequest
  /** Parameters of the path whose value an answer before it tells. */
  readonly told: readonly {
    readonly name: string
    readonly by: PlannedCall
    /** Where in that answer: `items`, `0`, `id`. */
    readonly at: readonly string[]
  }[]
  /** The documented success; 200 where it is a class. */
  readonly status: number
  readonly isJson: boolean
  /** What the step needs of the answer and the contract promises. */
  readonly needs: readonly { readonly path: string; readonly names: readonly string[] }[]
  /** What people see when it goes another way. */
  readonly states: readonly {
    readonly condition: string
    readonly show: string
    readonly recover?: string
  }[]
}

export interface Planned {
  readonly journeys: readonly PlannedJourney[]
  readonly leftOut: readonly string[]
}

/** `readFile` gives what `reached/` keeps: a request that worked goes before one that is only likely. */
export function plannedJourneys(
  graph: Graph,
  {
    seed = '1',
    readFile = () => undefined,
  }: { readonly seed?: string; readonly readFile?: (path: string) => Uint8Array | undefined },
): Planned {
  const leftOut: string[] = []
  const ledgers = new Map<string, Ledger>()
  const relations = new Map<string, Relations>()
  for (const { name, contract } of graph.apis) {
    if (contract?.protocol !== 'rest') continue
    const kept = readFile(`reached/${name}.json`)
    ledgers.set(name, (kept && ledgerFrom(new TextDecoder().decode(kept), name)) ?? new Map())
    relations.set(name, relationsOf(contract.operations))
  }
  const journeys = graph.journeys.map((journey): PlannedJourney => {
    const calls: PlannedCall[] = []
    for (const id of journey.steps) {
      const step = nodeOf(graph, 'step', id)
      for (const callId of step?.calls ?? []) {
        const call = nodeOf(graph, 'call', callId)
        const operation = nodeOf(graph, 'operation', call?.operation)
        if (step === undefined || call === undefined || operation === undefined) continue
        if (operation.protocol !== 'rest') {
          leftOut.push(`${step.name}: ${call.name} is GraphQL`)
          continue
        }
        const one = caseFor(operation, ledgers.get(operation.api) ?? new Map(), seed)
        if (one === undefined) {
          leftOut.push(`${step.name}: the request of ${call.name} cannot be said`)
          continue
        }
        const plainId = `${step.step}-${operation.name}`.replaceAll(/[^\w-]/g, '-')
        const success = successResponse(operation)
        const status = Number(success?.status)
        const content = mainContent(success?.content ?? [])
        calls.push({
          id: calls.some((before) => before.id === plainId)
            ? `${plainId}-${calls.length + 1}`
            : plainId,
          step,
          operation,
          case: one,
          said: one.said,
          told: toldBy(operation, calls, relations.get(operation.api)!),
          status: status >= 200 ? status : 200,
          isJson: content !== undefined && /json/i.test(content.type),
          needs: call.needs.flatMap((need) => {
            const found = nodeOf(graph, 'need', need)
            const names = found && namesOf(operation, found.path)
            return found === undefined || names === undefined || found.absent !== undefined
              ? []
              : [{ path: found.path, names }]
          }),
          states: [...new Set([...call.states, ...step.states])].flatMap((state) => {
            const found = nodeOf(graph, 'state', state)
            if (found?.show === undefined) return []
            const { condition, show, recover } = found
            return [{ condition, show, ...(recover !== undefined && { recover }) }]
          }),
        })
      }
    }
    return {
      name: journey.name,
      title: journey.title,
      calls,
      ...(journey.goal !== undefined && { goal: journey.goal }),
    }
  })
  return { journeys: journeys.filter(({ calls }) => calls.length > 0), leftOut }
}

function caseFor(operation: Operation, ledger: Ledger, seed: string): Case | undefined {
  const name = `${operation.api}.${operation.name}`
  const success = successResponse(operation)?.status
  const known = success === undefined ? undefined : ledger.get(name)?.get(success)
  return (
    (known && recipeCase(operation, success!, known)) ??
    caseOf({
      operation,
      phase: 'journeys',
      name: 'plain',
      said: usualRequest(operation, { choices: seededChoices(`${seed} ${name}`) }),
    })
  )
}

/** `/orders/{orderId}`: the first thing of the list before it, or what was made before it. */
function toldBy(
  operation: Operation,
  before: readonly PlannedCall[],
  relations: Relations,
): PlannedCall['told'] {
  return [...operation.path.matchAll(/\/\{([^{}]+)\}/g)].flatMap((found) => {
    const collection = nameless(operation.path.slice(0, found.index))
    for (const by of before.toReversed()) {
      if (by.operation.api !== operation.api) continue
      const role = relations.role(by.operation)
      if (role?.kind !== 'whole' || nameless(role.resource.path) !== collection) continue
      const { idProperty, list, read } = role.resource
      if (idProperty === undefined) continue
      if (role.does === 'list' && list !== undefined)
        return [{ name: found[1]!, by, at: [...list.place, '0', idProperty] }]
      if (role.does === 'create')
        return [{ name: found[1]!, by, at: [...(read?.place ?? []), idProperty] }]
    }
    return []
  })
}

function nameless(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}').replace(/\/$/, '')
}

/** A need that is promised as a path of plain names, up to the first list or map. */
function namesOf(operation: Operation, path: string): readonly string[] | undefined {
  if (path.startsWith('header:')) return undefined
  const found = findInAnswer(operation, path)
  if (!('field' in found) || found.absence.length > 0) return undefined
  const names: string[] = []
  for (const segment of segmentsOf(path) ?? []) {
    if (segment.kind !== 'name') break
    names.push(segment.name)
  }
  return names.length === 0 ? undefined : names
}
