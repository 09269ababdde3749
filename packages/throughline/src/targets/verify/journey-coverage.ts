import { conditionsOf, nodeOf, nodesOfKind, type Graph } from '@throughline/core'
import type { Coverage } from './coverage.ts'
import type { Ledger } from './ledger.ts'

/** What a run reached of what one journey promises. */
export interface JourneyCoverage {
  readonly name: string
  /** Operations that its steps call, and that answered. */
  readonly operations: Part
  readonly needs: Part
  /** Documented statuses of those operations. */
  readonly statuses: Part
  /** Designed states that a backend can bring about. */
  readonly states: Part
  readonly missing: readonly MissingPart[]
}

export interface Part {
  readonly reached: number
  readonly total: number
}

interface MissingPart {
  readonly kind: (typeof partsOfJourneys)[number]
  /** `store.getBasket 404`, `checkout/basket items[].price`. */
  readonly name: string
  /** What stood in the way, in words. */
  readonly why: string
  /** An earlier run has reached it: `reached/` knows how. */
  readonly before?: true
}

export const partsOfJourneys = ['operations', 'needs', 'statuses', 'states'] as const

/** The coverage of a run as journeys see it. What the run was told not to ask counts as not reached. */
export function journeyCoverage(
  graph: Graph,
  coverage: Coverage,
  ledger: Ledger,
): readonly JourneyCoverage[] {
  const answered = new Set(coverage.operations.answered)
  const reasons = new Map(
    partsOfJourneys.map((kind) => [
      kind,
      new Map(coverage[kind].unreached.map(({ name, why }) => [name, why])),
    ]),
  )
  const asked = (operation: string): boolean =>
    answered.has(operation) || reasons.get('operations')!.has(operation)

  return graph.journeys.map((journey) => {
    const named = new Map(partsOfJourneys.map((kind) => [kind, new Map<string, string>()] as const))
    for (const step of nodesOfKind(graph, 'step')) {
      if (step.journey !== journey.id) continue
      for (const id of step.calls) {
        const call = nodeOf(graph, 'call', id)
        const operation = nodeOf(graph, 'operation', call?.operation)
        if (call === undefined || operation === undefined) continue
        const name = `${operation.api}.${operation.name}`
        named.get('operations')!.set(name, name)
        for (const { status } of operation.responses())
          named.get('statuses')!.set(`${name} ${status}`, name)
        for (const need of call.needs) {
          const path = nodeOf(graph, 'need', need)?.path
          if (path !== undefined) named.get('needs')!.set(`${step.name} ${path}`, name)
        }
      }
      for (const { condition, call, detail, designed } of conditionsOf(graph, step)) {
        const operation = nodeOf(graph, 'operation', call.operation)
        const isAskable = condition === 'empty' ? detail !== undefined : /^\d/.test(condition)
        if (operation === undefined || designed === undefined || !isAskable) continue
        const name = `${operation.api}.${operation.name}`
        named.get('states')!.set(`${step.name} ${call.name} ${condition}`, name)
      }
    }
    const missing: MissingPart[] = []
    const part = (kind: (typeof partsOfJourneys)[number]): Part => {
      const all = named.get(kind)!
      let reached = 0
      for (const [name, operation] of all) {
        const why = asked(operation) ? reasons.get(kind)!.get(name) : 'not asked in this run'
        if (why === undefined) {
          reached++
          continue
        }
        const isKnown =
          kind === 'statuses' &&
          ledger.get(operation)?.has(name.slice(operation.length + 1)) === true
        missing.push({ kind, name, why, ...(isKnown && { before: true as const }) })
      }
      return { reached, total: all.size }
    }
    return {
      name: journey.name,
      operations: part('operations'),
      needs: part('needs'),
      statuses: part('statuses'),
      states: part('states'),
      missing,
    }
  })
}
