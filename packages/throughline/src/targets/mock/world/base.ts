import { jsonContent, plain, singular } from '@throughline/core'
import type {
  Dataset,
  Field,
  GenerateOptions,
  ListShape,
  MediaType,
  Operation,
  Resource,
} from '@throughline/core'
import { agreed } from '../agreed.ts'
import { contentOf, violationOf } from '../body.ts'
import { hashOf } from '../chance.ts'
import { decodedOr } from '../decoded-or.ts'
import { generatedValue } from '../generated.ts'
import { isThing, withPathParameters } from '../reshape.ts'
import type { DataChoice } from './dataset.ts'
import {
  childrenOf,
  isEntity,
  isValid,
  overlaid,
  replaced,
  shownOf,
  withValid,
  within,
} from './entity.ts'
import type { Entity } from './entity.ts'
import { ofEveryKind } from './every-kind.ts'
import { freshId, idOf, takenIds } from './identity.ts'
import { led } from './led.ts'
import type { Holder } from './led.ts'
import { repeated } from './repeated.ts'
import type { Resources } from './resources.ts'

/** What the base world depends on: the same ground gives the same things, in any process. */
export interface Ground {
  readonly resources: Resources
  readonly seed: string
  /** Generated data, even where the contract has examples. */
  readonly dynamic: boolean
  /** What everything is filled with. */
  readonly filled: DataChoice
  readonly dataset: Dataset | undefined
  /** What has been looked up; forgotten with the contract. */
  readonly known: Map<string, BaseList>
}

/** A list as it is before anybody has written to it. */
export interface BaseList {
  /** The whole answer that the list stands in. */
  readonly body: unknown
  /** Everything there is, over all pages. */
  readonly rows: readonly unknown[]
  /** Whether the answer is an example of the contract, word for word. */
  readonly example: boolean
  /** Whether the rows are all there can be: they were written down. */
  readonly closed: boolean
}

/** As many rows as `many` means. */
const MANY = 200
const MOST_KNOWN = 500
/** Rows of all lists that are known. */
const MOST_ROWS = 150_000

export function baseList(
  resource: Resource,
  parameters: ReadonlyMap<string, string>,
  ground: Ground,
): BaseList {
  const parents = parentsOf(resource, parameters)
  const key = `${resource.api} ${resource.path} ${textOf(parents)} ${ground.seed} ${ground.filled.name}`
  const { known } = ground
  const found = known.get(key)
  if (found !== undefined) return found
  for (const one of recent) {
    if (one.key !== key || one.known !== known) continue
    remember(known, key, one.list)
    return one.list
  }
  // Where things point at each other, the second look finds nothing yet.
  if (underWay.includes(key)) return NOTHING
  underWay.push(key)
  try {
    const list = madeList(resource, parents, ground)
    recent[turn++ % MOST_RECENT] = { key, known, list }
    return list
  } finally {
    underWay.pop()
  }
}

function remember(known: Ground['known'], key: string, list: BaseList): void {
  let rows = rowsKnown.get(known) ?? 0
  if (known.size > MOST_KNOWN || rows > MOST_ROWS) {
    known.clear()
    rows = 0
  }
  known.set(key, list)
  rowsKnown.set(known, rows + list.rows.length)
}

const rowsKnown = new WeakMap<Ground['known'], number>()

/** The lists that are being made, the innermost last. */
const underWay: string[] = []

/** What was looked up last: kept for long only where somebody asks again. */
const recent: { readonly key: string; readonly known: Ground['known']; readonly list: BaseList }[] =
  []
const MOST_RECENT = 16
let turn = 0

const NOTHING: BaseList = { body: undefined, rows: [], example: false, closed: false }

/** The parameters that stand before the collection in its path. */
export function parentsOf(
  resource: Resource,
  parameters: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  let count = 0
  for (let at = resource.path.indexOf('{'); at !== -1; at = resource.path.indexOf('{', at + 1))
    count++
  if (count === 0) return NO_PARAMETERS
  return parameters.size <= count ? parameters : new Map([...parameters].slice(0, count))
}

const NO_PARAMETERS: ReadonlyMap<string, string> = new Map()

export function textOf(parameters: ReadonlyMap<string, string>): string {
  if (parameters === latest.parameters) return latest.text
  let text = ''
  for (const [name, value] of parameters)
    text += text === '' ? `${name}=${value}` : `&${name}=${value}`
  latest = { parameters, text }
  return text
}

