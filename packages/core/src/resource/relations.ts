import type { Link } from '../operation/links.ts'
import type { Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { isObject } from '../text/site.ts'
import { idPropertyOf } from './id-property.ts'
import { jsonContent, lastWord, listShapeOf, plain, singular } from './list-shape.ts'
import type { ListShape } from './list-shape.ts'
import { knownBody } from './known-body.ts'
import { pointersOf } from './pointers.ts'
import type { LinkValue, Pointer } from './pointers.ts'

/**
 * Something that a contract can be asked about and told about: a list of things (`/orders` with `/orders/{id}`), or a
 * single thing (`/basket`, `/me`).
 */
export interface Resource {
  readonly kind: 'collection' | 'single'
  readonly api: string
  /** `/orders`; parameters as the contract names them. */
  readonly path: string
  /** `orders` */
  readonly name: string
  /** Called in the path of one thing: `orderId`. */
  readonly idParameter: string | undefined
  /** Called in the thing itself: `id`. `undefined` where things have none. */
  readonly idProperty: string | undefined
  readonly list: (ListShape & { readonly operation: Operation }) | undefined
  /** Shows things of a collection that has no list of its own: `/pet/findByStatus`. */
  readonly elsewhere: (ListShape & { readonly operation: Operation }) | undefined
  /** Reads one thing. */
  readonly read: (ItemShape & { readonly operation: Operation }) | undefined
  /** One thing as fully as the contract describes it. */
  readonly item: Field
}

/** Where one thing stands in an answer: `{…}`, `{ data: {…} }`. */
export interface ItemShape {
  readonly place: readonly string[]
  readonly item: Field
}

/** What an operation does to a resource. */
export type Role =
  | {
      readonly kind: 'whole'
      readonly does: 'list' | 'create' | 'read' | 'update' | 'replace' | 'remove'
      readonly resource: Resource
    }
  /** To a list inside a thing: `POST /basket/items`, `DELETE /basket/items/{itemId}`. */
  | {
      readonly kind: 'inside'
      readonly does: 'create' | 'update' | 'replace' | 'remove'
      readonly resource: Resource
      /** The list's property: `items`. */
      readonly property: string
      readonly idParameter: string | undefined
      readonly idProperty: string
      readonly item: Field
    }
  /** Another look at the things of a collection: `/pet/findByStatus`, `POST /orders/search`. */
  | { readonly kind: 'view'; readonly resource: Resource; readonly shape: ListShape }
  /** Something is done with a thing, and it is the answer: `POST /orders/{id}/cancel`. */
  | {
      readonly kind: 'deed'
      readonly resource: Resource
      /** The last word of the path: `cancel`. */
      readonly deed: string
    }
  /** To a part of a thing that comes back as a whole: `PUT /basket/delivery`. */
  | {
      readonly kind: 'part'
      readonly does: 'update'
      readonly resource: Resource
      readonly property: string
    }

/** A value in an answer, or in a thing, that says which thing of a collection is meant: a link of the contract says so. */
export interface Reference {
  /** Names from the root; an index stands for every item of that list. */
  readonly at: readonly string[]
  readonly target: Resource
  /** What stands before the target in its path: `customerId` of `/customers/{customerId}/addresses`. */
  readonly parents: ReadonlyMap<string, LinkValue>
}

/** What the operations of one API have to do with each other. Each answer is found when somebody asks, once. */
export interface Relations {
  readonly role: (operation: Operation) => Role | undefined
  /** The collection that a property such as `productId` points into: as a link of the thing that has it says, else by its name. */
  readonly referred: (property: string, holder?: Resource) => Resource | undefined
  /** What links say of the values in the answers of an operation. */
  readonly referencesOf: (operation: Operation) => readonly Reference[]
  /** What links of any operation on a resource say of the values in one thing. */
  readonly referencesIn: (resource: Resource) => readonly Reference[]
  /** The collection of this name: `products`, `Product`, `delivery-slots`. */
  readonly named: (name: string) => Resource | undefined
  /** The collection or the single thing of this name: `products`, `basket`. */
  readonly called: (name: string) => Resource | undefined
  /** The collections and single things that need no parent, in the order of the contract. */
  readonly placeable: () => readonly Resource[]
  /** The collections that stand under a parent: `/products/{productId}/reviews`. */
  readonly nested: () => readonly Resource[]
}

/** Names of properties come from requests too. */
const MOST_NAMES = 5000

export function relationsOf(operations: readonly Operation[]): Relations {
  const places = new Map<string, Map<string, Operation>>()
  for (const operation of operations) {
    if (operation.protocol !== 'rest') continue
    const key = nameless(operation.path)
    let methods = places.get(key)
    if (methods === undefined) places.set(key, (methods = new Map()))
    if (!methods.has(operation.method)) methods.set(operation.method, operation)
  }
  const resources = new Map<string, Resource | undefined>()
  const roles = new Map<Operation, Role | undefined>()
  const pointed = new Map<string, Resource | undefined>()
  const byName = new Map<string, Resource | undefined>()
  const pointers = new Map<Operation, readonly Pointer[]>()
  const references = new Map<Operation, readonly Reference[]>()
  const held = new Map<Resource, readonly Reference[]>()
  let byId: ReadonlyMap<unknown, Operation> | undefined
  let heads: ReadonlyMap<string, string> | undefined
  let nested: readonly Resource[] | undefined

  return {
    role(operation) {
      if (roles.has(operation)) return roles.get(operation)
      const role = operation.protocol === 'rest' ? roleOf(operation) : undefined
      roles.set(operation, role)
      return role
    },
    referred(property, holder) {
      const own = holder && referencesIn(holder).find((one) => isPlainly(one, property))
      if (own !== undefined) return own.target
      if (byName.has(property)) return byName.get(property)
      const resource = byWord(property)
      if (byName.size > MOST_NAMES) byName.clear()
      byName.set(property, resource)
      return resource
    },
    referencesOf,
    referencesIn,
    named,
    called,
    placeable: () => [
      ...new Set([...(heads ??= headsOf()).values()].flatMap((path) => resourceAt(path) ?? [])),
    ],
    nested: () => (nested ??= nestedOf()),
  }

  function byWord(property: string): Resource | undefined {
    const word = /^(.+?)[-_]?(?:id|ids|key|code|slug|number)$/i.exec(property)?.[1]
    return word === undefined ? undefined : named(word)
  }

  function referencesOf(operation: Operation): readonly Reference[] {
    let found = references.get(operation)
    if (found === undefined) {
      const all = pointersAt(operation).flatMap((one) => referenceOf(one) ?? [])
      found = apart(all.filter((one) => !isItself(one, operation)))
      references.set(operation, found)
    }
    return found
  }

  function referencesIn(resource: Resource): readonly Reference[] {
    let found = held.get(resource)
    if (found === undefined) held.set(resource, (found = heldBy(resource)))
    return found
  }

  function heldBy({ path, list, read }: Resource): readonly Reference[] {
    const about = [path, childOf(path)].flatMap((one) => [...(methodsAt(one)?.values() ?? [])])
    const all = about.flatMap((operation) => {
      const place = operation === list?.operation ? [...list.place, ANY] : (read?.place ?? NOWHERE)
      return referencesOf(operation).flatMap((one) => referenceBelow(one, place) ?? [])
    })
    return apart(all)
  }

  /** The id of the very thing that an operation is about leads nowhere else. */
  function isItself({ at: place, target }: Reference, operation: Operation): boolean {
    const resource = resourceAt(operation.path) ?? resourceAt(parentOf(operation.path))
    if (resource !== target || place.at(-1) !== resource.idProperty) return false
    const { list, read } = resource
    const home = operation === list?.operation ? [...list.place, ANY] : (read?.place ?? NOWHERE)
    return below(place, home)?.length === 1
  }

  function pointersAt(operation: Operation): readonly Pointer[] {
    let found = pointers.get(operation)
    if (found === undefined) pointers.set(operation, (found = pointersOf(operation, ledTo)))
    return found
  }

  function ledTo(to: Link['to']): Operation | undefined {
    if (to.kind === 'place') return at(to.path, to.method)
    byId ??= new Map(
      operations.map((one) => [isObject(one.site.value) && one.site.value['operationId'], one]),
    )
    return byId.get(to.operationId)
  }

  /** The thing that a pointer means: `/customers/{id}/orders` with an id means a customer. */
  function referenceOf(pointer: Pointer): Reference | undefined {
    const { at: place, to, parameter, others } = pointer
    if (pointer.in === 'query') {
      const target = byWord(parameter)
      return target && { at: place, target, parents: NO_PARENTS }
    }
    const end = new RegExp(`/\\{${escaped(parameter)}\\}(?=/|$)`).exec(to.path)?.index
    const target = end === undefined ? undefined : resourceAt(to.path.slice(0, end))
    if (target?.kind !== 'collection') return undefined
    const parents = [...target.path.matchAll(/\{([^}]*)\}/g)].map((one) => one[1]!)
    const values = parents.flatMap((name) => {
      const value = others.get(name)
      return value === undefined ? [] : [[name, value] as const]
    })
    return values.length < parents.length
      ? undefined
      : { at: place, target, parents: new Map(values) }
  }

  function named(name: string): Resource | undefined {
    const resource = called(name)
    return resource?.kind === 'collection' ? resource : undefined
  }

  function called(name: string): Resource | undefined {
    const word = singularPlain(name)
    if (pointed.has(word)) return pointed.get(word)
    heads ??= headsOf()
    const path = heads.get(word)
    const resource = path === undefined ? undefined : resourceAt(path)
    pointed.set(word, resource)
    return resource
  }

  /** What needs no parent, by their word and by the last part of it: `deliveryslot`, `slot`. */
  function headsOf(): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    const tails = new Map<string, string>()
    for (const [key, methods] of places) {
      const operation = methods.get('GET')
      if (operation === undefined || key.includes('{')) continue
      const word = lastWord(operation.path)
      if (!found.has(singularPlain(word))) found.set(singularPlain(word), operation.path)
      const tail = singularPlain(word.split(/[-_]|(?=[A-Z])/).at(-1) ?? '')
      if (!tails.has(tail)) tails.set(tail, operation.path)
    }
    for (const [tail, path] of tails) if (!found.has(tail)) found.set(tail, path)
    return found
  }

  function nestedOf(): readonly Resource[] {
    return [...places].flatMap(([key, methods]) => {
      const path = methods.values().next().value?.path
      if (path === undefined || !key.includes('{') || key.endsWith('}')) return []
      const resource = resourceAt(path)
      return resource?.kind === 'collection' ? [resource] : []
    })
  }

  function at(path: string, method: string): Operation | undefined {
    return methodsAt(path)?.get(method)
  }

  function methodsAt(path: string | undefined): ReadonlyMap<string, Operation> | undefined {
    return path === undefined ? undefined : places.get(nameless(path))
  }

  function roleOf(operation: Operation): Role | undefined {
    const { path, method } = operation
    const parameter = endingParameter(path)
    if (parameter === undefined)
      return (
        viewOf(operation) ??
        (method === 'POST' ? creating(path) : onWhole(path, method)) ??
        deedOf(operation)
      )
    const holder = parentOf(path)
    const does = DOES.get(method)
    if (does === undefined) return undefined
    const resource = resourceAt(holder)
    if (resource?.kind === 'collection') return { kind: 'whole', does, resource }
    if (does === 'read') return undefined
    const inside = insideOf(holder)
    return inside && { ...inside, does, idParameter: parameter }
  }

  function viewOf(operation: Operation): Role | undefined {
    const { path, method } = operation
    const isSearch = method === 'POST' && SEARCH.test(lastWord(path)) && !makes(operation)
    if ((method !== 'GET' && !isSearch) || childOf(path) !== undefined) return undefined
    const shape = listShapeOf(operation, false)
    if (shape === undefined) return undefined
    for (const home of isSearch ? [path, parentOf(path)] : [parentOf(path)]) {
      if (home === '' || endingParameter(home) !== undefined) continue
      const resource = resourceAt(home)
      if (resource?.kind === 'collection' && isOfSame(resource, shape))
        return { kind: 'view', resource, shape }
    }
    return undefined
  }

  function elsewhere(path: string, item: Field): Resource['elsewhere'] {
    const head = `${nameless(path)}/`
    for (const [key, methods] of places) {
      const operation = key.startsWith(head) ? methods.get('GET') : undefined
      if (operation === undefined || /[/{]/.test(key.slice(head.length))) continue
      const shape = childOf(operation.path) === undefined && listShapeOf(operation, false)
      if (shape && isSameThing(shape.item, item)) return { ...shape, operation }
    }
    return undefined
  }

  function creating(path: string): Role | undefined {
    const resource = resourceAt(path)
    if (resource?.kind === 'collection') return { kind: 'whole', does: 'create', resource }
    const inside = insideOf(path)
    return inside && { ...inside, does: 'create', idParameter: undefined }
  }

  function onWhole(path: string, method: string): Role | undefined {
    const does = DOES.get(method)
    if (does === undefined) return undefined
    const resource = resourceAt(path)
    if (resource?.kind === 'single') return { kind: 'whole', does, resource }
    if (resource !== undefined)
      return does === 'read' ? { kind: 'whole', does: 'list', resource } : undefined
    if (does === 'read' || does === 'remove') return undefined
    return partOf(path, at(path, method))
  }

  /** `/basket/items` where the basket has `items`. */
  function insideOf(
    path: string,
  ): Omit<Extract<Role, { kind: 'inside' }>, 'does' | 'idParameter'> | undefined {
    if (at(path, 'GET') !== undefined) return undefined
    const resource = thingAt(parentOf(path))
    if (resource === undefined) return undefined
    const word = plain(lastWord(path))
    const list = resource.item
      .children()
      .find((one) => one.types.includes('array') && plain(one.name) === word)
    const item = list?.children().find((one) => one.name === '[]')
    if (list === undefined || item === undefined || !item.types.includes('object')) return undefined
    const idProperty = idPropertyOf(item, endingParameter(childOf(path) ?? ''), list.name)
    return idProperty === undefined
      ? undefined
      : { kind: 'inside', resource, property: list.name, idProperty, item }
  }

  /** `/basket/delivery` where the answer is the basket. */
  function partOf(path: string, operation: Operation | undefined): Role | undefined {
    const resource = thingAt(parentOf(path))
    const answer = operation && jsonContent(operation)?.schema
    if (resource?.read === undefined || answer === undefined) return undefined
    const whole = resource.read.item.schema?.value
    if (knownBody(answer).field.schema?.value !== whole || whole === undefined) return undefined
    return { kind: 'part', does: 'update', resource, property: lastWord(path) }
  }

  /** `/orders/{id}/cancel` where the answer is the order. */
  function deedOf(operation: Operation): Role | undefined {
    const { path, method } = operation
    if (!/^(POST|PUT|PATCH)$/.test(method) || endingParameter(parentOf(path)) === undefined)
      return undefined
    const resource = thingAt(parentOf(path))
    const whole = resource?.read?.item.schema?.value
    if (resource === undefined || whole === undefined) return undefined
    const answer = itemShapeOf(
      operation,
      (item) => item.children().find(({ name }) => name === resource.idProperty)?.name,
    )
    if (answer?.item.schema?.value !== whole) return undefined
    return { kind: 'deed', resource, deed: lastWord(path) }
  }

  /** The resource whose single thing has this path: `/basket`, `/orders/{id}`. */
  function thingAt(path: string): Resource | undefined {
    if (path === '') return undefined
    if (endingParameter(path) === undefined) {
      const single = resourceAt(path)
      return single?.kind === 'single' ? single : undefined
    }
    const collection = resourceAt(parentOf(path))
    return collection?.kind === 'collection' && collection.read !== undefined
      ? collection
      : undefined
  }

  /** The property that the links of the list, and of the answer to what was made, call a thing by. */
  function idGivenBy(path: string, detail: string | undefined, item: Field): string | undefined {
    const parameter = endingParameter(detail ?? '')
    if (detail === undefined || parameter === undefined) return undefined
    const given = ['GET', 'POST'].flatMap((method) => {
      const operation = at(path, method)
      return operation === undefined
        ? []
        : pointersAt(operation).flatMap((one) => {
            const leadsThere = one.in === 'path' && nameless(one.to.path) === nameless(detail)
            return leadsThere && one.parameter === endingParameter(one.to.path)
              ? one.at.at(-1)!
              : []
          })
    })
    const [own, other] = new Set(given)
    if (own === undefined || other !== undefined) return undefined
    const isThere = item
      .children()
      .some(({ name, types }) => name === own && !types.some((type) => /object|array/.test(type)))
    return isThere ? own : undefined
  }

  function childOf(path: string): string | undefined {
    const key = nameless(path)
    const methods = [`${key}/{}`, `${key}({})`, `${key}('{}')`]
      .map((one) => places.get(one))
      .find((one) => one !== undefined)
    return methods?.values().next().value?.path
  }

  function resourceAt(path: string): Resource | undefined {
    const key = nameless(path)
    if (resources.has(key)) return resources.get(key)
    resources.set(key, undefined)
    const resource = found(path)
    resources.set(key, resource)
    return resource
  }

  function found(path: string): Resource | undefined {
    const detail = childOf(path)
    const get = at(path, 'GET')
    const one = detail === undefined ? undefined : at(detail, 'GET')
    const word = lastWord(path)
    const idParameter = detail === undefined ? undefined : endingParameter(detail)
    const shape = get && listShapeOf(get, one !== undefined || at(path, 'POST') !== undefined)
    if (get !== undefined && shape === undefined) {
      const read = itemShapeOf(get, undefined)
      if (read === undefined) return undefined
      return {
        kind: 'single',
        api: get.api,
        path,
        name: word,
        idParameter: undefined,
        idProperty: undefined,
        list: undefined,
        elsewhere: undefined,
        read: { ...read, operation: get },
        item: read.item,
      }
    }
    const outer =
      one &&
      itemShapeOf(
        one,
        (item) => idGivenBy(path, detail, item) ?? idPropertyOf(item, idParameter, word),
      )
    const item = outer?.item ?? shape?.item
    if (item === undefined || !item.types.includes('object')) return undefined
    const idProperty = idGivenBy(path, detail, item) ?? idPropertyOf(item, idParameter, word)
    return {
      kind: 'collection',
      api: (get ?? one)!.api,
      path,
      name: word,
      idParameter,
      idProperty,
      list: shape && get ? { ...shape, operation: get } : undefined,
      elsewhere: shape === undefined ? elsewhere(path, item) : undefined,
      read: outer && one ? { ...outer, operation: one } : undefined,
      item,
    }
  }
}

