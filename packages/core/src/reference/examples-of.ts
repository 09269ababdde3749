import { isJsonType, type Example, type MediaType } from '../operation/operation.ts'
import { seededChoices } from '../schema/choices.ts'
import { generate } from '../schema/generate.ts'
import { validatorOf } from '../schema/validate.ts'
import { sentence } from '../schema/violation.ts'
import type { Site } from '../text/site.ts'
import { asJson } from './json-text.ts'
import type { ReferenceExample } from './reference.ts'

export interface ExampleOptions {
  readonly direction: 'request' | 'response'
  /** Makes one from the schema where the contract names none. The same seed, the same example. */
  readonly seed?: string
}

/** Every example of a body, each told whether it keeps its own schema. */
export function examplesOf(
  { type, schema, examples }: MediaType,
  { direction, seed }: ExampleOptions,
): readonly ReferenceExample[] {
  if (examples.length > 0)
    return examples.slice(0, mostExamples).map((one) => exampleOf(one, schema, type, direction))
  if (seed === undefined || schema === undefined || !isJsonType(type)) return []
  return generatedExample(generate(schema, seededChoices(seed), { direction }))
}

/** An example that the contract does not have; none for a value that cannot be. */
export function generatedExample(value: unknown): readonly ReferenceExample[] {
  return value === undefined
    ? []
    : [{ name: 'generated', ...textOf(value), generated: true, problems: [] }]
}

/** An example of a parameter or header: its values are data, whatever they are written as. */
export function exampleOf(
  example: Example,
  schema: Site | undefined,
  type: string,
  direction: ExampleOptions['direction'],
): ReferenceExample {
  const { name, summary, value, external } = example
  const isText = typeof value === 'string' && !isJsonType(type)
  const violations =
    schema === undefined || isText || value === undefined
      ? []
      : validatorOf(schema)(value, { direction })
  const text =
    isText || value === undefined
      ? cutText(value === undefined ? (external ?? '') : value)
      : textOf(value)
  return {
    name,
    ...text,
    generated: false,
    problems: violations.slice(0, mostProblems).map((one) => sentence(one, 'it')),
    ...(summary !== undefined && { summary }),
  }
}

const mostExamples = 50
const mostProblems = 10
const longest = 20_000

function textOf(value: unknown): Pick<ReferenceExample, 'text' | 'cut'> {
  return cutText(asJson(value, 2))
}

function cutText(text: string): Pick<ReferenceExample, 'text' | 'cut'> {
  return text.length > longest
    ? { text: text.slice(0, longest).toWellFormed(), cut: true }
    : { text, cut: false }
}
