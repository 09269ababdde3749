import type { Resource } from '@throughline/core'
import { baseList } from './base.ts'
import { isEntity } from './entity.ts'
import type { Entity } from './entity.ts'
import { idOf } from './identity.ts'
import { NO_PARAMETERS, keyOf } from './scene.ts'
import type { Scene } from './scene.ts'

/** What references bring along, `undefined` where there are none: with `productId` come the name and the price of the product. */
export function referredBy(sent: Entity, scene: Scene, resource: Resource): Entity | undefined {
  const entries: [string, unknown][] = []
  for (const name of Object.keys(sent)) {
    const value = sent[name]
    if (typeof value !== 'string' && typeof value !== 'number') continue
    const target = scene.ground.resources.referred(name, resource)
    if (target === undefined || target === resource) continue
    const thing = thingIn(target, String(value), scene)
    if (thing === undefined) continue
    for (const [key, inner] of Object.entries(thing))
      if (key !== target.idProperty) entries.push([key, inner])
    // `slotId` is told as `slot: { … }` where the thing has that.
    const word = name.replace(/[-_]?id$/i, '')
    if (word !== name) entries.push([word, thing])
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** A thing of a collection without parents, if it is there. */
function thingIn(target: Resource, id: string, scene: Scene): Entity | undefined {
  const key = keyOf(target, NO_PARAMETERS, scene.ground)
  const row = scene.world.get(key)?.rows.get(id)
  if (row !== undefined) return row.value
  const found = baseList(target, NO_PARAMETERS, scene.ground).rows.find(
    (one) => idOf(one, target.idProperty) === id,
  )
  return isEntity(found) ? found : undefined
}
