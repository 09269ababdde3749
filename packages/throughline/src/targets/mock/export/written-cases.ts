import { nameOf, nodesOfKind } from '@throughline/core'
import type { Graph, Operation } from '@throughline/core'
import { scenarioNamed } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { resourcesOf } from '../world/resources.ts'
import type { ExportOptions } from './export-format.ts'
import { byPrecision, casesOf, commentOf } from './msw-handlers.ts'
import type { Case } from './msw-handlers.ts'
import { exportGround } from './plain-answer.ts'

/** An operation with every answer that it gives, for those who can only be told answers. */
export interface WrittenOperation {
  readonly operation: Operation
  readonly cases: readonly Case[]
  /** The steps that it is for. */
  readonly comment: string
}

/** Every REST operation of a workspace while a scenario is played, the more precise paths first. */
export function writtenCases(
  graph: Graph,
  options: ExportOptions,
  tool: string,
): {
  readonly operations: readonly WrittenOperation[]
  readonly leftOut: Set<string>
  readonly scenario: Scenario | undefined
} {
  const scenario =
    options.scenario === undefined ? undefined : scenarioNamed(graph, options.scenario)
  const dataset = scenario?.dataset ?? options.dataset
  const wanted = { ...options, ...(dataset !== undefined && { dataset }) }
  const leftOut = new Set<string>()
  const operations = graph.apis.flatMap(({ name, contract }) => {
    if (contract === undefined) return []
    if (contract.protocol === 'graphql') {
      leftOut.add(`${name}: GraphQL is left out (${contract.operations.length} operations)`)
      return []
    }
    const own = [...nodesOfKind(graph, 'operation')].filter((one) => one.api === name)
    const ground = exportGround(resourcesOf(own), wanted)
    return own.toSorted(byPrecision).map((operation) => ({
      operation,
      cases: casesOf(operation, scenario, ground, wanted, leftOut, tool),
      comment: commentOf(graph, operation),
    }))
  })
  return { operations, leftOut, scenario }
}

/** The body of an answer as text; `undefined` for none, and for bytes that are no text. */
export function textOf(one: Case): string | undefined {
  if ('json' in one) return JSON.stringify(one.json, undefined, 2)
  return one.text
}

/** `fault` and bytes that a file of text cannot tell. */
export function untold(one: Case, operation: Operation): string | undefined {
  if (one.fault !== undefined)
    return `${nameOf(operation.id)}: ${one.fault === 'timeout' ? 'an answer that never comes' : 'a cut connection'}`
  if (one.base64 !== undefined) return `${nameOf(operation.id)}: a body that is no text`
  return undefined
}

/** A path with the parameters that a case wants filled in; the others say `sample`. */
export function concretePath(operation: Operation, one: Case): string {
  const wanted: unknown = one.when?.['path']
  return operation.path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const safe = name.replace(/\W/g, '_')
    const value: unknown =
      wanted !== null && typeof wanted === 'object' && Object.hasOwn(wanted, safe)
        ? Reflect.get(wanted, safe)
        : undefined
    return encodeURIComponent(
      typeof value === 'string' || typeof value === 'number' ? String(value) : 'sample',
    )
  })
}
