import { bodyField, validatorOf } from '@throughline/core'
import type { Field, RequestViolation, Site } from '@throughline/core'
import { generatedValue } from './generated.ts'
import { withProperties } from './reshape.ts'

/**
 * What is wrong with a request, put where the contract's own error lists it: a list of objects or of sentences
 * (`errors: [{ field, message }]`), sentences by field (`errors: { quantity: [...] }`), at the root, in a member such as
 * `errors` or `violations`, or in an `error` around them. Whatever would break the schema is left as it was.
 */
export function withOwnErrors(
  value: unknown,
  schema: Site | undefined,
  violations: readonly RequestViolation[],
  seed: string,
): unknown {
  if (schema === undefined || violations.length === 0) return value
  const told = toldIn(value, bodyField(schema), violations.slice(0, MOST), seed, 0)
  if (told === value || !validatorOf(schema).test(told, { direction: 'response' })) return value
  return told
}

/** A form shows no more. */
const MOST = 20
const DEEPEST = 3
const LISTS =
  /^(?:(?:field|validation)?errors|violations|issues|problems|causes|details?|invalidparams|messages|fields)$/
const AROUND = /^(?:error|errors|problem|fault|body|data|meta)$/

function toldIn(
  value: unknown,
  field: Field,
  violations: readonly RequestViolation[],
  seed: string,
  depth: number,
): unknown {
  if (field.types.includes('array'))
    return depth === 0 ? (listOf(field, violations, seed) ?? value) : value
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  let result: Readonly<Record<string, unknown>> = { ...value }
  let changed = false
  for (const child of field.children()) {
    const { name } = child
    const called = plain(name)
    const before: unknown = Object.hasOwn(result, name) ? Reflect.get(result, name) : undefined
    const list = LISTS.test(called)
      ? (listOf(child, violations, seed) ?? byField(child, violations))
      : undefined
    const next =
      list ??
      (before !== undefined && AROUND.test(called) && depth < DEEPEST
        ? toldIn(before, child, violations, seed, depth + 1)
        : before)
    if (next === before) continue
    result = { ...result, [name]: next }
    changed = true
  }
  return changed ? result : value
}

/** One item for each violation, in the shape that the items of this list have. */
function listOf(
  field: Field,
  violations: readonly RequestViolation[],
  seed: string,
): readonly unknown[] | undefined {
  const item = field.types.includes('array')
    ? field.children().find((one) => one.name === '[]')
    : undefined
  if (item === undefined) return undefined
  if (item.types.includes('string')) return violations.map(({ message }) => message)
  const schema = item.written ?? item.schema
  if (!item.types.includes('object') || schema === undefined) return undefined
  return violations.map((violation, index) => {
    const least = generatedValue(schema, `${seed} ${index}`, {
      examples: false,
      dataset: 'minimal',
    })
    const words = item.children().flatMap((child): (readonly [string, unknown])[] => {
      const word = wordFor(child, violation)
      return word === undefined ? [] : [[child.name, word]]
    })
    return withProperties(least, Object.fromEntries(words), schema)
  })
}

/** Sentences by the field that they are about, where the contract has a map of them. */
function byField(
  field: Field,
  violations: readonly RequestViolation[],
): Readonly<Record<string, unknown>> | undefined {
  const children = field.children()
  const [entry] = children
  if (children.length !== 1 || entry?.name !== '{}') return undefined
  const isList = entry.types.includes('array')
  if (!isList && !entry.types.includes('string')) return undefined
  const found = new Map<string, string[]>()
  for (const violation of violations) {
    const about = aboutOf(violation)
    found.set(about, [...(found.get(about) ?? []), violation.message])
  }
  return Object.fromEntries(
    [...found].map(([name, messages]) => [name, isList ? messages : messages[0]]),
  )
}

/** What a member of an error says of a violation, going by its name. */
function wordFor({ name, types }: Field, violation: RequestViolation): unknown {
  const { in: place, reason, missing, message, expected, got } = violation
  switch (plain(name)) {
    case 'field':
    case 'fieldname':
    case 'path':
    case 'propertypath':
    case 'property':
    case 'param':
    case 'parameter':
    case 'name':
    case 'attribute':
    case 'target':
    case 'key':
      return types.includes('array') ? segmentsOf(violation) : aboutOf(violation)
    case 'loc':
      return [place, ...segmentsOf(violation)]
    case 'pointer':
    case 'jsonpointer':
    case 'instancepath':
      return pointerOf(violation)
    case 'source':
      return place === 'body'
        ? { pointer: pointerOf(violation) }
        : { [place === 'header' ? 'header' : 'parameter']: violation.name }
    case 'in':
    case 'location':
    case 'place':
      return place
    case 'message':
    case 'msg':
    case 'detail':
    case 'description':
    case 'reason':
    case 'title':
    case 'error':
    case 'text':
    case 'issue':
    case 'errormessage':
      return message
    case 'type':
    case 'code':
    case 'rule':
      return missing === undefined ? reason : 'missing'
    case 'expected':
      return expected
    case 'got':
    case 'value':
    case 'rejectedvalue':
    case 'actual':
      return got
    default:
      return undefined
  }
}

/** The keys that lead to what is wrong, the property that is missing with them. */
function segmentsOf({
  in: place,
  name,
  pointer,
  missing,
}: RequestViolation): readonly (string | number)[] {
  const inside = pointer
    .split('/')
    .slice(1)
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((one) => (/^(?:0|[1-9]\d{0,8})$/.test(one) ? Number(one) : one))
  return [
    ...(place === 'body' || name === undefined ? [] : [name]),
    ...inside,
    ...(missing === undefined ? [] : [missing]),
  ]
}

function pointerOf({ pointer, missing }: RequestViolation): string {
  return missing === undefined
    ? pointer
    : `${pointer}/${missing.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** `lines[0].sku`, `page`; `body` for the whole of it. */
function aboutOf(violation: RequestViolation): string {
  const text = segmentsOf(violation)
    .map((one, index) => (typeof one === 'number' ? `[${one}]` : index === 0 ? one : `.${one}`))
    .join('')
  return text === '' ? violation.in : text
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '')
}
