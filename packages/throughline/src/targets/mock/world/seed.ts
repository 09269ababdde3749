import type { Resource } from '@throughline/core'
import { sentence, validatorOf } from '@throughline/core'
import { baseList } from './base.ts'
import type { Ground } from './base.ts'
import { isEntity, withEntries } from './entity.ts'
import type { Entity } from './entity.ts'
import { freshId, idOf, takenIds } from './identity.ts'
import { keyOf } from './scene.ts'
import type { Row, World, Written } from './worlds.ts'

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map()

/** Whether a collection stands by itself, so that things can be put into it by its name. */
export function isPlaceable({ path }: Resource): boolean {
  return !path.includes('{')
}

/** What a world holds of a collection, in order; of a single thing, it alone. */
export function thingsIn(
  resource: Resource,
  world: World,
  ground: Ground,
  parents: ReadonlyMap<string, string> = NO_PARAMETERS,
): readonly unknown[] {
  const written = world.get(keyOf(resource, parents, ground))
  if (written !== undefined) return [...written.rows.values()].map((one) => one.value)
  return resource.kind === 'single' ? [] : baseList(resource, parents, ground).rows
}

/** How things break the schema of a collection, a line each. Missing parts are no mistake: they are made up. */
export function problemsOf(resource: Resource, things: readonly Entity[]): readonly string[] {
  const { schema } = resource.list?.item ?? resource.item
  if (schema === undefined) return []
  const validate = validatorOf(schema)
  const problems: string[] = []
  for (const [index, thing] of things.entries()) {
    const where = resource.kind === 'single' ? resource.name : `${resource.name}[${index}]`
    for (const wrong of validate(thing, { direction: 'response' })) {
      if (wrong.keyword === 'required') continue
      problems.push(`${where}: ${sentence(wrong, where)}`)
      if (problems.length >= 20) return problems
    }
  }
  return problems
}

/**
 * Puts things into a world: instead of all that is there, or besides it, first in the list. A thing without an id gets
 * one. Returns the ids; `undefined` where the world is full.
 */
export function placed(
  resource: Resource,
  things: readonly Entity[],
  how: 'replace' | 'add',
  world: World,
  ground: Ground,
  parents: ReadonlyMap<string, string> = NO_PARAMETERS,
): readonly string[] | undefined {
  if (!world.hasRoom(JSON.stringify(things).length)) return undefined
  const key = keyOf(resource, parents, ground)
  if (resource.kind === 'single') {
    const value = things.at(-1)
    if (value !== undefined) world.open(key, nothingYet).rows.set('', { value, written: true })
    return []
  }
  const written = world.open(key, () => everythingOf(resource, ground, parents))
  if (how === 'replace') {
    written.rows.clear()
    written.closed = true
  }
  const field = resource.item.children().find((one) => one.name === resource.idProperty)
  const taken = takenIds([...written.rows.keys(), ...written.gone])
  const ids: string[] = []
  for (const given of how === 'add' ? things.toReversed() : things) {
    const own = idOf(given, resource.idProperty)
    const fresh = freshId(field, taken, resource.name, `${ground.seed} ${taken.size}`)
    const id = own ?? String(fresh)
    taken.take(id)
    const value =
      own === undefined && resource.idProperty !== undefined
        ? withEntries(given, [[resource.idProperty, fresh]])
        : given
    const before = written.rows.get(id)
    const isNew = how === 'add' && (before === undefined || before.made === true)
    written.rows.set(id, { value, written: true, ...(isNew && { made: true }) })
    written.gone.delete(id)
    ids.push(id)
  }
  // Counted anew when the next one is made.
  delete written.numbers
  return how === 'add' ? ids.toReversed() : ids
}

/** Writes one thing again, where it stands; a single thing's id is `''`. `false` where the world is full. */
export function amended(
  resource: Resource,
  id: string,
  thing: Entity,
  world: World,
  ground: Ground,
  parents: ReadonlyMap<string, string> = NO_PARAMETERS,
): boolean {
  if (!world.hasRoom(JSON.stringify(thing).length)) return false
  const { rows, gone } = world.open(keyOf(resource, parents, ground), () =>
    resource.kind === 'single' ? nothingYet() : everythingOf(resource, ground, parents),
  )
  const made = rows.get(id)?.made
  rows.set(id, { value: thing, written: true, ...(made === true && { made }) })
  gone.delete(id)
  return true
}

/** Takes one thing away. */
export function removed(
  resource: Resource,
  id: string,
  world: World,
  ground: Ground,
  parents: ReadonlyMap<string, string> = NO_PARAMETERS,
): void {
  const { rows, gone } = world.open(keyOf(resource, parents, ground), () =>
    everythingOf(resource, ground, parents),
  )
  rows.delete(id)
  gone.add(id)
}

function everythingOf(
  resource: Resource,
  ground: Ground,
  parents: ReadonlyMap<string, string>,
): Written {
  const rows = new Map<string, Row>()
  baseList(resource, parents, ground).rows.forEach((value, index) => {
    if (isEntity(value))
      rows.set(idOf(value, resource.idProperty) ?? `#${index}`, { value, written: false })
  })
  return { rows, gone: new Set() }
}

function nothingYet(): Written {
  return { rows: new Map(), gone: new Set() }
}
