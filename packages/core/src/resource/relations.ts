import type { Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { idPropertyOf } from './id-property.ts'
import { jsonContent, lastWord, listShapeOf, plain, singular } from './list-shape.ts'
import type { ListShape } from './list-shape.ts'
import { knownBody } from './known-body.ts'

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
  /** To a part of a thing that comes back as a whole: `PUT /basket/delivery`. */
  | {
      readonly kind: 'part'
      readonly does: 'update'
      readonly resource: Resource
      readonly property: string
    }

/** What the operations of one API have to do with each other. Each answer is found when somebody asks, once. */
export interface Relations {
  readonly role: (operation: Operation) => Role | undefined
  /** The collection that a property such as `productId` points into. */
  readonly referred: (property: string) => Resource | undefined
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
  const references = new Map<string, Resource | undefined>()
  let heads: ReadonlyMap<string, string> | undefined
  let nested: readonly Resource[] | undefined

  return {
    role(operation) {
      if (roles.has(operation)) return roles.get(operation)
      const role = operation.protocol === 'rest' ? roleOf(operation) : undefined
      roles.set(operation, role)
      return role
    },
    referred(property) {
      if (references.has(property)) return references.get(property)
      const word = /^(.+?)[-_]?(?:id|ids|key|code|slug|number)$/i.exec(property)?.[1]
      const resource = word === undefined ? undefined : named(word)
      if (references.size > MOST_NAMES) references.clear()
      references.set(property, resource)
      return resource
    },
    named,
    called,
    placeable: () => [
      ...new Set([...(heads ??= headsOf()).values()].flatMap((path) => resourceAt(path) ?? [])),
    ],
    nested: () => (nested ??= nestedOf()),
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
    return places.get(nameless(path))?.get(method)
  }

  function roleOf(operation: Operation): Role | undefined {
    const { path, method } = operation
    const parameter = endingParameter(path)
    if (parameter === undefined) return method === 'POST' ? creating(path) : onWhole(path, method)
    const holder = parentOf(path)
    const does = DOES.get(method)
    if (does === undefined) return undefined
    const resource = resourceAt(holder)
    if (resource?.kind === 'collection') return { kind: 'whole', does, resource }
    if (does === 'read') return undefined
    const inside = insideOf(holder)
    return inside && { ...inside, does, idParameter: parameter }
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

  function childOf(path: string): string | undefined {
    const methods = places.get(`${nameless(path)}/{}`)
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
        read: { ...read, operation: get },
        item: read.item,
      }
    }
    const outer = one && itemShapeOf(one, (item) => idPropertyOf(item, idParameter, word))
    const item = outer?.item ?? shape?.item
    if (item === undefined || !item.types.includes('object')) return undefined
    const idProperty = idPropertyOf(item, idParameter, word)
    return {
      kind: 'collection',
      api: (get ?? one)!.api,
      path,
      name: word,
      idParameter,
      idProperty,
      list: shape && get ? { ...shape, operation: get } : undefined,
      read: outer && one ? { ...outer, operation: one } : undefined,
      item,
    }
  }
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

function singularPlain(name: string): string {
  return plain(singular(name))
}

function nameless(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}').replace(/\/$/, '')
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function endingParameter(path: string): string | undefined {
  return /\/\{([^}]+)\}$/.exec(path)?.[1]
}
