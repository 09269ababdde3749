import { jsonContent, itemShapeOf, knownBody } from '@throughline/core'
import type { Call, Field, MediaType, Operation, Resource, Role } from '@throughline/core'
import { generatedValue } from '../generated.ts'
import { contentOf } from '../body.ts'
import { decodedOr } from '../decoded-or.ts'
import type { Problem } from '../problem.ts'
import { requestRead } from '../request-read.ts'
import {
  baseDetail,
  baseList,
  inPlace,
  linked,
  parentsOf,
  rendered,
  seedFor,
  textOf,
  usualBody,
  usualThing,
} from './base.ts'
import type { Ground } from './base.ts'
import { afterDeed } from './deed.ts'
import { childrenOf, isEntity, isValid, overlaid, patched, within, withEntries } from './entity.ts'
import type { Entity } from './entity.ts'
import { freshId, idNumbers, idOf, numbered, takenIds } from './identity.ts'
import type { TakenIds } from './identity.ts'
import { hasOwnLink, placeOf, withOwnLink } from './own-link.ts'
import { pageOf } from './page.ts'
import { asksSomething } from './question.ts'
import { bodyOf, completed } from './sent.ts'
import { isOneself, loginIn, personOf, tokenFor, userOf, welcomed } from './sign-in.ts'
import type { SignIn } from './sign-in.ts'
import { withLineTotal, withTotals } from './sums.ts'
import type { Row, World, Written } from './worlds.ts'

/** One call, as the world sees it. */
export interface WorldCall extends Call {
  readonly operation: Operation
  /** As it came, without the query: what `Location` and `Link` begin with. */
  readonly path: string
}

/** What the world has to say to a call. */
export interface Lived {
  /** The thing is not there, or something else is in the way. */
  readonly problem?: Problem & { readonly status: number }
  /** The body, for the media type that was agreed on; `undefined` where the ordinary one will do. */
  readonly value?: (media: MediaType) => unknown
  /** Name, value, name, value. */
  readonly headers?: readonly string[]
  /** Names of headers that only the world may set, in lower case. */
  readonly owns?: ReadonlySet<string>
  /** Whether the answer is that of the untouched world, and so may be kept. */
  readonly lasting: boolean
}

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
  const { resource, does } = role
  if (resource.kind === 'single') return single(resource, does, scene)
  if (does === 'list') return list(resource, scene)
  if (does === 'create') return create(resource, scene)
  const [own, at] = atHome(resource, scene)
  return does === 'read' ? read(own, at) : change(own, does, at)
}

/**
 * Where a thing lives that is asked for by its id alone: the bookings of a property are listed below it, and `/bookings/{id}`
 * reads each. Known of those that somebody has listed or made.
 */
