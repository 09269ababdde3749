import { bodyField, classesOf, type Field, type Graph, type Operation } from '@throughline/core'
import type { Check } from '../check-kind.ts'
import { jsonOf } from '../exchange.ts'

/** `classified-data`: a field in an answer whose class is `never in a response`, or that sounds like a secret nobody described. */
export const classifiedData: Check = function* (exchange, { graph, operation }) {
  const body = jsonOf(exchange)
  if (body === undefined || body === null || typeof body !== 'object') return
  const known = knownIn(graph, operation)
  const told = new Set<string>()
  for (const { path, name } of fieldsIn(body)) {
    if (told.has(path)) continue
    told.add(path)
    let id = known.get(path)
    if (id === undefined) {
      const found = classesOf(graph).classOf(operation, path, fieldCalled(path, name))
      id = found?.rules.includes('never in a response') === true ? found.id : ''
      if (known.size < mostKnown) known.set(path, id)
    }
    if (id === '') continue
    yield {
      check: 'classified-data',
      severity: 'error',
      message: `\`${path}\` is ${id}, which the policy has never in a response.`,
      cause: path,
      at: `body:${path}`,
      field: path,
    }
  }
}

/** By path of an answer: the class that must not be there, or `''`. */
function knownIn(graph: Graph, operation: Operation): Map<string, string> {
  let byOperation = remembered.get(graph)
  if (byOperation === undefined) remembered.set(graph, (byOperation = new WeakMap()))
  let known = byOperation.get(operation)
  if (known === undefined) byOperation.set(operation, (known = new Map()))
  return known
}

const remembered = new WeakMap<Graph, WeakMap<Operation, Map<string, string>>>()
const mostKnown = 5000

/** The policy also speaks of what the contract does not describe. */
function fieldCalled(path: string, name: string): Field {
  return { ...bodyField(undefined), path, name }
}

interface Found {
  readonly path: string
  readonly name: string
}

function* fieldsIn(value: object, path = '', depth = 0): Generator<Found> {
  if (depth > 12) return
  if (Array.isArray(value)) {
    for (const one of value.slice(0, 20) as unknown[])
      if (one !== null && typeof one === 'object') yield* fieldsIn(one, `${path}[]`, depth + 1)
    return
  }
  for (const [name, one] of Object.entries(value).slice(0, 500) as [string, unknown][]) {
    const at = path === '' ? name : `${path}.${name}`
    if (one !== null && one !== '') yield { path: at, name }
    if (one !== null && typeof one === 'object') yield* fieldsIn(one, at, depth + 1)
  }
}
