import { jsonContent } from '@throughline/core'
import type { Resource } from '@throughline/core'
import { within } from './entity.ts'
import type { Entity } from './entity.ts'
import { isEntity } from './entity.ts'
import { usualThing } from './base.ts'
import type { Ground } from './base.ts'
import { idOf } from './identity.ts'
import { lived } from './lived.ts'
import { keyOf } from './scene.ts'
import { rowsOf } from './things.ts'
import type { Lived, WorldCall } from './scene.ts'
import { amended, placed, removed, thingsIn } from './seed.ts'
import type { World, Written } from './worlds.ts'

/** A collection, or a single thing, for those who know nothing of its paths: what one API writes, another reads. */
export interface Shelf {
  readonly resource: Resource
  /** Everything that is known to be there, as a list shows it: what this session made comes first. */
  readonly things: () => readonly Entity[]
  /** What the session has written; `undefined` where nobody has. */
  readonly written: () => Written | undefined
  /** A thing as fully as can be told; `null` where it is not there, `undefined` where nobody has said anything about it. */
  readonly find: (id: string) => Entity | null | undefined
  /** The single thing; `undefined` where it is not there. */
  readonly only: () => Entity | undefined
  /** Puts a new thing first. Returns its id; `undefined` where the world is full. */
  readonly add: (thing: Entity) => string | undefined
  /** Writes a thing again, where it stands; a single thing's id is `''`. `false` where the world is full. */
  readonly amend: (id: string, thing: Entity) => boolean
  readonly remove: (id: string) => void
}

/** `parents` are the parameters before the collection in its path; `header` says who asks. */
export function shelfOf(
  resource: Resource,
  parents: ReadonlyMap<string, string>,
  world: World,
  ground: Ground,
  header: WorldCall['header'],
): Shelf {
  const written = (): Written | undefined => world.get(keyOf(resource, parents, ground))
  return {
    resource,
    written,
    things() {
      const own = written()
      return (own === undefined ? thingsIn(resource, world, ground, parents) : rowsOf(own)).filter(
        isEntity,
      )
    },
    find(id) {
      const own = written()
      if (resource.read !== undefined) return read(new Map([...parents, [parameterOf(), id]]))
      const row = own?.rows.get(id)?.value
      if (row !== undefined) return row
      const listed = thingsIn(resource, world, ground, parents).find(
        (one) => idOf(one, resource.idProperty) === id,
      )
      if (own === undefined && isEntity(listed)) return listed
      const closed = own?.closed === true || ground.filled.data?.has(resource.name) === true
      return closed || own?.gone.has(id) === true ? null : undefined
    },
    only: () => read(parents) ?? undefined,
    add: (thing) => placed(resource, [thing], 'add', world, ground, parents)?.[0],
    amend: (id, thing) => amended(resource, id, thing, world, ground, parents),
    remove: (id) => removed(resource, id, world, ground, parents),
  }

  function parameterOf(): string {
    return resource.idParameter ?? 'id'
  }

  /** As the operation that reads it tells it. */
  function read(parameters: ReadonlyMap<string, string>): Entity | null | undefined {
    const own = resource.read
    const media = own && jsonContent(own.operation)
    if (own === undefined || media === undefined) return undefined
    const raw = new Map([...parameters].map(([name, one]) => [name, encodeURIComponent(one)]))
    const told: Lived | undefined = lived(
      {
        operation: own.operation,
        method: own.operation.method,
        pathParameters: raw,
        query: '',
        header,
        path: own.operation.path,
      },
      world,
      ground,
    )
    if (told?.problem !== undefined) return null
    if (told?.value === undefined) return usualThing(resource, raw, ground)
    const one = within(told.value(media), own.place)
    return isEntity(one) ? one : undefined
  }
}
