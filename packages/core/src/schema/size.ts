import { isObject, type Site } from '../text/site.ts'
import { seededChoices } from './choices.ts'
import { examplesOf, normalised } from './dialect.ts'
import type { Field } from './field.ts'
import { segmentsOf, type Segment } from './field-path.ts'
import { generate } from './generate.ts'

/** A typical answer, as far as a contract can tell. */
export interface Sample {
  readonly value: unknown
  /** UTF-8 bytes as compact JSON. */
  readonly bytes: number
  /** The JSON itself: what a gzip estimate is made from. */
  readonly text: string
  /** Whether somebody wrote it, or it was made from the schema. */
  readonly from: 'example' | 'schema'
}

/** How many items an outermost list is taken to have where nobody says: a page. */
const page = 20

/**
 * How big a typical answer is. An example wins (the contract's, handed in first; else the schema's own), otherwise one is
 * made, with lists of twenty. Remembered by example or schema.
 */
export function estimatedSize(schema: Site | undefined, examples: readonly unknown[] = []): Sample {
  const own = schema === undefined ? [] : examplesOf(normalised(schema))
  const example = [...examples, ...own].find((one) => one !== null && typeof one === 'object')
  const key = example ?? schema?.value
  if (key === null || typeof key !== 'object') return sampled(example ?? null, 'schema')
  const known = remembered.get(key)
  if (known !== undefined) return known
  const sample =
    example === undefined && schema !== undefined
      ? sampled(generate(schema, seededChoices('size'), { length: page }), 'schema')
      : sampled(example, 'example')
  remembered.set(key, sample)
  return sample
}

/**
 * How many bytes of an answer a field takes, its name and every occurrence included. Without a sample (or where the sample
 * leaves the field out) a value is made for it and counted once for each item of the lists around it.
 */
export function estimatedFieldSize(field: Field, sample?: Sample): number {
  const segments = segmentsOf(field.path) ?? []
  const last = segments.at(-1)
  const framing = last?.kind === 'name' ? JSON.stringify(last.name).length + 2 : 1
  const found = sample === undefined ? [] : valuesAt(sample.value, segments)
  if (found.length > 0)
    return found.reduce<number>((sum, value) => sum + framing + bytesOf(textOf(value)), 0)
  if (sample?.from === 'example') return 0
  const lists = segments.slice(0, -1).filter((one) => one.kind === 'items').length
  const times = lists === 0 ? 1 : page * 2 ** (lists - 1)
  const { schema } = field
  const value =
    schema === undefined
      ? 'anything'
      : generate(schema, seededChoices(field.path), { name: field.name })
  return times * (framing + bytesOf(textOf(value)))
}

const remembered = new WeakMap<object, Sample>()
const mostValues = 10_000

function sampled(value: unknown, from: Sample['from']): Sample {
  const text = textOf(value)
  return { value, bytes: bytesOf(text), text, from }
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value ?? null)
  } catch {
    return 'null' // An example that contains itself, through YAML aliases.
  }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Every value under a path, through all items and map values. */
function valuesAt(value: unknown, segments: readonly Segment[]): readonly unknown[] {
  let here: readonly unknown[] = [value]
  for (const segment of segments) {
    here = here.flatMap((one) => below(one, segment))
    if (here.length > mostValues) return []
  }
  return here
}

function below(value: unknown, segment: Segment): readonly unknown[] {
  if (Array.isArray(value)) {
    if (segment.kind === 'items') return value
    return segment.kind === 'item' && segment.index < value.length ? [value[segment.index]] : []
  }
  if (!isObject(value)) return []
  if (segment.kind === 'values') return Object.values(value)
  return segment.kind === 'name' && Object.hasOwn(value, segment.name) ? [value[segment.name]] : []
}