function atHome(resource: Resource, scene: Scene): readonly [Resource, Scene] {
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
function settle(resource: Resource, things: readonly unknown[], { call, ground }: Scene): void {
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

/** The collection that an operation reads, as the world keeps it; `undefined` where it reads none. */
export function collectionKey(
  operation: Operation,
  parameters: ReadonlyMap<string, string>,
  ground: Ground,
): string | undefined {
  const role = ground.resources.role(operation)
  return role && keyOf(role.resource, parameters, ground)
}

/** Whether the answer depends on who asks. */
export function isPersonal(operation: Operation, { resources }: Ground): boolean {
  return (
    resources.doors().length > 0 &&
    resources.role(operation)?.resource.kind === 'single' &&
    isOneself(operation.path)
  )
}

/** Everybody has their own `/me`. */
function keyFor(resource: Resource, call: WorldCall, ground: Ground): string {
  const key = keyOf(resource, call.pathParameters, ground)
  const login = loginOf(resource, call, ground)
  return login === undefined ? key : `${key} ${login}`
}

function loginOf(resource: Resource, call: WorldCall, ground: Ground): string | undefined {
  const isOwn = resource.kind === 'single' && isOneself(resource.path)
  return isOwn && ground.resources.doors().length > 0 ? userOf(call, ground.seed) : undefined
}

function signIn(door: SignIn, call: WorldCall, ground: Ground): Lived | undefined {
  const sent = bodyOf(call)
  const login = sent && loginIn(sent)
  if (login === undefined) return undefined
  return {
    value: (media) => {
      const body = usualBody(call.operation, media, call.pathParameters, ground)
      const seed = seedFor(ground, call.operation, call.pathParameters)
      const token = tokenFor(login, ground.seed)
      return welcomed(body, door, token, (field) => {
        const own = oneselfIn(ground)
        const person = own && personIn(own, login, call, ground)
        const made = rendered(person ?? {}, field, seed)
        return person === undefined ? personOf(login, made, field) : asEntity(made, person)
      })
    },
    lasting: false,
  }
}

function oneselfIn({ resources }: Ground): Resource | undefined {
  return ['me', 'profile', 'account', 'user', 'whoami', 'userinfo', 'self']
    .map((one) => resources.called(one))
    .find((one) => one?.kind === 'single')
}

/** Somebody as `/me` shows them. */
function personIn(resource: Resource, login: string, call: WorldCall, ground: Ground): Entity {
  const usual = usualThing(resource, thingParameters(resource, call), {
    ...ground,
    seed: `${ground.seed} ${login}`,
  })
  return personOf(login, usual ?? {}, resource.item)
}

interface Scene {
  readonly call: WorldCall
  readonly world: World
  readonly ground: Ground
  readonly key: string
}

/** Names a collection, or a single thing, in a world. */
export function keyOf(
  resource: Resource,
  parameters: ReadonlyMap<string, string>,
  { filled }: Ground,
): string {
  const parents = textOf(parentsOf(resource, parameters))
  return `${resource.api} ${resource.path} ${parents} ${filled.name}`
}

function list(resource: Resource, scene: Scene): Lived | undefined {
  const { call, world, ground, key } = scene
  const { operation, query, pathParameters } = call
  const shape = resource.list!
  const given = query === '' ? NOTHING_GIVEN : requestRead(operation, call).parameters
  const asked = asksSomething(operation, given)
  const written = world.get(key)
  const base = baseList(resource, pathParameters, ground)
  if (written === undefined && base.example && !asked) {
    settle(resource, base.rows, scene)
    return undefined
  }
  const rows = written === undefined ? base.rows : rowsOf(written)
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
      const shown =
        written === undefined && !base.closed
          ? page.rows
          : page.rows.map((row) =>
              isEntity(row)
                ? rendered(row, shape.item, `${seed} ${idOf(row, resource.idProperty) ?? ''}`)
                : row,
            )
      return page.body(base.body, hasLink ? shown.map(linkedRow) : shown, media)
    },
    headers: page.headers,
    owns: LINK,
    lasting: written === undefined,
  }
}

function originOf({ header }: WorldCall): string {
  return `http://${header('host') ?? 'localhost'}`
}

const NOTHING_GIVEN: ReadonlyMap<string, unknown> = new Map()
const LINK: ReadonlySet<string> = new Set(['link'])