/** All who ask about a call do so before the next one comes. */
let latest: { readonly parameters: ReadonlyMap<string, string>; readonly text: string } = {
  parameters: NO_PARAMETERS,
  text: '',
}

/** The seed that an answer without a query has. */
export function seedFor(
  ground: Ground,
  operation: Operation,
  parameters: ReadonlyMap<string, string>,
): string {
  return `${ground.seed} ${operation.id} ${textOf(parameters)}  `
}

function madeList(
  resource: Resource,
  parents: ReadonlyMap<string, string>,
  ground: Ground,
): BaseList {
  const { name } = resource
  const list = resource.list ?? resource.elsewhere
  const own = ground.filled.data?.get(name)
  const given: readonly Entity[] | undefined = Array.isArray(own)
    ? (own as readonly Entity[])
    : undefined
  if (list === undefined) {
    const rows = given ?? examplesOf(resource, ground)
    return { body: undefined, rows, example: false, closed: given !== undefined }
  }
  const { operation, media, place } = list
  const seed = seedFor(ground, operation, parents)
  const { dynamic, dataset } = ground
  const content = contentOf(operation, media, { dynamic, seed, dataset })
  const isExample = content.example !== undefined
  const body = isExample
    ? content.value
    : withPathParameters(agreed(content.value, media.schema), media.schema, operation.path, parents)
  if (given !== undefined) return { body, rows: given, example: false, closed: true }
  const stated: unknown = within(body, place)
  const rows = Array.isArray(stated) ? [...(stated as readonly unknown[])] : []
  if (!isExample && dataset === undefined && !dynamic)
    examplesOf(resource, ground).forEach((example, index) => {
      if (rows.length > index) rows[index] = overlaid(rows[index], example, list.item)
    })
  const wanted = Math.min(
    MANY,
    dataset === 'many' ? MANY : dataset === 'extreme' ? 30 : isExample ? totalIn(body, place) : 0,
  )
  const stood = rows.length
  // Whole answers again, with their lists put together: what stands in a list may have a say in what else does.
  for (let batch = 1; rows.length < wanted && batch < 20; batch++) {
    const more = moreOf(list, `${seed} ${batch}`, {
      ...(dataset !== undefined && dataset !== 'many' && { dataset }),
      examples: !dynamic,
    })
    rows.push(...more.slice(0, wanted - rows.length))
  }
  if (!isExample && dataset === undefined && rows.length > 0)
    rows.push(
      ...ofEveryKind(rows, operation, list.item, (batch) =>
        moreOf(list, `${seed} kinds ${batch}`, { examples: batch === 0 && !dynamic }),
      ),
    )
  toldApart(rows, isExample ? stood : 0, resource, seed)
  for (let index = isExample ? stood : 0; index < rows.length; index++)
    rows[index] = linked(rows[index], resource, {
      schema: list.item.schema,
      parameters: parents,
      ground,
      seed: `${seed} ${index}`,
    })
  const all = dataset === 'extreme' ? repeated(rows, resource, seed) : rows
  return { body, rows: all, example: isExample, closed: false }
}

function moreOf(
  { media, place }: ListShape,
  seed: string,
  options: GenerateOptions,
): readonly unknown[] {
  if (media.schema === undefined) return []
  const more = within(generatedValue(media.schema, seed, { length: 50, ...options }), place)
  return Array.isArray(more) ? (more as readonly unknown[]) : []
}

/** Things that the contract shows in detail. */
function examplesOf(
  { read, idProperty }: Resource,
  { dynamic, dataset }: Ground,
): readonly Entity[] {
  const media = read && jsonContent(read.operation)
  if (read === undefined || media === undefined || dynamic || dataset !== undefined) return []
  return media.examples
    .map((example) => ({ example, one: within(example.value, read.place) }))
    .filter(
      ({ example, one }) =>
        idOf(one, idProperty) !== undefined &&
        violationOf(read.operation, media, example) === undefined,
    )
    .map(({ one }) => one)
    .filter(isEntity)
}

function totalIn(body: unknown, place: readonly string[]): number {
  const holder = within(body, place.slice(0, -1))
  for (const one of [body, holder]) {
    if (!isEntity(one)) continue
    for (const [name, value] of Object.entries(one))
      if (typeof value === 'number' && /^total(_?(count|items|results|elements))?$/i.test(name))
        return value
  }
  return 0
}

