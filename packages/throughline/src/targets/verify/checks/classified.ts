import { bodyField, classesOf, type Field, type Graph, type Operation } from '@throughline/core'
import type { Check } from '../check-kind.ts'
import { jsonOf } from '../exchange.ts'

/** `classified-data`: a field in an answer whose class is `never in a response`, or that sounds like a secret nobody described. */
export const classifiedData: Check = (exchange, { graph, operation }) => {
  const body = jsonOf(exchange)
  if (body === undefined || body === null || typeof body !== 'object') return []
  const known = knownIn(graph, operation)
  if (known.clean === body) return []
  const seen: Seen = { graph, operation, known, found: new Map() }
  look(body, known.whole, seen, 0)
  if (seen.found.size === 0) known.clean = body
  return [...seen.found.values()].map(({ path, id }) => ({
    check: 'classified-data',
    severity: 'error',
    message: `\`${path}\` is ${id}, which the policy has never in a response.`,
    cause: path,
    at: `body:${path}`,
    field: path,
  }))
}

/** A place in the answers of an operation, as they were seen: thousands of answers are looked at, and their fields are the same. */
interface Place {
  readonly path: string
  /** The class that must not be there, or `''`. */
  readonly id: string
  readonly fields: Map<string, Place>
  items?: Place
}

/** What was seen in the answers of one operation. */
interface Known {
  readonly whole: Place
  /** The last body in which nothing was found: the next answer may say the same. */
  clean?: object
  /** How many more fields are remembered: keys that are ids never end. */
  more: number
}

interface Seen {
  readonly graph: Graph
  readonly operation: Operation
  readonly known: Known
  /** By path. */
  readonly found: Map<string, Place>
}

const remembered = new WeakMap<Graph, WeakMap<Operation, Known>>()
const mostKnown = 5000
const mostFields = 500
const mostItems = 20
const deepest = 12

function knownIn(graph: Graph, operation: Operation): Known {
  let byOperation = remembered.get(graph)
  if (byOperation === undefined) remembered.set(graph, (byOperation = new WeakMap()))
  let known = byOperation.get(operation)
  if (known === undefined)
    byOperation.set(operation, (known = { whole: placeAt('', ''), more: mostKnown }))
  return known
}

function placeAt(path: string, id: string): Place {
  return { path, id, fields: new Map() }
}

function look(value: object, place: Place, seen: Seen, depth: number): void {
  if (depth > deepest) return
  if (Array.isArray(value)) {
    place.items ??= placeAt(`${place.path}[]`, '')
    const most = Math.min(value.length, mostItems)
    for (let index = 0; index < most; index++) {
      const one: unknown = value[index]
      if (one !== null && typeof one === 'object') look(one, place.items, seen, depth + 1)
    }
    return
  }
  let count = 0
  for (const name in value) {
    if (count++ === mostFields) return
    const one = (value as Readonly<Record<string, unknown>>)[name]
    if (one === null || one === '') continue
    const field = place.fields.get(name) ?? fieldAt(place, name, seen)
    if (field.id !== '') seen.found.set(field.path, field)
    if (typeof one === 'object') look(one, field, seen, depth + 1)
  }
}

function fieldAt(place: Place, name: string, { graph, operation, known }: Seen): Place {
  const path = place.path === '' ? name : `${place.path}.${name}`
  const found = classesOf(graph).classOf(operation, path, fieldCalled(path, name))
  const isNever = found?.rules.includes('never in a response') === true
  const field = placeAt(path, isNever ? found.id : '')
  if (known.more-- > 0) place.fields.set(name, field)
  return field
}

/** The policy also speaks of what the contract does not describe. */
function fieldCalled(path: string, name: string): Field {
  return { ...bodyField(undefined), path, name }
}
