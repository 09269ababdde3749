import type { Resource } from '@throughline/core'
import { closest } from '@throughline/core'
import { jsonAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { NOT_KEPT, only } from './control-answer.ts'
import { problemAnswer } from './problem.ts'
import { jsonIn } from './request-json.ts'
import { isEntity } from './world/entity.ts'
import type { Entity } from './world/entity.ts'
import type { Ground } from './world/base.ts'
import { isPlaceable, placed, problemsOf, thingsIn } from './world/seed.ts'
import type { World } from './world/worlds.ts'

/** The collections of all APIs, as one session finds them. */
export interface Place {
  readonly api: string
  readonly resources: Ground['resources']
  readonly ground: Ground
}

/**
 * What a session's world holds:
 *
 *     GET  data               every collection that can be filled by its name
 *     GET  data/orders        what is in it, in order
 *     PUT  data/orders        this and nothing else
 *     POST data/orders        this besides, first in the list; one with an id that is there takes its place
 *
 * A body is a list of things, or one thing. Missing parts are made up when they are asked for.
 */
export function dataControl(
  method: string,
  name: string,
  body: Uint8Array | undefined,
  places: readonly Place[],
  world: World,
): Answer {
  if (name === '') {
    const collections = places.flatMap(({ api, resources }) =>
      resources.placeable().map((one) => ({
        api,
        name: one.name,
        kind: one.kind,
        path: one.path,
        ...(one.idProperty !== undefined && { id: one.idProperty }),
      })),
    )
    return only(method, ['GET', 'HEAD']) ?? jsonAnswer(200, { collections }, NOT_KEPT)
  }
  const wrong = only(method, ['GET', 'HEAD', 'PUT', 'POST'])
  if (wrong !== undefined) return wrong
  const found = foundIn(places, name)
  if (found === undefined) return unknown(places, name)
  const { resource, ground } = found
  if (method === 'GET' || method === 'HEAD')
    return jsonAnswer(
      200,
      { collection: resource.name, things: thingsIn(resource, world, ground) },
      NOT_KEPT,
    )
  const given = jsonIn(body)
  const list: unknown = Array.isArray(given) ? given : [given]
  const things: readonly Entity[] = Array.isArray(list) ? list.filter(isEntity) : []
  if (!Array.isArray(list) || things.length !== list.length)
    return problemAnswer(400, { title: 'Send JSON: a list of things, or one thing' })
  if (resource.kind === 'single' && things.length !== 1)
    return problemAnswer(400, { title: `There is only one ${resource.name}: send one thing` })
  const problems = problemsOf(resource, things)
  if (problems.length > 0)
    return problemAnswer(422, {
      title: `These things break the contract: ${problems[0]}`,
      problems,
    })
  const ids = placed(resource, things, method === 'PUT' ? 'replace' : 'add', world, ground)
  if (ids === undefined)
    return problemAnswer(507, {
      title: 'This session has filled its world. POST /_throughline/reset empties it',
    })
  return jsonAnswer(200, { collection: resource.name, count: things.length, ids }, NOT_KEPT)
}

/** `orders`, `store.orders`; a resource's path does as well. */
function foundIn(
  places: readonly Place[],
  name: string,
): { readonly resource: Resource; readonly ground: Ground } | undefined {
  for (const { api, resources, ground } of places) {
    const own = name.startsWith(`${api}.`) ? name.slice(api.length + 1) : name
    const resource = resources.called(own)
    if (resource !== undefined && isPlaceable(resource)) return { resource, ground }
  }
  return undefined
}

function unknown(places: readonly Place[], name: string): Answer {
  const names = places.flatMap(({ resources }) => resources.placeable().map((one) => one.name))
  const [near] = closest(name, names)
  return problemAnswer(404, {
    title: `No collection is called ${name.slice(0, 100)}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    detail: 'GET /_throughline/data lists all that can be filled by their name.',
  })
}
