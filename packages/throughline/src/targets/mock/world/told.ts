import { itemShapeOf, jsonContent, knownBody } from '@throughline/core'
import type { MediaType, Resource } from '@throughline/core'
import { inPlace, rendered, seedFor, usualBody } from './base.ts'
import type { Entity } from './entity.ts'
import { idOf } from './identity.ts'
import { placeOf, withOwnLink } from './own-link.ts'
import { originOf } from './scene.ts'
import type { Lived, Scene } from './scene.ts'

/** 404. */
export function missing(resource: Resource): Lived {
  return {
    problem: {
      status: 404,
      title: 'This is not here any more',
      detail: `There is no such thing in ${resource.path}.`,
    },
    lasting: false,
  }
}

/** 507: a session may not write without end. */
export function full(): Lived {
  return {
    problem: {
      status: 507,
      title: 'This session has filled its world. POST /_throughline/reset empties it',
    },
    lasting: false,
  }
}

/** An answer with a thing in it. */
export function shown(thing: Entity, scene: Scene, lasting: boolean): Lived {
  return { value: (media) => bodyWith(thing, media, scene), lasting }
}

/** The thing in the answer of this operation, wherever it stands there. */
export function bodyWith(told: Entity, media: MediaType, scene: Scene): unknown {
  const { call, ground } = scene
  const { operation, pathParameters } = call
  const thing = linkedToItself(told, scene)
  const seed = seedFor(ground, operation, pathParameters)
  if (media.schema === undefined) return thing
  const { whole } = knownBody(media.schema)
  const role = ground.resources.role(operation)
  const property = role?.kind === 'inside' ? role.idProperty : role?.resource.idProperty
  const shape = itemShapeOf(
    operation,
    property === undefined
      ? undefined
      : (item) => item.children().find((one) => one.name === property)?.name,
  )
  const place = jsonContent(operation)?.schema === media.schema ? (shape?.place ?? []) : []
  if (place.length === 0) return rendered(thing, whole, seed)
  const body = usualBody(operation, media, pathParameters, ground)
  return inPlace(body, place, rendered(thing, shape!.item, seed))
}

function linkedToItself(thing: Entity, { call, ground }: Scene): Entity {
  const role = ground.resources.role(call.operation)
  if (role?.kind !== 'whole' || role.resource.read === undefined) return thing
  const { resource, does } = role
  const id = idOf(thing, resource.idProperty)
  return withOwnLink(
    thing,
    resource.item,
    () => originOf(call) + (does === 'create' ? placeOf(resource, call.path, id) : call.path),
  )
}
