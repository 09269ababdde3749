import { isJsonType, mainContent, successResponse } from '../operation/operation.ts'
import type { MediaType, Operation, ResponseDeclaration } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { knownBody } from './known-body.ts'

/** Where the list of things stands in an answer, and what one of them looks like. */
export interface ListShape {
  /** Names from the root of the body to the list; empty where the body is the list. */
  readonly place: readonly string[]
  readonly item: Field
  /** As many as the contract allows in one answer. */
  readonly most: number
  readonly media: MediaType
}

/**
 * The list in the success answer of an operation: `[…]`, `{ items: […] }`, `{ data: { orders: […] } }`. A list inside an
 * object that says more than paging is a part of a thing, not a list of things, unless `listed` says otherwise.
 */
export function listShapeOf(operation: Operation, listed: boolean): ListShape | undefined {
  const media = jsonContent(operation)
  if (media?.schema === undefined) return undefined
  const found = listIn(knownBody(media.schema).field, lastWord(operation.path), listed, 0)
  return found && { ...found, media }
}

/** The JSON that an operation answers with on a good day. */
export function jsonContent(operation: Operation): MediaType | undefined {
  const response = successResponse(operation)
  if (response === undefined) return undefined
  let known = contents.get(response)
  if (known === undefined) {
    const media = mainContent(response.content)
    const json = media !== undefined && isJsonType(media.type) ? media : undefined
    contents.set(response, (known = { json }))
  }
  return known.json
}

const contents = new WeakMap<ResponseDeclaration, { readonly json: MediaType | undefined }>()

/** `/orders/{id}/lines` -> `lines` */
export function lastWord(path: string): string {
  return (
    path
      .split('/')
      .findLast((one) => one !== '' && !one.startsWith('{'))
      ?.split(/[.(]/)[0] ?? ''
  )
}

/** Names without case, dashes and dots: `order_id` and `orderId` are one. */
export function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
}

/** `categories` -> `category`, `addresses` -> `address`, `orders` -> `order` */
export function singular(name: string): string {
  if (/ies$/i.test(name)) return name.replace(/ies$/i, 'y')
  if (/(ss|sh|ch|x|z)es$/i.test(name)) return name.slice(0, -2)
  return /[^s]s$/i.test(name) ? name.slice(0, -1) : name
}

const LIST =
  /^(items|data|results?|entries|values|records|hits|rows|content|elements|list|nodes|objects|resources|members|value)$/i
const HOLDER = /^(data|_?embedded|result|response|payload|body|page)$/i
/** What stands beside a list that is the whole point of an answer. */
const PAGING =
  /^(_?links?|_?meta(data)?|total.*|count|.*_?count|size|length|pages?|page.*|per_?page|limit|offset|skip|first.*|last.*|current.*|from|to|path|next.*|prev.*|previous.*|has_?.*|is_?.*|empty|number_?of.*|cursors?|.*cursor|.*token|pagination|paging|self|kind|object|type|url|href|facets|aggregations|incomplete_results|took|errors?|success|status|message|sort|order|query|etag|number|@.*|odata.*|\$schema)$/i

function listIn(
  field: Field,
  word: string,
  listed: boolean,
  depth: number,
): Omit<ListShape, 'media'> | undefined {
  if (field.types.includes('array')) {
    const item = field.children().find((one) => one.name === '[]')
    return item === undefined ? undefined : { place: [], item, most: mostIn(field) }
  }
  const children = field.children()
  const lists = children.filter((one) => one.types.includes('array') && isOfThings(one))
  const named = lists.find((one) => plain(one.name) === plain(word))
  const usual = lists.find((one) => LIST.test(one.name))
  const list = named ?? usual ?? (lists.length === 1 ? lists[0] : undefined)
  if (list !== undefined) {
    const others = children.filter((one) => one !== list)
    if (!listed && !others.every((one) => PAGING.test(one.name))) return undefined
    const item = list.children().find((one) => one.name === '[]')
    return item === undefined ? undefined : { place: [list.name], item, most: mostIn(list) }
  }
  if (depth > 0) return undefined
  for (const holder of children.filter((one) => HOLDER.test(one.name))) {
    const inner = listIn(holder, word, listed, depth + 1)
    if (inner !== undefined && inner.place.length > 0)
      return { ...inner, place: [holder.name, ...inner.place] }
  }
  return undefined
}

function isOfThings(list: Field): boolean {
  const item = list.children().find((one) => one.name === '[]')
  return item !== undefined && (item.types.includes('object') || item.types.length === 0)
}

function mostIn({ schema }: Field): number {
  const value = schema?.value
  const most: unknown =
    value !== null && typeof value === 'object' ? Reflect.get(value, 'maxItems') : undefined
  return typeof most === 'number' && most >= 1 ? most : Infinity
}
