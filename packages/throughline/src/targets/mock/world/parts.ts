import { knownBody } from '@throughline/core'
import type { Field, MediaType, Resource, Role } from '@throughline/core'
import { decodedOr } from '../decoded-or.ts'
import { generatedValue } from '../generated.ts'
import { seedFor } from './base.ts'
import type { Ground } from './base.ts'
import { changed } from './changed.ts'
import { sizeOf } from './created.ts'
import { afterDeed } from './deed.ts'
import { isEntity, isValid, overlaid, withEntries } from './entity.ts'
import type { Entity } from './entity.ts'
import { atHome } from './homes.ts'
import { freshId, idOf, takenIds } from './identity.ts'
import { referredBy } from './referred.ts'
import { asEntity } from './scene.ts'
import type { Lived, Scene } from './scene.ts'
import { bodyOf } from './sent.ts'
import { withLineTotal, withTotals } from './sums.ts'
import { current, currentThing, idIn, isMissing, keepThing } from './things.ts'
import { bodyWith, full, missing, shown } from './told.ts'

/** A list inside a thing: `POST /basket/items`, `DELETE /basket/items/{itemId}`. */
export function inside(role: Extract<Role, { kind: 'inside' }>, scene: Scene): Lived | undefined {
  const { resource, property, idProperty, idParameter, item, does } = role
  const { call, world, ground } = scene
  const owner = currentThing(resource, scene)
  if (owner === undefined) return missing(resource)
  const list: unknown = owner[property]
  const lines = Array.isArray(list) ? list.filter(isEntity) : []
  const id =
    idParameter === undefined ? undefined : decodedOr(call.pathParameters.get(idParameter) ?? '')
  const index = id === undefined ? -1 : lines.findIndex((one) => idOf(one, idProperty) === id)
  if (id !== undefined && index === -1) return missing(resource)
  const sent = bodyOf(call, { item, name: property })
  if (does !== 'remove' && sent === undefined) return undefined
  if (!world.hasRoom(call.body?.length ?? 0)) return full()
  const next = [...lines]
  let line = lines[index]
  if (does === 'remove') next.splice(index, 1)
  else if (line !== undefined) {
    line = withLineTotal(
      changed(line, sent!, does === 'replace' ? 'replace' : 'update', item, idProperty),
      item.schema,
    )
    next[index] = line
  } else {
    const same = lines.findIndex((one) => isSameLine(one, sent!, ground))
    if (same === -1) {
      line = withLineTotal(madeLine(role, sent!, lines, scene), item.schema)
      next.push(line)
    } else {
      const sum = Number(lines[same]!['quantity']) + Number(sent!['quantity'])
      const more = withEntries(lines[same]!, [['quantity', sum]])
      line = withLineTotal(isValid(more, item.schema) ? more : lines[same]!, item.schema)
      next[same] = line
    }
  }
  const after = withTotals(
    owner,
    withEntries(owner, [[property, next]]),
    property,
    resource.item.schema,
  )
  keepThing(resource, after, scene)
  return {
    value: (media) =>
      bodyWith(answersWith(media, resource) ? after : (line ?? after), media, scene),
    lasting: false,
  }
}

/** Two more of a thing that is in the basket already are no second line. */
function isSameLine(line: Entity, sent: Entity, { resources }: Ground): boolean {
  if (typeof line['quantity'] !== 'number' || typeof sent['quantity'] !== 'number') return false
  const others = Object.entries(sent).filter(([name]) => name !== 'quantity')
  return (
    others.some(([name]) => resources.referred(name) !== undefined) &&
    others.every(([name, value]) => line[name] === value)
  )
}

function madeLine(
  { item, idProperty, property }: Extract<Role, { kind: 'inside' }>,
  sent: Entity,
  lines: readonly Entity[],
  scene: Scene,
): Entity {
  const { call, ground } = scene
  const seed = `${seedFor(ground, call.operation, call.pathParameters)} ${lines.length}`
  const field = item.children().find((one) => one.name === idProperty)
  const taken = takenIds(lines.map((one) => idOf(one, idProperty) ?? ''))
  const made =
    item.schema === undefined
      ? {}
      : generatedValue(item.schema, seed, { ...sizeOf(ground), like: sent })
  const needed = new Set(item.children().flatMap((one) => (one.required ? [one.name] : [])))
  let line: Entity = Object.fromEntries(
    Object.entries(isEntity(made) ? made : {}).filter(([name]) => needed.has(name)),
  )
  line = asEntity(overlaid(line, referredBy(sent, scene, resourceOf(scene)) ?? {}, item), line)
  line = asEntity(overlaid(line, sent, item), { ...line, ...sent })
  return withEntries(line, [[idProperty, freshId(field, taken, property, seed)]])
}

function resourceOf({ call, ground }: Scene): Resource {
  return ground.resources.role(call.operation)!.resource
}

function answersWith(media: MediaType, { read }: Resource): boolean {
  const own = read?.item.schema?.value
  return (
    media.schema !== undefined &&
    own !== undefined &&
    knownBody(media.schema).field.schema?.value === own
  )
}

/** A part of a thing that comes back as a whole: `PUT /basket/delivery`. */
export function part(
  { resource, property }: Extract<Role, { kind: 'part' }>,
  scene: Scene,
): Lived | undefined {
  const owner = currentThing(resource, scene)
  if (owner === undefined) return missing(resource)
  const sent = bodyOf(scene.call)
  if (sent === undefined) return undefined
  if (!scene.world.hasRoom(scene.call.body?.length ?? 0)) return full()
  const references = Object.entries(referredBy(sent, scene, resource) ?? {}).filter(
    ([name, value]) => {
      return isEntity(owner[name]) && isEntity(value)
    },
  )
  const field = (name: string): Field | undefined =>
    resource.item.children().find((one) => one.name === name)
  let after = owner
  for (const [name, value] of references) {
    const own = field(name)
    if (own === undefined || !isEntity(value)) continue
    const next = withEntries(after, [[name, overlaid(after[name], value, own)]])
    if (isValid(next, resource.item.schema)) after = next
  }
  const inner = field(property)
  if (inner !== undefined && isEntity(after[property])) {
    const next = withEntries(after, [[property, overlaid(after[property], sent, inner)]])
    if (isValid(next, resource.item.schema)) after = next
  }
  if (after === owner && scene.world.get(scene.key) === undefined) return undefined
  keepThing(resource, after, scene)
  return shown(after, scene, false)
}

/** `POST /orders/{id}/cancel`: the order as it is then. */
export function deed(role: Extract<Role, { kind: 'deed' }>, asked: Scene): Lived | undefined {
  const [resource, scene] = atHome(role.resource, asked)
  const { call, world } = scene
  const id = idIn(resource, call)
  const before = current(resource, id, scene)
  if (before === undefined) return isMissing(resource, id, scene) ? missing(resource) : undefined
  if (!world.hasRoom(call.body?.length ?? 0)) return full()
  const sent = bodyOf(call, resource)
  const { item, idProperty } = resource
  const told = sent === undefined ? before : changed(before, sent, 'update', item, idProperty)
  const after = afterDeed(told, item, role.deed)
  keepThing(resource, after, scene)
  return shown(after, scene, false)
}
