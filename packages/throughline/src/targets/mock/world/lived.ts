import type { Resource } from '@throughline/core'
import { baseDetail, usualThing } from './base.ts'
import type { Ground } from './base.ts'
import { change, changed } from './changed.ts'
import { create } from './created.ts'
import { atHome } from './homes.ts'
import { list, view } from './listed.ts'
import { deed, inside, part } from './parts.ts'
import { keyFor, loginOf } from './scene.ts'
import type { Lived, Scene, WorldCall } from './scene.ts'
import { bodyOf } from './sent.ts'
import { personIn, signIn } from './signed-in.ts'
import { currentThing, idIn, isMissing, keepThing, nothingYet } from './things.ts'
import { full, missing, shown } from './told.ts'
import type { World } from './worlds.ts'

/**
 * What a call means in the world: reads what the session has written, writes what it sends. `undefined` where the world has
 * nothing to add to the ordinary answer: the resource is untouched, or the operation is about none.
 */
export function lived(call: WorldCall, world: World, ground: Ground): Lived | undefined {
  const door = ground.resources.doors().find((one) => one.operation === call.operation)
  if (door !== undefined) return signIn(door, call, ground)
  const role = ground.resources.role(call.operation)
  if (role === undefined) return undefined
  const scene: Scene = {
    call,
    world,
    ground,
    key: keyFor(role.resource, call, ground),
  }
  if (role.kind === 'inside') return inside(role, scene)
  if (role.kind === 'part') return part(role, scene)
  if (role.kind === 'deed') return deed(role, scene)
  if (role.kind === 'view') return view(role, scene)
  const { resource, does } = role
  if (resource.kind === 'single') return single(resource, does, scene)
  if (does === 'list') return list(resource, scene)
  if (does === 'create') return create(resource, scene)
  const [own, at] = atHome(resource, scene)
  return does === 'read' ? read(own, at) : change(own, does, at)
}

function read(resource: Resource, scene: Scene): Lived | undefined {
  const { call, world, ground, key } = scene
  const id = idIn(resource, call)
  const written = world.get(key)
  const row = written?.rows.get(id)
  if (row?.written === true) return shown(row.value, scene, false)
  if (isMissing(resource, id, scene)) return missing(resource)
  const detail = baseDetail(resource, call.pathParameters, id, ground)
  return detail && shown(detail, scene, written === undefined)
}

/** A thing that there is one of: `/basket`, `/me`. */
function single(
  resource: Resource,
  does: 'list' | 'create' | 'read' | 'update' | 'replace' | 'remove',
  scene: Scene,
): Lived | undefined {
  const { call, world } = scene
  if (does === 'read') {
    const written = world.get(scene.key)
    if (written === undefined) {
      const login = loginOf(resource, call, scene.ground)
      if (login !== undefined)
        return shown(personIn(resource, login, call, scene.ground), scene, false)
      if (scene.ground.filled.data?.has(resource.name) !== true) return undefined
      const thing = usualThing(resource, call.pathParameters, scene.ground)
      return thing && shown(thing, scene, true)
    }
    const thing = written.rows.get('')
    return thing === undefined ? missing(resource) : shown(thing.value, scene, false)
  }
  const before = currentThing(resource, scene)
  const sent = bodyOf(call, resource)
  if (does !== 'remove' && sent === undefined) return undefined
  if (!world.hasRoom(call.body?.length ?? 0)) return full()
  if (does === 'remove') {
    if (before === undefined) return missing(resource)
    const written = world.open(scene.key, nothingYet)
    written.rows.clear()
    return shown(before, scene, false)
  }
  const start = before ?? usualThing(resource, call.pathParameters, scene.ground) ?? {}
  const after = changed(
    start,
    sent!,
    does === 'replace' ? 'replace' : 'update',
    resource.item,
    undefined,
  )
  keepThing(resource, after, scene)
  return shown(after, scene, false)
}