function toldApart(rows: unknown[], from: number, resource: Resource, seed: string): void {
  const { idProperty, item, name } = resource
  const list = resource.list ?? resource.elsewhere
  if (idProperty === undefined || areApart(rows, idProperty)) return
  const taken = takenIds()
  const field = childrenOf(item).children.get(idProperty)
  rows.forEach((row, index) => {
    const id = idOf(row, idProperty)
    if (id !== undefined && !taken.has(id)) taken.take(id)
    else if (
      index >= from &&
      isEntity(row) &&
      (id !== undefined || Object.hasOwn(row, idProperty))
    ) {
      const fresh = freshId(field, taken, name, `${seed} ${index}`)
      const next = withValid(row, { [idProperty]: fresh }, list?.item.schema)
      if (next === undefined) return
      rows[index] = next
      taken.take(String(fresh))
    }
  })
}

/** Whether all of a short list have ids of their own. */
function areApart(rows: readonly unknown[], idProperty: string): boolean {
  if (rows.length > 8) return false
  for (let index = 0; index < rows.length; index++) {
    const id = idOf(rows[index], idProperty)
    if (id === undefined) return false
    for (let other = 0; other < index; other++)
      if (idOf(rows[other], idProperty) === id) return false
  }
  return true
}

/** Made-up references led to things that are there: `productId` is the id of a product. */
export function linked(row: unknown, resource: Resource, holder: Holder): unknown {
  if (!isEntity(row)) return row
  const { ground, seed, schema } = holder
  let result = row
  const { found, parents } = pointersIn(row, resource, ground.resources)
  for (const { name, target } of found) {
    const value = row[name]
    if (typeof value !== 'string' && typeof value !== 'number') continue
    const others = baseList(target, NO_PARAMETERS, ground).rows
    const other = others[hashOf(seed, name) % others.length]
    const id = idOf(other, target.idProperty)
    if (id === undefined) continue
    const typed = typeof value === 'number' ? Number(id) : id
    result = withValid(result, { [name]: typed }, schema) ?? result
  }
  const references = ground.resources.referencesIn(resource)
  const whole = references.length === 0 ? result : led(result, references, holder)
  return parents.length > 0 && isEntity(whole) ? belonging(whole, parents, holder) : whole
}

/** What a thing says of its parents is what its path says: the bookings of a property have its id. */
function belonging(
  row: Entity,
  parents: readonly Parent[],
  { parameters, schema }: Holder,
): Entity {
  const values = [...parameters.values()]
  let result = row
  for (const { name, place } of parents) {
    const text = decodedOr(values[place] ?? '')
    const before = row[name]
    if (text === '' || (typeof before !== 'string' && typeof before !== 'number')) continue
    const typed = typeof before === 'number' ? Number(text) : text
    if (typed !== before) result = withValid(result, { [name]: typed }, schema) ?? result
  }
  return result
}

/** The properties of a row that say what it stands below, with the place of that in the path. */
function parentsNamed(names: readonly string[], { path, idProperty }: Resource): readonly Parent[] {
  const parts = path.split('/')
  const given = parts.flatMap((part, index) => (part.startsWith('{') ? [index] : []))
  return given.flatMap((index, place) => {
    const before = parts[index - 1] ?? ''
    const called = [parts[index]!.slice(1, -1), `${singular(before)}Id`].map(plain)
    const name = names.find(
      (one) => one !== idProperty && one !== 'id' && called.includes(plain(one)),
    )
    return name === undefined ? [] : [{ name, place }]
  })
}

interface Parent {
  readonly name: string
  readonly place: number
}

interface Pointer {
  readonly name: string
  readonly target: Resource
}

/** The properties of a row that may lead to other lists, and to what it stands below. Rows of one kind mostly have the same properties. */
function pointersIn(row: Entity, resource: Resource, resources: Resources): Pointers {
  const known = pointers.get(resource)
  if (known !== undefined && known.resources === resources && hasNames(row, known.names))
    return known
  const names = Object.keys(row)
  const found = names.flatMap((name) => {
    if (name === resource.idProperty) return []
    const target = resources.referred(name, resource)
    return target?.list === undefined || target === resource ? [] : [{ name, target }]
  })
  const all = { resources, names, found, parents: parentsNamed(names, resource) }
  pointers.set(resource, all)
  return all
}

interface Pointers {
  readonly resources: Resources
  readonly names: readonly string[]
  readonly found: readonly Pointer[]
  readonly parents: readonly Parent[]
}

const pointers = new WeakMap<Resource, Pointers>()

