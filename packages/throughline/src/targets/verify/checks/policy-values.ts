import { globOf, validatorOf, type Graph } from '@throughline/core'
import type { Check } from '../check-kind.ts'
import { dataIn } from '../data-in.ts'

/** `response-schema`: a value in a successful answer that is not what the policy's `validation` asks of its field, whatever the contract promises. */
export const policyValues: Check = function* (exchange, { graph, operation }) {
  const { outcome } = exchange
  if (outcome.kind !== 'answered' || outcome.status >= 300) return
  const rules = rulesOf(graph)
  if (rules.length === 0) return
  const { verdict, request } = exchange.case
  // What was asked for in a strange way comes back in the answer: that is the question's fault.
  const asked = new Set<unknown>(verdict.kind === 'valid' ? [] : request.pathParameters.values())
  const told = new Set<string>()
  for (const { operation: owner, path, shown, value } of dataIn(exchange, graph)) {
    const key = `${owner}.${path}`
    if (value === null || told.has(key) || asked.has(value)) continue
    for (const { match, matches, validate } of rules) {
      if (!matches(path) && !matches(`${operation.api}.${key}`)) continue
      if (validate.test(value)) continue
      told.add(key)
      yield {
        check: 'response-schema',
        severity: 'error',
        message: `\`${shown}\` is not what the policy asks of \`${match}\`.`,
        cause: `policy:${match}:${path}`,
        at: `body:${shown}`,
        ...(owner === operation.name && { field: path }),
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
