import type { Field, Resource } from '@throughline/core'
import { isValid, overlaid, patched, withEntries } from './entity.ts'
import type { Entity } from './entity.ts'
import { numbered } from './identity.ts'
import { asEntity } from './scene.ts'
import type { Lived, Scene } from './scene.ts'
import { bodyOf } from './sent.ts'
import { current, idIn, isMissing, opened } from './things.ts'
import { full, missing, shown } from './told.ts'

/** A thing of a collection changed, replaced or taken away. */
export function change(
  resource: Resource,
  does: 'update' | 'replace' | 'remove',
  scene: Scene,
): Lived | undefined {
  const { call, world } = scene
  const id = idIn(resource, call)
  const before = current(resource, id, scene)
  if (before === undefined) {
    return isMissing(resource, id, scene) ? missing(resource) : undefined
  }
  const sent = bodyOf(call, resource)
  if (does !== 'remove' && sent === undefined) return undefined
  if (!world.hasRoom(call.body?.length ?? 0)) return full()
  const written = opened(resource, scene)
  if (does === 'remove') {
    written.rows.delete(id)
    written.gone.add(id)
    if (written.numbers !== undefined) numbered(written.numbers, id)
    return shown(before, scene, false)
  }
  const after = changed(before, sent!, does, resource.item, resource.idProperty)
  const made = written.rows.get(id)?.made
  written.rows.set(id, { value: after, written: true, ...(made === true && { made }) })
  if (written.numbers !== undefined) numbered(written.numbers, id)
  return shown(after, scene, false)
}

/** A thing with what was sent put into it, as far as people may say that, and its schema has room. */
export function changed(
  before: Entity,
  sent: Entity,
  does: 'update' | 'replace',
  item: Field,
  idProperty: string | undefined,
): Entity {
  const children = new Map(item.children().map((one) => [one.name, one]))
  const hidden = new Set(
    [...children.values()].filter((one) => one.writeOnly || one.readOnly).map((one) => one.name),
  )
  if (idProperty !== undefined) hidden.add(idProperty)
  const news = Object.fromEntries(Object.entries(sent).filter(([name]) => !hidden.has(name)))
  if (does === 'update') {
    const whole = patched(before, news, item.schema)
    return isValid(whole, item.schema) ? whole : asEntity(overlaid(before, whole, item), before)
  }
  const kept = Object.entries(before).filter(
    ([name]) =>
      hidden.has(name) || (children.get(name)?.required === true && !Object.hasOwn(news, name)),
  )
  const whole = withEntries(Object.fromEntries(kept), Object.entries(news))
  return isValid(whole, item.schema) ? whole : asEntity(overlaid(before, news, item), before)
}
