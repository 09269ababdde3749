import { plain, singular } from '@throughline/core'
import type { Field } from '@throughline/core'
import { requestRead } from '../request-read.ts'
import { childrenOf, isEntity, isValid, patched, withEntries } from './entity.ts'
import type { Entity } from './entity.ts'
import type { WorldCall } from './scene.ts'
import { HOLDER } from './row-property.ts'

/** What is sent: `orders`, and how one of them looks. */
interface Thing {
  readonly name: string
  readonly item: Field
}

/** What a call says about a thing: its body, or what that holds where it is only an envelope, as in `{ "data": { ... } }`. */
export function bodyOf(call: WorldCall, thing?: Thing): Entity | undefined {
  if (call.body === undefined || call.body.length === 0) return undefined
  const { body } = requestRead(call.operation, call)
  if (!isEntity(body)) return undefined
  return thing === undefined ? body : unwrapped(body, thing)
}

const ENVELOPE = /^(data|item|payload|record|entity|input|object)$/i
/** What may stand beside the thing in an envelope: JSON:API's. */
const BESIDE = /^(meta|included|jsonapi|links)$/i

function unwrapped(body: Entity, { item, name }: Thing): Entity {
  const [only, ...others] = Object.keys(body).filter((one) => !BESIDE.test(one))
  const { children } = childrenOf(item)
  if (only === undefined || others.length > 0 || children.has(only)) return body
  const inner = body[only]
  if (!isEntity(inner)) return body
  const isEnvelope =
    ENVELOPE.test(only) ||
    plain(only) === plain(singular(name)) ||
    Object.keys(inner).every((one) => children.has(one))
  return isEnvelope ? inner : body
}

/**
 * What was sent for a new thing, as far as its parts can stand for themselves: of those that lack something the contract asks
 * for, and of what only holds the rest (JSON:API's `attributes`), what is made up stays.
 */
export function completed(sent: Entity, made: Entity, item: Field): Entity {
  const entries = Object.entries(sent).flatMap(([name, value]): [string, unknown][] => {
    const before = Object.hasOwn(made, name) ? made[name] : undefined
    if (!isEntity(value) || !isEntity(before)) return []
    const child = childrenOf(item).children.get(name)
    if (!HOLDER.test(name) && isValid(value, child?.schema)) return []
    return [[name, patched(before, value, child?.schema)]]
  })
  return entries.length === 0 ? sent : withEntries(sent, entries)
}
