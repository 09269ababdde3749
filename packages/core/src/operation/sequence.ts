import type { Field } from '../schema/field.ts'

/** One item of a sequence: its value, or why it has none. */
export type SequenceItem = { readonly value: unknown } | { readonly problem: string }

/** Whether a body of this type is one item after another (OpenAPI 3.2, "Sequential Media Types"). */
export function isSequential(type: string): boolean {
  return /event-stream|ndjson|jsonl|json-lines|jsonlines|json-seq/i.test(type)
}

/**
 * The items of a body: JSON lines, JSON text sequences (RFC 7464), or server-sent events. An event is an object of its
 * fields where `item` has `data`, else what its data says.
 */
export function sequenceIn(text: string, type: string, item: Field): readonly SequenceItem[] {
  if (/event-stream/i.test(type)) return eventsIn(text, item)
  const separator = /json-seq/i.test(type) ? '\u001e' : /\r?\n/
  return text
    .split(separator, MOST_ITEMS)
    .filter((one) => one.trim() !== '')
    .map(parsed)
}

/** Items as a body of this type: what `sequenceIn` reads. */
export function sequenceText(items: readonly unknown[], type: string): string {
  const lines = items.map((one) => JSON.stringify(one ?? null))
  if (/event-stream/i.test(type)) return lines.map((one) => `data: ${one}\n\n`).join('')
  const mark = /json-seq/i.test(type) ? '\u001e' : ''
  return lines.map((one) => `${mark}${one}\n`).join('')
}

/** More than anybody reads the violations of. */
const MOST_ITEMS = 100_000

function parsed(text: string): SequenceItem {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'something else' }
  }
}

function eventsIn(text: string, item: Field): readonly SequenceItem[] {
  const data = item.children().find((one) => one.name === 'data')
  return text
    .split(/(?:\r\n|\r|\n){2,}/, MOST_ITEMS)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0)
    .map((fields): SequenceItem => {
      if (data === undefined) return parsed(fields.get('data') ?? '')
      const event: [string, unknown][] = [...fields]
      if (fields.has('data') && !data.types.includes('string')) {
        const read = parsed(fields.get('data')!)
        if ('problem' in read) return read
        event.push(['data', read.value])
      }
      if (/^\d{1,15}$/.test(fields.get('retry') ?? ''))
        event.push(['retry', Number(fields.get('retry'))])
      return { value: Object.fromEntries(event) }
    })
}

const FIELDS = new Set(['data', 'event', 'id', 'retry'])

/** The fields of one event; lines of data belong together, comments and unknown fields do not count. */
function fieldsOf(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.split(/\r\n|\r|\n/)) {
    const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
    if (!FIELDS.has(name)) continue
    const before = name === 'data' ? fields.get(name) : undefined
    fields.set(name, before === undefined ? value : `${before}\n${value}`)
  }
  return fields
}
