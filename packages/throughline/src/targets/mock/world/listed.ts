import type { ListShape, Resource, Role } from '@throughline/core'
import { contentOf } from '../body.ts'
import { requestRead } from '../request-read.ts'
import { baseList, rendered, seedFor, usualBody } from './base.ts'
import { isEntity, within } from './entity.ts'
import { settle } from './homes.ts'
import { idOf } from './identity.ts'
import { narrowed } from './narrowed.ts'
import { hasOwnLink, placeOf, withOwnLink } from './own-link.ts'
import { pageOf } from './page.ts'
import { asksSomething } from './question.ts'
import { originOf } from './scene.ts'
import type { Lived, Scene } from './scene.ts'
import { bodyOf } from './sent.ts'
import { rowsOf } from './things.ts'

/** `GET /orders` */
export function list(resource: Resource, scene: Scene): Lived | undefined {
  const { call, world, ground, key } = scene
  const given = givenIn(scene)
  const written = world.get(key)
  const base = baseList(resource, call.pathParameters, ground)
  if (written === undefined && base.example && !asksSomething(call.operation, given)) {
    settle(resource, base.rows, scene)
    return undefined
  }
  return shownAs(resource, resource.list!, scene, {
    rows: written === undefined ? base.rows : rowsOf(written),
    body: base.body,
    asTheyAre: written === undefined && !base.closed,
    given,
  })
}

/** `GET /pet/findByStatus`, `POST /orders/search`: the things of a collection that fit what is asked. */
export function view(
  { resource, shape }: Extract<Role, { kind: 'view' }>,
  scene: Scene,
): Lived | undefined {
  const { call, world, ground, key } = scene
  const { operation, pathParameters } = call
  const { dynamic, dataset } = ground
  const given = givenIn(scene)
  const written = world.get(key)
  const seed = seedFor(ground, operation, pathParameters)
  const isExample =
    contentOf(operation, shape.media, { dynamic, seed, dataset }).example !== undefined
  const isUntouched = written === undefined && isExample && ground.filled.data === undefined
  if (isUntouched && !asksSomething(operation, given)) return undefined
  const body = usualBody(operation, shape.media, pathParameters, ground)
  if (isUntouched) {
    const rows = within(body, shape.place)
    const own = Array.isArray(rows) ? (rows as readonly unknown[]) : []
    return shownAs(resource, shape, scene, { rows: own, body, asTheyAre: true, given })
  }
  const rows =
    written === undefined ? baseList(resource, pathParameters, ground).rows : rowsOf(written)
  return shownAs(resource, shape, scene, {
    rows: narrowed(rows, operation.path, resource.item),
    body,
    asTheyAre: false,
    given,
  })
}

interface Shown {
  readonly rows: readonly unknown[]
  /** The answer that they stand in. */
  readonly body: unknown
  /** Whether the rows are made for this very answer. */
  readonly asTheyAre: boolean
  readonly given: ReadonlyMap<string, unknown>
}

function shownAs(
  resource: Resource,
  shape: ListShape,
  scene: Scene,
  { rows, body, asTheyAre, given }: Shown,
): Lived {
  const { call, world, ground, key } = scene
  const { operation, query, pathParameters } = call
  const page = pageOf({
    operation,
    given,
    rows,
    shape,
    path: call.path,
    query,
    idProperty: resource.idProperty,
    origin: originOf(call),
  })
  settle(resource, page.rows, scene)
  const hasLink = resource.read !== undefined && hasOwnLink(shape.item)
  const linkedRow = (row: unknown): unknown => {
    const id = idOf(row, resource.idProperty)
    if (!isEntity(row) || id === undefined) return row
    const url = (): string => originOf(call) + placeOf(resource, call.path, id)
    return withOwnLink(row, shape.item, url)
  }
  return {
    value: (media) => {
      const seed = seedFor(ground, operation, pathParameters)
      const shown = asTheyAre
        ? page.rows
        : page.rows.map((row) =>
            isEntity(row)
              ? rendered(row, shape.item, `${seed} ${idOf(row, resource.idProperty) ?? ''}`)
              : row,
          )
      return page.body(body, hasLink ? shown.map(linkedRow) : shown, media)
    },
    headers: page.headers,
    owns: LINK,
    lasting: world.get(key) === undefined,
  }
}

/** What the query says, and what a search by POST says in its body. */
function givenIn({ call }: Scene): ReadonlyMap<string, unknown> {
  const { operation, query, method } = call
  const asked = query === '' ? NOTHING_GIVEN : requestRead(operation, call).parameters
  const sent = method === 'POST' ? bodyOf(call) : undefined
  if (sent === undefined) return asked
  return new Map([
    ...asked,
    ...Object.entries(sent).map(([name, value]) => [`query.${name}`, value] as const),
  ])
}

const NOTHING_GIVEN: ReadonlyMap<string, unknown> = new Map()

const LINK: ReadonlySet<string> = new Set(['link'])