/** What a POST only asks for: `/orders/search`, `/contacts/_query`. */
const SEARCH =
  /(^|[^a-z])(search|query|find|filter|lookup|list|browse)([^a-z]|$)|^(search|find|query|filter|list)[A-Z]/i

function makes(operation: Operation): boolean {
  return operation.responses().some((one) => one.status === '201')
}

function isOfSame({ item, list }: Resource, shape: ListShape): boolean {
  return [item, list?.item].some((one) => one !== undefined && isSameThing(one, shape.item))
}

/** Whether two descriptions are one, or say the same under other roofs. */
function isSameThing(one: Field, other: Field): boolean {
  const value = one.schema?.value
  if (value !== undefined && value === other.schema?.value) return true
  const [names, others] = [one, other].map((each) => each.children().map(({ name }) => name))
  return names!.length > 2 && names!.toSorted().join() === others!.toSorted().join()
}

const DOES: ReadonlyMap<string, 'read' | 'update' | 'replace' | 'remove'> = new Map([
  ['GET', 'read'],
  ['PATCH', 'update'],
  ['PUT', 'replace'],
  ['DELETE', 'remove'],
])

const WRAPPER = /^(data|result|item|payload|response|record|entity)$/i

/** One thing in the answer of an operation, itself or wrapped. */
export function itemShapeOf(
  operation: Operation,
  idOf: ((item: Field) => string | undefined) | undefined,
): ItemShape | undefined {
  if (idOf !== undefined) return foundShape(operation, idOf)
  let known = plainShapes.get(operation)
  if (known === undefined)
    plainShapes.set(operation, (known = { shape: foundShape(operation, undefined) }))
  return known.shape
}

