import { bodyField, child, validatorOf } from '@throughline/core'
import type { Dataset, MediaType, Site } from '@throughline/core'
import type { Answer } from './answer.ts'
import type { Effect } from './effect.ts'
import { malformed, withField } from './fault.ts'
import { generatedValue } from './generated.ts'
import { pacedStream } from './paced-stream.ts'

/** Types whose content is one item after another (OpenAPI 3.2, "Sequential Media Types"). */
function isSequential(type: string): boolean {
  return (
    type !== 'application/json' &&
    /event-stream|ndjson|jsonl|json-lines|jsonlines|json-seq/i.test(type)
  )
}

/** Whether items are sent one by one: events always are, lines when a scenario says how. */
export function comesInItems(type: string, effect: Effect | undefined): boolean {
  if (!isSequential(type)) return false
  if (/event-stream/i.test(type)) return true
  return (
    effect?.stream !== undefined || (effect?.fault !== undefined && effect.fault.kind !== 'flaky')
  )
}

export interface ItemsOf {
  readonly media: MediaType
  readonly type: string
  /** Items that the contract has as an example; else each is made up. */
  readonly given: readonly unknown[] | undefined
  readonly seed: string
  readonly dataset: Dataset | undefined
  /** What the client has seen already: the stream goes on after it. */
  readonly lastEventId: string | undefined
  readonly effect: Effect | undefined
}

/**
 * Sends the items of a stream one by one, until it ends as the scenario says or the client leaves. The same seed gives the
 * same items, also to a client that comes back.
 */
export function itemStream(items: ItemsOf): NonNullable<Answer['stream']> {
  const { effect, type, given, dataset, media, lastEventId } = items
  const seen = Number(/^\d{1,15}$/.exec(lastEventId?.trim() ?? '')?.[0] ?? 0)
  return pacedStream({
    ...effect?.stream,
    items: effect?.stream?.items ?? given?.length ?? usualCount(dataset),
    fault: effect?.fault?.kind,
    textOf(turn, broken) {
      const text = written(type, itemAt(items, seen + turn), seen + turn + 1, media)
      return broken ? torn(text) : text
    },
  })
}

/** How many items come where nobody says. */
export function usualCount(dataset: Dataset | undefined): number {
  if (dataset === 'empty') return 0
  if (dataset === 'one') return 1
  return dataset === 'many' ? 50 : 3
}

function itemAt({ media, given, seed, dataset, effect }: ItemsOf, index: number): unknown {
  let value: unknown
  if (given !== undefined && given.length > 0) value = given[index % given.length]
  else {
    const schema = itemSchemaOf(media)
    value =
      schema === undefined
        ? {}
        : generatedValue(schema, `${seed} ${index}`, dataset === undefined ? {} : { dataset })
  }
  const fault = effect?.fault
  if (fault?.kind === 'drop' || fault?.kind === 'null')
    for (const path of fault.paths) value = withField(value, path, fault.kind)
  return value
}

/** What one item is: `itemSchema`, else the items of a list, else (before 3.2) what the schema of the body describes. */
function itemSchemaOf({ itemSchema, schema }: MediaType): Site | undefined {
  if (itemSchema !== undefined || schema === undefined) return itemSchema
  const items = bodyField(schema)
    .children()
    .find((one) => one.name === '[]')
  return items === undefined ? schema : (items.written ?? items.schema)
}

function written(type: string, item: unknown, id: number, media: MediaType): string {
  if (/event-stream/i.test(type)) return eventText(item, id, media)
  const line = JSON.stringify(item) ?? 'null'
  return /json-seq/i.test(type) ? `\u001e${line}\n` : `${line}\n`
}

/** One event. An item that the contract describes as `data`, `event`, `id` and `retry` is written as that, else it is the data. */
function eventText(item: unknown, id: number, media: MediaType): string {
  const site = itemSchemaOf(media)
  const field = media.itemSchema === undefined ? undefined : bodyField(media.itemSchema)
  const data = field?.children().find((one) => one.name === 'data')
  if (data === undefined || item === null || typeof item !== 'object' || site === undefined)
    return `id: ${id}\n${dataLines(typeof item === 'string' ? item : (JSON.stringify(item) ?? 'null'))}\n`
  let text = ''
  const own = numbered(item, id, site)
  for (const name of ['event', 'id', 'retry']) {
    const value: unknown = Object.hasOwn(own, name) ? Reflect.get(own, name) : undefined
    if (typeof value === 'string' || typeof value === 'number')
      text += `${name}: ${oneLine(value)}\n`
  }
  if (!Object.hasOwn(own, 'id')) text += `id: ${id}\n`
  const value: unknown = Reflect.get(own, 'data')
  const content = data.schema && child(data.schema, 'contentSchema')
  const inner =
    content !== undefined && !isJson(value)
      ? JSON.stringify(generatedValue(content, `${id}`))
      : typeof value === 'string'
        ? value
        : (JSON.stringify(value) ?? '')
  return `${text}${dataLines(inner)}\n`
}

function isJson(value: unknown): boolean {
  try {
    JSON.parse(String(value))
    return typeof value === 'string'
  } catch {
    return false
  }
}

/** The id counts where the contract lets it, so that a client can come back for what it missed. */
function numbered(item: object, id: number, schema: Site): object {
  if (!Object.hasOwn(item, 'id')) return item
  const next = { ...item, id: String(id) }
  return validatorOf(schema).test(next, { direction: 'response' }) ? next : item
}

function oneLine(value: string | number): string {
  return String(value).replace(/[\r\n\0]+/g, ' ')
}

function dataLines(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('')
}

/** An item whose text breaks off, framed as if it were whole. */
function torn(text: string): string {
  const half = Buffer.from(malformed(Buffer.from(text.trimEnd()))).toString()
  return text.startsWith('id:') || text.startsWith('data:') || text.includes('\ndata:')
    ? `${half}\n\n`
    : `${half}\n`
}