/** Whether these are its properties, in this order. */
function hasNames(row: Entity, names: readonly string[]): boolean {
  let index = 0
  for (const name in row) if (names[index++] !== name) return false
  return index === names.length
}

/** One thing as fully as the contract shows it; `undefined` where the ordinary answer will do. */
export function baseDetail(
  resource: Resource,
  parameters: ReadonlyMap<string, string>,
  id: string,
  ground: Ground,
): Entity | undefined {
  const { read, idProperty } = resource
  const media = read && jsonContent(read.operation)
  const row = baseList(resource, parameters, ground).rows.find(
    (one) => idOf(one, idProperty) === id,
  )
  if (read === undefined || media === undefined) return isEntity(row) ? row : undefined
  const usesExamples =
    !ground.dynamic && ground.dataset === undefined && ground.filled.data === undefined
  if (
    usesExamples &&
    media.examples.some((one) =>
      isThing(within(one.value, read.place), read.operation.path, parameters),
    )
  )
    return undefined
  if (!isEntity(row)) return undefined
  const seed = seedFor(ground, read.operation, parameters)
  const made =
    read.item.schema === undefined
      ? row
      : generatedValue(read.item.schema, seed, {
          like: row,
          examples: !ground.dynamic,
          ...(ground.dataset !== undefined && { dataset: ground.dataset }),
        })
  const holder = { schema: read.item.schema, parameters, ground, seed }
  const whole = overlaid(
    isEntity(made) ? linked(asListed(made, row, resource), resource, holder) : made,
    row,
    read.item,
  )
  return isEntity(whole) ? whole : undefined
}

/** What the list could say about a thing and does not, the detail does not make up. */
function asListed(made: Entity, row: Entity, { list, read }: Resource): Entity {
  const listed = new Set(list?.item.children().map((one) => one.name))
  const needed = new Set(read?.item.children().flatMap((one) => (one.required ? [one.name] : [])))
  return Object.fromEntries(
    Object.entries(made).filter(
      ([name]) => !listed.has(name) || needed.has(name) || Object.hasOwn(row, name),
    ),
  )
}

/** What an operation that reads answers with before anybody has written, as one thing. */
export function usualThing(
  resource: Resource,
  parameters: ReadonlyMap<string, string>,
  ground: Ground,
): Entity | undefined {
  const { read } = resource
  const media = read && jsonContent(read.operation)
  if (read === undefined || media === undefined) return undefined
  const written = ground.filled.data?.get(resource.name)
  if (resource.kind === 'single' && isEntity(written)) {
    const whole = rendered(written, read.item, seedFor(ground, read.operation, parameters))
    if (isEntity(whole)) return whole
  }
  const value = usualBody(read.operation, media, parameters, ground)
  const one = within(value, read.place)
  return isEntity(one) ? one : undefined
}

export function usualBody(
  operation: Operation,
  media: MediaType,
  parameters: ReadonlyMap<string, string>,
  ground: Ground,
): unknown {
  const { dynamic, dataset } = ground
  const content = contentOf(operation, media, {
    dynamic,
    dataset,
    seed: seedFor(ground, operation, parameters),
    ...(parameters.size > 0 && {
      better: (value: unknown) => isThing(value, operation.path, parameters),
    }),
  })
  if (content.example !== undefined)
    return withPathParameters(content.value, media.schema, operation.path, parameters)
  return madeUp(content.value, operation, media, parameters, ground)
}

/** A made-up answer that agrees with itself, with its path, and with the things that it leads on to. */
export function madeUp(
  value: unknown,
  operation: Operation,
  { schema }: MediaType,
  parameters: ReadonlyMap<string, string>,
  ground: Ground,
): unknown {
  const counted = agreed(value, schema)
  const placed = withPathParameters(counted, schema, operation.path, parameters)
  const references = ground.resources.referencesOf(operation)
  if (references.length === 0) return placed
  const seed = seedFor(ground, operation, parameters)
  return led(placed, references, { schema, parameters, ground, seed })
}

/** A value of a schema with what is known about a thing put over it. */
export function rendered(thing: Entity, field: Field, seed: string): unknown {
  const shown = shownOf(thing, field)
  if (isValid(shown, field.schema)) return shown
  if (field.schema === undefined) return shown
  const made = generatedValue(field.written ?? field.schema, seed, { like: shown })
  return overlaid(made, shown, field)
}

export function inPlace(body: unknown, place: readonly string[], thing: unknown): unknown {
  return place.length === 0 ? thing : replaced(body, place, thing)
}