const plainShapes = new WeakMap<Operation, { readonly shape: ItemShape | undefined }>()

function foundShape(
  operation: Operation,
  idOf: ((item: Field) => string | undefined) | undefined,
): ItemShape | undefined {
  const schema = jsonContent(operation)?.schema
  if (schema === undefined) return undefined
  const root = knownBody(schema).field
  if (!root.types.includes('object')) return undefined
  if (idOf === undefined || idOf(root) !== undefined) return { place: [], item: root }
  const word = plain(singular(lastWord(operation.path)))
  for (const inner of root.children()) {
    if (!inner.types.includes('object')) continue
    if (!WRAPPER.test(inner.name) && plain(inner.name) !== word) continue
    if (idOf(inner) !== undefined) return { place: [inner.name], item: inner }
  }
  return { place: [], item: root }
}

const ANY = '*'
const NOWHERE: readonly string[] = []
const NO_PARENTS: Reference['parents'] = new Map()

/** Of several references in one place the first. */
function apart(references: readonly Reference[]): readonly Reference[] {
  return [
    ...new Map(references.toReversed().map((one) => [one.at.join('/'), one])).values(),
  ].toReversed()
}

/** The rest of a place below another; `undefined` where it is elsewhere. */
function below(at: readonly string[], place: readonly string[]): readonly string[] | undefined {
  const isThere = place.every((one, index) =>
    one === ANY ? /^\d+$/.test(at[index] ?? '') : one === at[index],
  )
  return isThere && at.length > place.length ? at.slice(place.length) : undefined
}

