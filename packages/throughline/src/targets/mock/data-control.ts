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
 *     GET  data               every collection that can be filled by its name, or by its path under a parent
 *     GET  data/orders        what is in it, in order
 *     PUT  data/orders        this and nothing else
 *     POST data/orders        this besides, first in the list; one with an id that is there takes its place
 *     …    data/products/rye/reviews    the same for what stands under a parent
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
      [...resources.placeable(), ...resources.nested()].map((one) => ({
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
  if (found === undefined) return unknown(places, decoded(name))
  const { resource, ground, parents } = found
  if (method === 'GET' || method === 'HEAD')
    return jsonAnswer(
      200,
      { collection: resource.name, things: thingsIn(resource, world, ground, parents) },
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
  const ids = placed(resource, things, method === 'PUT' ? 'replace' : 'add', world, ground, parents)
  if (ids === undefined)
    return problemAnswer(507, {
      title: 'This session has filled its world. POST /_throughline/reset empties it',
    })
  return jsonAnswer(200, { collection: resource.name, count: things.length, ids }, NOT_KEPT)
}

interface Found {
  readonly resource: Resource
  readonly ground: Ground
  /** Raw, as they stand in the path. */
  readonly parents: ReadonlyMap<string, string>
}

/** `orders`, `store.orders`; `products/rye/reviews` for what stands under a parent. */
function foundIn(places: readonly Place[], raw: string): Found | undefined {
  const name = decoded(raw)
  for (const { api, resources, ground } of places) {
    const own = name.startsWith(`${api}.`) ? name.slice(api.length + 1) : name
    const resource = resources.called(own)
    if (resource !== undefined && isPlaceable(resource))
      return { resource, ground, parents: NO_PARENTS }
    const rawOwn = raw.startsWith(`${api}.`) ? raw.slice(api.length + 1) : raw
    if (!rawOwn.includes('/')) continue
    for (const one of resources.nested()) {
      const parents = parentsIn(rawOwn, one.path)
      if (parents !== undefined) return { resource: one, ground, parents }
    }
  }
  return undefined
}

const NO_PARENTS: ReadonlyMap<string, string> = new Map()

/** The parameters of a path: `products/rye/reviews` in `/products/{productId}/reviews`. */
function parentsIn(path: string, pattern: string): ReadonlyMap<string, string> | undefined {
  const given = path.replace(/^\/|\/$/g, '').split('/')
  const wanted = pattern.slice(1).split('/')
  if (given.length !== wanted.length) return undefined
  const found = new Map<string, string>()
  for (const [index, part] of wanted.entries()) {
    const parameter = /^\{([^}]+)\}$/.exec(part)?.[1]
    if (parameter !== undefined) found.set(parameter, given[index]!)
    else if (part !== given[index]) return undefined
  }
  return found
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}

function unknown(places: readonly Place[], name: string): Answer {
  const names = places.flatMap(({ resources }) => resources.placeable().map((one) => one.name))
  const [near] = closest(name, names)
  return problemAnswer(404, {
    title: `No collection is called ${name.slice(0, 100)}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    detail:
      'GET /_throughline/data lists all that can be filled: by their name, or by their path where they stand under a parent.',
  })
}
