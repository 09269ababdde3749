import { bodyField, classesOf, type Field } from '@throughline/core'
import type { Check } from '../check-kind.ts'
import { jsonOf } from '../exchange.ts'

/** `classified-data`: a field in an answer whose class is `never in a response`, or that sounds like a secret nobody described. */
export const classifiedData: Check = function* (exchange, { graph, operation }) {
  const body = jsonOf(exchange)
  if (body === undefined || body === null || typeof body !== 'object') return
  const classes = classesOf(graph)
  const told = new Set<string>()
  for (const { path, name } of fieldsIn(body)) {
    if (told.has(path)) continue
    told.add(path)
    const found = classes.classOf(operation, path, fieldCalled(path, name))
    if (found?.rules.includes('never in a response') !== true) continue
    yield {
      check: 'classified-data',
      severity: 'error',
      message: `\`${path}\` is ${found.id}, which the policy has never in a response.`,
      cause: path,
      at: `body:${path}`,
      field: path,
    }
  }
}

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
