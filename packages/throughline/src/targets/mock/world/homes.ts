import type { Resource } from '@throughline/core'
import { parentsOf } from './base.ts'
import type { Ground } from './base.ts'
import { idOf } from './identity.ts'
import { keyFor } from './scene.ts'
import type { Scene } from './scene.ts'
import { idIn } from './things.ts'

/**
 * Where a thing lives that is asked for by its id alone: the bookings of a property are listed below it, and `/bookings/{id}`
 * reads each. Known of those that somebody has listed or made.
 */
export function atHome(resource: Resource, scene: Scene): readonly [Resource, Scene] {
  const { call, ground } = scene
  const id = idIn(resource, call)
  const home =
    resource.list === undefined && !resource.path.includes('{')
      ? homes.get(ground.known)?.get(homeKey(resource, ground, id))
      : undefined
  if (home === undefined) return [resource, scene]
  const { read, item, idParameter } = resource
  const pathParameters = new Map([...home.parents, ...call.pathParameters])
  const moved = { ...home.resource, read, item, idParameter }
  const within = { ...call, pathParameters }
  return [moved, { ...scene, call: within, key: keyFor(moved, within, ground) }]
}

interface Home {
  readonly resource: Resource
  readonly parents: ReadonlyMap<string, string>
}

const homes = new WeakMap<Ground['known'], Map<string, Home>>()

const MOST_HOMES = 50_000

function homeKey({ api, name }: Resource, { seed, filled }: Ground, id: string): string {
  return `${api} ${name} ${seed} ${filled.name} ${id}`
}

/** Remembers where things live that stand below a parent. */
export function settle(
  resource: Resource,
  things: readonly unknown[],
  { call, ground }: Scene,
): void {
  if (resource.read !== undefined || !resource.path.includes('{')) return
  let known = homes.get(ground.known)
  if (known === undefined) homes.set(ground.known, (known = new Map()))
  const parents = parentsOf(resource, call.pathParameters)
  for (const thing of things) {
    const id = idOf(thing, resource.idProperty)
    if (id === undefined) continue
    if (known.size >= MOST_HOMES) known.clear()
    known.set(homeKey(resource, ground, id), { resource, parents })
  }
}
