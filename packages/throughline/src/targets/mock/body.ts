import {
  bodyField,
  heldTo,
  isJsonType,
  isXmlType,
  pointerOf,
  ruleViolation,
  sentence,
  validatorOf,
  valueOfXml,
  xmlElement,
  xmlTextOf,
} from '@throughline/core'
import type {
  Dataset,
  Example,
  GenerateOptions,
  MediaType,
  Operation,
  Rules,
  Site,
} from '@throughline/core'
import { headerText } from './answer.ts'
import { csvText } from './csv-text.ts'
import { generatedValue } from './generated.ts'
import { sampleFile } from './sample-file.ts'
import { sharedJson } from './shared-json.ts'

/** What a response holds, before it is written out. */
export interface Content {
  readonly value: unknown
  readonly example?: string
  /** How an example breaks its schema, as one line. */
  readonly violation?: string
}

export interface Wanted {
  /** An example by name: served even when it breaks its schema, with the violation beside it. */
  readonly example?: string | undefined
  /** Generated data, whatever examples there are. */
  readonly dynamic: boolean
  readonly seed: string
  /** How much generated data there is; anything but the ordinary goes before examples. */
  readonly dataset?: Dataset | undefined
  /** Which examples are better than the first: the one of the thing that was asked for, the one with empty lists. */
  readonly better?: (value: unknown) => boolean
}

/**
 * The content of a response: the first example that keeps to its schema, else generated data. An example that breaks
 * its schema is never taken unasked; why it was passed over is said in `violation`.
 */
export function contentOf(operation: Operation, media: MediaType, wanted: Wanted): Content {
  const { examples } = media
  if (wanted.example !== undefined) {
    const named = examples.find((one) => one.name === wanted.example && isAtHand(one))
    if (named !== undefined) return served(named, violationOf(operation, media, named))
  }
  let violation: string | undefined
  const { dataset, dynamic } = wanted
  if (!dynamic && dataset === undefined) {
    const { better } = wanted
    const ordered =
      better === undefined || examples.length < 2
        ? examples
        : examples.toSorted((a, b) => Number(better(b.value)) - Number(better(a.value)))
    for (const example of ordered) {
      if (!isAtHand(example)) continue
      const wrong = violationOf(operation, media, example)
      if (wrong === undefined) return served(example, undefined)
      violation ??= wrong
    }
  }
  const options =
    dataset === undefined
      ? dynamic
        ? WITHOUT_EXAMPLES
        : WITH_EXAMPLES
      : { examples: !dynamic, dataset }
  const value = madeUp(media, wanted.seed, options)
  return violation === undefined ? { value } : { value, violation }
}

const WITH_EXAMPLES: GenerateOptions = { examples: true }
const WITHOUT_EXAMPLES: GenerateOptions = { examples: false }

function madeUp(
  { schema, itemSchema }: MediaType,
  seed: string,
  options: GenerateOptions,
): unknown {
  if (schema !== undefined) return generatedValue(schema, seed, options)
  if (itemSchema === undefined) return {}
  return Array.from({ length: 3 }, (_, index) =>
    generatedValue(itemSchema, `${seed} ${index}`, options),
  )
}

/** How an example breaks its schema, or what the policy asks of it; `undefined` when it does not. Found once. */
export function violationOf(
  operation: Operation,
  media: MediaType,
  example: Example,
): string | undefined {
  if (media.schema === undefined || !isDataType(media.type)) return undefined
  let known = violations.get(example)
  const rules = heldTo(media.schema.document)
  if (known === undefined || known.rules !== rules) {
    const value = isXmlType(media.type) ? dataOfXml(example.value, media) : example.value
    const [own] = validatorOf(media.schema)(value, { direction: 'response', all: false })
    const first = own ?? ruleViolation(media.schema, value, 'response')
    const where = first === undefined ? '' : pointerOf(first.path)
    const text =
      first &&
      `${operation.api}.${operation.name} example "${example.name}" ${where || '/'}: ${sentence(first, 'it')}`
    violations.set(
      example,
      (known = { text: text === undefined ? undefined : headerText(text).slice(0, 500), rules }),
    )
  }
  return known.text
}

const violations = new WeakMap<
  Example,
  { readonly text: string | undefined; readonly rules: Rules | undefined }
>()

/** Whether what is sent in this type is data that a schema describes: JSON or XML. */
export function isDataType(type: string): boolean {
  return isJsonType(type) || isXmlType(type)
}

/** An example of XML may be the data or the document itself. */
function dataOfXml(value: unknown, { schema }: MediaType): unknown {
  if (typeof value !== 'string') return value
  const root = xmlElement(value)
  return 'problem' in root ? value : valueOfXml(root, bodyField(schema))
}

function isAtHand(example: Example): boolean {
  return example.external === undefined
}

function served({ name, value }: Example, violation: string | undefined): Content {
  return { value, example: name, ...(violation !== undefined && { violation }) }
}

/** Whether the mock can write this type: JSON, XML, text, and whatever an example spells out or is plain bytes. */
export function isServable({ type, examples, schema }: MediaType): boolean {
  if (
    isDataType(type) ||
    /^text\/|^image\/|^\*|octet-stream|pdf|zip|csv|^audio\/|^video\/|^font\/|ndjson|jsonl|json-lines|json-seq/i.test(
      type,
    )
  )
    return true
  return examples.some((one) => typeof one.value === 'string') || schema === undefined
}

/** The bytes of a value in a media type. A file that nobody has given is a small real one of its type. */
export function bytesOf(
  value: unknown,
  type: string,
  {
    given = true,
    schema,
    examples = [],
  }: {
    readonly given?: boolean
    readonly schema?: Site | undefined
    /** What the contract shows of it: parts of the value may be taken from there. */
    readonly examples?: readonly Example[]
  } = {},
): Uint8Array {
  if (isJsonType(type)) return sharedJson(value, examples)
  if (isXmlType(type) && typeof value !== 'string')
    return Buffer.from(xmlTextOf(value, bodyField(schema)))
  if (Array.isArray(value)) {
    const items = value.map((one) => JSON.stringify(one))
    if (/event-stream/i.test(type))
      return Buffer.from(items.map((one) => `data: ${one}\n\n`).join(''))
    if (/ndjson|jsonl|json-lines|jsonlines/i.test(type))
      return Buffer.from(items.map((one) => `${one}\n`).join(''))
    if (/json-seq/i.test(type)) return Buffer.from(items.map((one) => `\u001e${one}\n`).join(''))
    if (/[/+]csv/i.test(type)) return Buffer.from(csvText(value))
  }
  const sample = given ? undefined : sampleFile(type)
  if (sample !== undefined) return sample
  return Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
}

/** The type to write for a range in the contract. */
export function typeOf({ type }: MediaType): string {
  if (!type.includes('*')) return type
  const bare = type.split(';')[0]!.trim()
  if (bare === '*/*' || bare === '*' || bare === 'application/*') return 'application/json'
  if (bare === 'text/*') return 'text/plain'
  if (bare === 'image/*') return 'image/png'
  return bare.includes('*') ? 'application/octet-stream' : type
}
