import { itemShapeOf, jsonContent } from '@throughline/core'
import type { Resource } from '@throughline/core'
import { contentOf } from '../body.ts'
import { generatedValue } from '../generated.ts'
import { linked, seedFor } from './base.ts'
import type { Ground } from './base.ts'
import { childrenOf, isEntity, isValid, overlaid, withEntries, within } from './entity.ts'
import { settle } from './homes.ts'
import { freshId, idNumbers, idOf, numbered } from './identity.ts'
import type { TakenIds } from './identity.ts'
import { placeOf } from './own-link.ts'
import { referredBy } from './referred.ts'
import { asEntity } from './scene.ts'
import type { Lived, Scene } from './scene.ts'
import { bodyOf, completed } from './sent.ts'
import { opened } from './things.ts'
import { full, shown } from './told.ts'
import type { Written } from './worlds.ts'

/** A new thing: the contract's example or made up, with what was sent put over it. */
export function create(resource: Resource, scene: Scene): Lived | undefined {
  const { call, world, ground } = scene
  const sent = bodyOf(call, resource)
  if (sent === undefined || (resource.list === undefined && resource.read === undefined))
    return undefined
  if (!world.hasRoom(call.body?.length ?? 0)) return full()
  const { idProperty, item, name } = resource
  const written = opened(resource, scene)
  const seed = `${seedFor(ground, call.operation, call.pathParameters)} ${written.rows.size + written.gone.size}`
  const idField = idProperty === undefined ? undefined : childrenOf(item).children.get(idProperty)
  const own = idField?.readOnly === true ? undefined : idOf(sent, idProperty)
  if (own !== undefined && written.rows.has(own))
    return {
      problem: {
        status: 409,
        title: 'There is one with this id already',
        detail: `${resource.path} has ${own} already.`,
      },
      lasting: false,
    }
  const example = exampleAnswer(scene)
  const shownId = idOf(example, idProperty)
  const free = (id: string | undefined): boolean =>
    id !== undefined && !written.rows.has(id) && !written.gone.has(id)
  const typedOwn = own === undefined || idProperty === undefined ? undefined : sent[idProperty]
  const id =
    typedOwn ??
    (free(shownId) && idProperty !== undefined && isEntity(example)
      ? example[idProperty]
      : freshId(idField, takenIn(written), name, seed))
  let thing = isEntity(example) && isValid(example, item.schema) ? example : {}
  if (thing !== example) {
    const made =
      item.schema === undefined
        ? {}
        : generatedValue(item.schema, seed, { ...sizeOf(ground), like: sent })
    const holder = { schema: item.schema, parameters: call.pathParameters, ground, seed }
    thing = asEntity(linked(made, resource, holder), {})
    if (isEntity(example)) thing = asEntity(overlaid(thing, example, item), thing)
  }
  const referred = referredBy(sent, scene, resource)
  if (referred !== undefined) thing = asEntity(overlaid(thing, referred, item), thing)
  const told = completed(sent, thing, item)
  const known = idProperty === undefined ? told : withEntries(told, [[idProperty, id]])
  const whole = overlaid(thing, known, item)
  thing = isEntity(whole) ? whole : { ...thing, ...known }
  // Whatever the schema says of it, it is found by its id.
  if (idProperty !== undefined && thing[idProperty] !== id)
    thing = withEntries(thing, [[idProperty, id]])
  written.rows.set(String(id), { value: thing, written: true, made: true })
  written.gone.delete(String(id))
  if (written.numbers !== undefined) numbered(written.numbers, String(id))
  settle(resource, [thing], scene)
  const answer = shown(thing, scene, false)
  if (resource.read === undefined || idProperty === undefined) return answer
  const place = placeOf(resource, call.path, id)
  return { ...answer, headers: ['Location', place], owns: LOCATION }
}

const LOCATION: ReadonlySet<string> = new Set(['location'])

function takenIn(written: Written): TakenIds {
  const { rows, gone } = written
  return {
    size: rows.size + gone.size,
    has: (id) => rows.has(id) || gone.has(id),
    numbers: (written.numbers ??= idNumbers([...rows.keys(), ...gone])),
  }
}

/** How much of everything is made. */
export function sizeOf({ dataset, dynamic }: Ground): Parameters<typeof generatedValue>[2] {
  return {
    examples: !dynamic,
    ...(dataset !== undefined && dataset !== 'many' && { dataset }),
  }
}

/** The thing in the contract's own example of this answer. */
function exampleAnswer({ call, ground }: Scene): unknown {
  const media = jsonContent(call.operation)
  if (media === undefined || ground.dynamic || media.examples.length === 0) return undefined
  const content = contentOf(call.operation, media, { dynamic: false, seed: ground.seed })
  if (content.example === undefined) return undefined
  return within(content.value, itemShapeOf(call.operation, undefined)?.place ?? [])
}