/** The youngest first, then what was there. */
export function rowsOf({ rows }: Written): readonly Entity[] {
  const all = [...rows.values()]
  return [
    ...all.filter((one) => one.made === true).toReversed(),
    ...all.filter((one) => one.made !== true),
  ].map((one) => one.value)
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

function isMissing(resource: Resource, id: string, { call, world, ground, key }: Scene): boolean {
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

function missing(resource: Resource): Lived {
  return {
    problem: {
      status: 404,
      title: 'This is not here any more',
      detail: `There is no such thing in ${resource.path}.`,
    },
    lasting: false,
  }
}

function shown(thing: Entity, scene: Scene, lasting: boolean): Lived {
  return { value: (media) => bodyWith(thing, media, scene), lasting }
}

/** The thing in the answer of this operation, wherever it stands there. */
function bodyWith(told: Entity, media: MediaType, scene: Scene): unknown {
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

function idIn({ idParameter }: Resource, { pathParameters }: WorldCall): string {
  return decodedOr(
    (idParameter === undefined ? undefined : pathParameters.get(idParameter)) ??
      [...pathParameters.values()].at(-1) ??
      '',
  )
}

/** The collection, opened for writing with everything that was there. */
function opened(resource: Resource, { call, world, ground, key }: Scene): Written {
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
function current(resource: Resource, id: string, scene: Scene): Entity | undefined {
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

/** The parameters up to the thing itself: an operation may be about something inside it. */
function thingParameters(
  { read, path }: Resource,
  { pathParameters }: WorldCall,
): ReadonlyMap<string, string> {
  const count = (read?.operation.path ?? path).split('{').length - 1
  return new Map([...pathParameters].slice(0, count))
}

function create(resource: Resource, scene: Scene): Lived | undefined {
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

function asEntity(value: unknown, otherwise: Entity): Entity {
  return isEntity(value) ? value : otherwise
}

function sizeOf({ dataset, dynamic }: Ground): Parameters<typeof generatedValue>[2] {
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

/** What references bring along, `undefined` where there are none: with `productId` come the name and the price of the product. */
function referredBy(sent: Entity, scene: Scene, resource: Resource): Entity | undefined {
  const entries: [string, unknown][] = []
  for (const name of Object.keys(sent)) {
    const value = sent[name]
    if (typeof value !== 'string' && typeof value !== 'number') continue
    const target = scene.ground.resources.referred(name, resource)
    if (target === undefined || target === resource) continue
    const thing = thingIn(target, String(value), scene)
    if (thing === undefined) continue
    for (const [key, inner] of Object.entries(thing))
      if (key !== target.idProperty) entries.push([key, inner])
    // `slotId` is told as `slot: { … }` where the thing has that.
    const word = name.replace(/[-_]?id$/i, '')
    if (word !== name) entries.push([word, thing])
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** A thing of a collection without parents, if it is there. */
function thingIn(target: Resource, id: string, scene: Scene): Entity | undefined {
  const key = keyOf(target, NO_PARAMETERS, scene.ground)
  const row = scene.world.get(key)?.rows.get(id)
  if (row !== undefined) return row.value
  const found = baseList(target, NO_PARAMETERS, scene.ground).rows.find(
    (one) => idOf(one, target.idProperty) === id,
  )
  return isEntity(found) ? found : undefined
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map()

function change(
  resource: Resource,
  does: 'update' | 'replace' | 'remove',
  scene: Scene,
): Lived | undefined {
  const { call, world } = scene
  const id = idIn(resource, call)
  const before = current(resource, id, scene)
  if (before === undefined) {
    return isMissing(resource, id, scene) ? missing(resource) : undefined
  }
  const sent = bodyOf(call, resource)
  if (does !== 'remove' && sent === undefined) return undefined
  if (!world.hasRoom(call.body?.length ?? 0)) return full()
  const written = opened(resource, scene)
  if (does === 'remove') {
    written.rows.delete(id)
    written.gone.add(id)
    if (written.numbers !== undefined) numbered(written.numbers, id)
    return shown(before, scene, false)
  }
  const after = changed(before, sent!, does, resource.item, resource.idProperty)
  const made = written.rows.get(id)?.made
  written.rows.set(id, { value: after, written: true, ...(made === true && { made }) })
  if (written.numbers !== undefined) numbered(written.numbers, id)
  return shown(after, scene, false)
}

function changed(
  before: Entity,
  sent: Entity,
  does: 'update' | 'replace',
  item: Field,
  idProperty: string | undefined,
): Entity {
  const children = new Map(item.children().map((one) => [one.name, one]))
  const hidden = new Set(
    [...children.values()].filter((one) => one.writeOnly || one.readOnly).map((one) => one.name),
  )
  if (idProperty !== undefined) hidden.add(idProperty)
  const news = Object.fromEntries(Object.entries(sent).filter(([name]) => !hidden.has(name)))
  if (does === 'update') {
    const whole = patched(before, news, item.schema)
    return isValid(whole, item.schema) ? whole : asEntity(overlaid(before, whole, item), before)
  }
  const kept = Object.entries(before).filter(
    ([name]) =>
      hidden.has(name) || (children.get(name)?.required === true && !Object.hasOwn(news, name)),
  )
  const whole = withEntries(Object.fromEntries(kept), Object.entries(news))
  return isValid(whole, item.schema) ? whole : asEntity(overlaid(before, news, item), before)
}

function full(): Lived {
  return {
    problem: {
      status: 507,
      title: 'This session has filled its world. POST /_throughline/reset empties it',
    },
    lasting: false,
  }
}

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

function nothingYet(): Written {
  return { rows: new Map(), gone: new Set() }
}

/** The thing that an operation is about, or is inside of. */
function currentThing(resource: Resource, scene: Scene): Entity | undefined {
  if (resource.kind === 'collection') return current(resource, idIn(resource, scene.call), scene)
  const written = scene.world.get(scene.key)
  if (written !== undefined) return written.rows.get('')?.value
  const login = loginOf(resource, scene.call, scene.ground)
  if (login !== undefined) return personIn(resource, login, scene.call, scene.ground)
  return usualThing(resource, thingParameters(resource, scene.call), scene.ground)
}

function keepThing(resource: Resource, thing: Entity, scene: Scene): void {
  if (resource.kind === 'single') {
    scene.world.open(scene.key, nothingYet).rows.set('', { value: thing, written: true })
    return
  }
  const { rows } = opened(resource, scene)
  const id = idIn(resource, scene.call)
  const made = rows.get(id)?.made
  rows.set(id, { value: thing, written: true, ...(made === true && { made }) })
}

function inside(role: Extract<Role, { kind: 'inside' }>, scene: Scene): Lived | undefined {
  const { resource, property, idProperty, idParameter, item, does } = role
  const { call, world, ground } = scene
  const owner = currentThing(resource, scene)
  if (owner === undefined) return missing(resource)
  const list: unknown = owner[property]
  const lines = Array.isArray(list) ? list.filter(isEntity) : []
  const id =
    idParameter === undefined ? undefined : decodedOr(call.pathParameters.get(idParameter) ?? '')
  const index = id === undefined ? -1 : lines.findIndex((one) => idOf(one, idProperty) === id)
  if (id !== undefined && index === -1) return missing(resource)
  const sent = bodyOf(call, { item, name: property })
  if (does !== 'remove' && sent === undefined) return undefined
  if (!world.hasRoom(call.body?.length ?? 0)) return full()
  const next = [...lines]
  let line = lines[index]
  if (does === 'remove') next.splice(index, 1)
  else if (line !== undefined) {
    line = withLineTotal(
      changed(line, sent!, does === 'replace' ? 'replace' : 'update', item, idProperty),
      item.schema,
    )
    next[index] = line
  } else {
    const same = lines.findIndex((one) => isSameLine(one, sent!, ground))
    if (same === -1) {
      line = withLineTotal(madeLine(role, sent!, lines, scene), item.schema)
      next.push(line)
    } else {
      const sum = Number(lines[same]!['quantity']) + Number(sent!['quantity'])
      const more = withEntries(lines[same]!, [['quantity', sum]])
      line = withLineTotal(isValid(more, item.schema) ? more : lines[same]!, item.schema)
      next[same] = line
    }
  }
  const after = withTotals(
    owner,
    withEntries(owner, [[property, next]]),
    property,
    resource.item.schema,
  )
  keepThing(resource, after, scene)
  return {
    value: (media) =>
      bodyWith(answersWith(media, resource) ? after : (line ?? after), media, scene),
    lasting: false,
  }
}

/** Two more of a thing that is in the basket already are no second line. */
function isSameLine(line: Entity, sent: Entity, { resources }: Ground): boolean {
  if (typeof line['quantity'] !== 'number' || typeof sent['quantity'] !== 'number') return false
  const others = Object.entries(sent).filter(([name]) => name !== 'quantity')
  return (
    others.some(([name]) => resources.referred(name) !== undefined) &&
    others.every(([name, value]) => line[name] === value)
  )
}

function madeLine(
  { item, idProperty, property }: Extract<Role, { kind: 'inside' }>,
  sent: Entity,
  lines: readonly Entity[],
  scene: Scene,
): Entity {
  const { call, ground } = scene
  const seed = `${seedFor(ground, call.operation, call.pathParameters)} ${lines.length}`
  const field = item.children().find((one) => one.name === idProperty)
  const taken = takenIds(lines.map((one) => idOf(one, idProperty) ?? ''))
  const made =
    item.schema === undefined
      ? {}
      : generatedValue(item.schema, seed, { ...sizeOf(ground), like: sent })
  const needed = new Set(item.children().flatMap((one) => (one.required ? [one.name] : [])))
  let line: Entity = Object.fromEntries(
    Object.entries(isEntity(made) ? made : {}).filter(([name]) => needed.has(name)),
  )
  line = asEntity(overlaid(line, referredBy(sent, scene, role(scene)) ?? {}, item), line)
  line = asEntity(overlaid(line, sent, item), { ...line, ...sent })
  return withEntries(line, [[idProperty, freshId(field, taken, property, seed)]])
}

function role({ call, ground }: Scene): Resource {
  return ground.resources.role(call.operation)!.resource
}

function answersWith(media: MediaType, { read }: Resource): boolean {
  const own = read?.item.schema?.value
  return (
    media.schema !== undefined &&
    own !== undefined &&
    knownBody(media.schema).field.schema?.value === own
  )
}

function part(
  { resource, property }: Extract<Role, { kind: 'part' }>,
  scene: Scene,
): Lived | undefined {
  const owner = currentThing(resource, scene)
  if (owner === undefined) return missing(resource)
  const sent = bodyOf(scene.call)
  if (sent === undefined) return undefined
  if (!scene.world.hasRoom(scene.call.body?.length ?? 0)) return full()
  const references = Object.entries(referredBy(sent, scene, resource) ?? {}).filter(
    ([name, value]) => {
      return isEntity(owner[name]) && isEntity(value)
    },
  )
  const field = (name: string): Field | undefined =>
    resource.item.children().find((one) => one.name === name)
  let after = owner
  for (const [name, value] of references) {
    const own = field(name)
    if (own === undefined || !isEntity(value)) continue
    const next = withEntries(after, [[name, overlaid(after[name], value, own)]])
    if (isValid(next, resource.item.schema)) after = next
  }
  const inner = field(property)
  if (inner !== undefined && isEntity(after[property])) {
    const next = withEntries(after, [[property, overlaid(after[property], sent, inner)]])
    if (isValid(next, resource.item.schema)) after = next
  }
  if (after === owner && scene.world.get(scene.key) === undefined) return undefined
  keepThing(resource, after, scene)
  return shown(after, scene, false)
}

/** `POST /orders/{id}/cancel`: the order as it is then. */
function deed(role: Extract<Role, { kind: 'deed' }>, asked: Scene): Lived | undefined {
  const [resource, scene] = atHome(role.resource, asked)
  const { call, world } = scene
  const id = idIn(resource, call)
  const before = current(resource, id, scene)
  if (before === undefined) return isMissing(resource, id, scene) ? missing(resource) : undefined
  if (!world.hasRoom(call.body?.length ?? 0)) return full()
  const sent = bodyOf(call, resource)
  const { item, idProperty } = resource
  const told = sent === undefined ? before : changed(before, sent, 'update', item, idProperty)
  const after = afterDeed(told, item, role.deed)
  keepThing(resource, after, scene)
  return shown(after, scene, false)
}
