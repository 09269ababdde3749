import { globOf, validatorOf, type Graph } from '@throughline/core'
import type { Check } from '../check-kind.ts'
import { jsonOf } from '../exchange.ts'

/** `response-schema`: a value in a successful answer that is not what the policy's `validation` asks of its field, whatever the contract promises. */
export const policyValues: Check = function* (exchange, { graph, operation }) {
  const { outcome } = exchange
  if (outcome.kind !== 'answered' || outcome.status >= 300) return
  const rules = rulesOf(graph)
  if (rules.length === 0) return
  const told = new Set<string>()
  for (const { path, value } of valuesIn(jsonOf(exchange))) {
    if (value === null || told.has(path)) continue
    for (const { match, matches, validate } of rules) {
      if (!matches(path) && !matches(`${operation.api}.${operation.name}.${path}`)) continue
      if (validate.test(value)) continue
      told.add(path)
      yield {
        check: 'response-schema',
        severity: 'error',
        message: `\`${path}\` is not what the policy asks of \`${match}\`.`,
        cause: `policy:${match}:${path}`,
        at: `body:${path}`,
        field: path,
      }
    }
  }
}

interface Rule {
  readonly match: string
  readonly matches: (path: string) => boolean
  readonly validate: ReturnType<typeof validatorOf>
}

function rulesOf(graph: Graph): readonly Rule[] {
  let rules = remembered.get(graph)
  if (rules === undefined) {
    rules = graph.declarations.policies
      .flatMap(({ validation }) => validation)
      .map(({ match, schema }) => ({
        match,
        matches: globOf(match, '.'),
        validate: validatorOf(schema),
      }))
    remembered.set(graph, rules)
  }
  return rules
}

const remembered = new WeakMap<Graph, readonly Rule[]>()

interface Found {
  readonly path: string
  readonly value: unknown
}

function* valuesIn(value: unknown, path = '', depth = 0): Generator<Found> {
  if (depth > 12 || value === null || typeof value !== 'object') return
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 20) as unknown[]) {
      yield { path: `${path}[]`, value: one }
      yield* valuesIn(one, `${path}[]`, depth + 1)
    }
    return
  }
  for (const [name, one] of Object.entries(value).slice(0, 500) as [string, unknown][]) {
    const at = path === '' ? name : `${path}.${name}`
    yield { path: at, value: one }
    yield* valuesIn(one, at, depth + 1)
  }
}