/** As somebody sees it who has only what stands at a place. */
function referenceBelow(reference: Reference, place: readonly string[]): Reference | undefined {
  const at = below(reference.at, place)
  if (at === undefined) return undefined
  const parents = new Map<string, LinkValue>()
  for (const [name, value] of reference.parents) {
    const inner = value.kind === 'answer' ? below(value.at, place) : undefined
    if (value.kind === 'answer' && inner === undefined) return undefined
    parents.set(name, inner === undefined ? value : { kind: 'answer', at: inner })
  }
  return { ...reference, at, parents }
}

/** A property of the thing itself that needs nothing else to be found by. */
function isPlainly({ at, parents }: Reference, property: string): boolean {
  return at.length === 1 && at[0] === property && parents.size === 0
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function singularPlain(name: string): string {
  return plain(singular(name))
}

function nameless(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}').replace(/\/$/, '')
}

/** `/orders` of `/orders/{id}` and of OData's `/orders({id})` */
function parentOf(path: string): string {
  const key = /\('?\{[^}]*\}'?\)$/.exec(path)
  if (key !== null) return path.slice(0, key.index)
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function endingParameter(path: string): string | undefined {
  return /(?:\/|\('?)\{([^}]+)\}(?:'?\))?$/.exec(path)?.[1]
}
