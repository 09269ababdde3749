import type { Operation, Resource } from '@throughline/core'
import { life, putIsIdempotent, unchangedIsKnown, type Doings } from '../stateful/life.ts'
import { pages } from '../stateful/pages.ts'
import { sameKey } from '../stateful/same-key.ts'
import type { Script, Talk } from '../talk.ts'

/** One script for each resource: its things are made, read, changed and taken away; and what stands by itself. */
export function* statefulScripts({
  operations,
  relations,
}: Pick<Talk, 'operations' | 'relations'>): Generator<Script> {
  const resources = new Map<Resource, { -readonly [Key in keyof Doings]: Doings[Key] }>()
  const alone: Operation[] = []
  for (const operation of operations) {
    const role = relations(operation).role(operation)
    if (role?.kind !== 'whole') {
      if (operation.method === 'GET') alone.push(operation)
      if (role?.kind === 'view' && operation.method === 'GET') {
        const turned = pages({ ...role.resource, list: { ...role.shape, operation } })
        if (turned !== undefined) yield turned
      }
      continue
    }
    let doings = resources.get(role.resource)
    if (doings === undefined) resources.set(role.resource, (doings = { resource: role.resource }))
    doings[role.does] ??= operation
  }
  for (const doings of resources.values()) {
    const { resource, list, read } = doings
    const scripts = [life(doings), pages(resource)].filter((one) => one !== undefined)
    yield async (talk) => {
      for (const one of scripts) await one(talk)
      if (list !== undefined) await unchangedIsKnown(talk, { read: list }, undefined)
      if (resource.kind === 'single') {
        await unchangedIsKnown(talk, doings, undefined)
        await putIsIdempotent(talk, doings, undefined)
      } else if (doings.create === undefined && read !== undefined)
        await unchangedIsKnown(talk, { read }, undefined)
    }
  }
  for (const read of alone) yield (talk) => unchangedIsKnown(talk, { read }, undefined)
  for (const operation of operations) {
    const script = sameKey(operation)
    if (script !== undefined) yield script
  }
}
