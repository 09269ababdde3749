import type { Resource } from '@throughline/core'
import { decodedOr } from '../decoded-or.ts'
import { baseDetail, baseList, usualThing } from './base.ts'
import { isEntity } from './entity.ts'
import type { Entity } from './entity.ts'
import { idOf } from './identity.ts'
import { loginOf, thingParameters } from './scene.ts'
import type { Scene, WorldCall } from './scene.ts'
import { personIn } from './signed-in.ts'
import type { Row, Written } from './worlds.ts'

/** The id that a call asks for. */
export function idIn({ idParameter }: Resource, { pathParameters }: WorldCall): string {
  return decodedOr(
    (idParameter === undefined ? undefined : pathParameters.get(idParameter)) ??
      [...pathParameters.values()].at(-1) ??
      '',
  )
}

/** The collection, opened for writing with everything that was there. */
export function opened(resource: Resource, { call, world, ground, key }: Scene): Written {
  return world.open(key, () => {
    const rows = new Map<string, Row>()
    baseList(resource, call.pathParameters, ground).rows.forEach((value, index) => {
      if (isEntity(value))
        rows.set(idOf(value, resource.idProperty) ?? `#${index}`, { value, written: false })
    })
    return { rows, gone: new Set() }
  })
}

/** One thing as it is now; `undefined` where it is not. */
export function current(resource: Resource, id: string, scene: Scene): Entity | undefined {
  const { call, world, ground, key } = scene
  const row = world.get(key)?.rows.get(id)
  if (row?.written === true) return row.value
  if (isMissing(resource, id, scene)) return undefined
  const own =
    baseDetail(resource, call.pathParameters, id, ground) ??
    usualThing(resource, thingParameters(resource, call), ground) ??
    row?.value
  if (own === undefined) return undefined
  return row === undefined ? own : { ...row.value, ...own }
}

/** Whether the world says that there is no such thing. */
export function isMissing(
  resource: Resource,
  id: string,
  { call, world, ground, key }: Scene,
): boolean {
  const written = world.get(key)
  if (written !== undefined) {
    if (written.rows.has(id)) return false
    if (written.closed === true || written.gone.has(id)) return true
  }
  const base = baseList(resource, call.pathParameters, ground)
  return (
    base.closed &&
    (written !== undefined || !base.rows.some((one) => idOf(one, resource.idProperty) === id))
  )
}

/** The thing that an operation is about, or is inside of. */
export function currentThing(resource: Resource, scene: Scene): Entity | undefined {
  if (resource.kind === 'collection') return current(resource, idIn(resource, scene.call), scene)
  const written = scene.world.get(scene.key)
  if (written !== undefined) return written.rows.get('')?.value
  const login = loginOf(resource, scene.call, scene.ground)
  if (login !== undefined) return personIn(resource, login, scene.call, scene.ground)
  return usualThing(resource, thingParameters(resource, scene.call), scene.ground)
}

/** What a thing is from now on. */
export function keepThing(resource: Resource, thing: Entity, scene: Scene): void {
  if (resource.kind === 'single') {
    scene.world.open(scene.key, nothingYet).rows.set('', { value: thing, written: true })
    return
  }
  const { rows } = opened(resource, scene)
  const id = idIn(resource, scene.call)
  const made = rows.get(id)?.made
  rows.set(id, { value: thing, written: true, ...(made === true && { made }) })
}

/** The youngest first, then what was there. */
export function rowsOf({ rows }: Written): readonly Entity[] {
  const all = [...rows.values()]
  return [
    ...all.filter((one) => one.made === true).toReversed(),
    ...all.filter((one) => one.made !== true),
  ].map((one) => one.value)
}

/** A single thing before anybody has written to it. */
export function nothingYet(): Written {
  return { rows: new Map(), gone: new Set() }
}
