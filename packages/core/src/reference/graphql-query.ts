import type { GraphqlDocument } from '../operation/api.ts'
import { fieldsOf } from '../operation/fields-of.ts'
import type { Operation } from '../operation/operation.ts'
import { seededChoices } from '../schema/choices.ts'
import { bodyField, findField } from '../schema/fields.ts'
import type { Field } from '../schema/field.ts'
import { generate } from '../schema/generate.ts'
import { isObject, type Site } from '../text/site.ts'
import { asJson } from './json-text.ts'
import { parameterValue } from './parameter-value.ts'
import { mayHaveChildren } from './schema-tree.ts'

/** What is sent to a GraphQL API. */
export interface GraphqlQuery {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** The document that the UI sends, else a query for the plain values of the field and of what it holds. */
export function graphqlQuery(
  operation: Operation,
  document: GraphqlDocument | undefined,
): GraphqlQuery {
  if (document !== undefined)
    return { query: document.text, variables: variablesOf(operation, document.text) }
  const given = operation
    .parameters()
    .filter((one) => one.required)
    .map((one) => `${one.name}: ${literal(parameterValue(operation, one), one.schema)}`)
  const called = operation.path + (given.length === 0 ? '' : `(${given.join(', ')})`)
  const selection = textOf(selectionOf(operation))
  return {
    query: `${operation.method} {\n  ${called}${selection === '' ? '' : ` ${indented(selection)}`}\n}`,
    variables: {},
  }
}

/** What such a query may be answered with, below its field: made from the schemas of what is asked for. */
export function graphqlAnswer(
  operation: Operation,
  document: GraphqlDocument | undefined,
): unknown {
  const root = fieldsOf(operation)
  if (!mayHaveChildren(root)) return made(root, operation.id)
  const asked =
    document === undefined ? selectionOf(operation) : documentSelection(operation, document)
  return answered(root, asked, operation.id)
}

/** A field that is asked for; `inside` is empty for a plain value. */
interface Asked {
  readonly name: string
  readonly field: Field | undefined
  readonly inside: Asked[]
}

const mostFields = 60
const deepest = 3
/** Fields of one type that are looked at: GitHub's `Node` is one of three hundred types. */
const mostLookedAt = 200

function selectionOf(operation: Operation): readonly Asked[] {
  return askedIn(fieldsOf(operation), 0, [], { fields: mostFields })
}

function askedIn(
  field: Field,
  depth: number,
  within: readonly unknown[],
  room: { fields: number },
): Asked[] {
  const { inner } = innermost(field)
  if (!mayHaveChildren(inner)) return []
  const schema = inner.schema?.value
  const children = within.includes(schema) ? [] : inner.children().slice(0, mostLookedAt)
  // A union or interface is told apart by the name of its type only.
  if (children.some((one) => one.name === '__typename')) return [typename]
  const asked: Asked[] = []
  for (const child of children) {
    if (room.fields <= 0) break
    const isPlain = !mayHaveChildren(innermost(child).inner)
    if (!isPlain && depth >= deepest - 1) continue
    room.fields--
    asked.push({
      name: child.name,
      field: child,
      inside: isPlain ? [] : askedIn(child, depth + 1, [...within, schema], room),
    })
  }
  return asked.length === 0 ? [typename] : asked
}

const typename: Asked = { name: '__typename', field: undefined, inside: [] }

/** What a document asks for below the operation's field, in the contract's words. */
function documentSelection(operation: Operation, { selected }: GraphqlDocument): readonly Asked[] {
  const root = fieldsOf(operation)
  const asked: Asked[] = []
  for (const { operation: own, field: path } of selected) {
    if (own !== operation.path) continue
    let level = asked
    let at = ''
    for (const part of path.replace(/^(\[\])+\.?/, '').split('.')) {
      at = at === '' ? path.slice(0, path.indexOf(part)) + part : `${at}.${part}`
      const name = part.replace(/(\[\])+$/, '')
      let known = level.find((one) => one.name === name)
      if (known === undefined) {
        const found = findField(root, at.replace(/(\[\])+$/, ''))
        known = { name, field: 'field' in found ? found.field : undefined, inside: [] }
        level.push(known)
      }
      level = known.inside
    }
  }
  return asked
}

function answered(field: Field, asked: readonly Asked[], seed: string): unknown {
  const { inner, lists } = innermost(field)
  const value = Object.fromEntries(
    asked.map((one) => [one.name, valueOf(one, inner, `${seed} ${one.name}`)]),
  )
  let wrapped: unknown = value
  for (let list = 0; list < lists; list++) wrapped = [wrapped]
  return wrapped
}

function valueOf({ field, inside }: Asked, parent: Field, seed: string): unknown {
  if (field === undefined) return parent.typeName ?? 'Type'
  return inside.length === 0 ? made(field, seed) : answered(field, inside, seed)
}

function made(field: Field, seed: string): unknown {
  const schema = field.written ?? field.schema
  return schema === undefined
    ? null
    : generate(schema, seededChoices(seed), { name: field.name, length: 1 })
}

/** Variables of a document that are handed to arguments of the operation. */
function variablesOf(operation: Operation, text: string): GraphqlQuery['variables'] {
  const parameters = operation.parameters()
  const variables = new Map<string, unknown>()
  for (const [, argument, variable] of text.matchAll(/(\w+)\s*:\s*\$(\w+)/g)) {
    const parameter = parameters.find((one) => one.name === argument)
    if (variable !== undefined && parameter !== undefined && !variables.has(variable))
      variables.set(variable, parameterValue(operation, parameter))
  }
  return Object.fromEntries(variables)
}

/** `{ total nodes { rating } }` over several lines; empty for a plain value. */
function textOf(asked: readonly Asked[]): string {
  if (asked.length === 0) return ''
  if (asked.length === 1 && asked[0] === typename) return '{ __typename }'
  const lines = asked.map(
    (one) => `${one.name}${one.inside.length === 0 ? '' : ` ${textOf(one.inside)}`}`,
  )
  return `{\n${lines.map((line) => `  ${indented(line)}`).join('\n')}\n}`
}

/** Through lists of lists to what is in them, and how many lists there are. */
function innermost(field: Field): { readonly inner: Field; readonly lists: number } {
  let inner = field
  let lists = 0
  while (inner.types[0] === 'array' && lists < 10) {
    const item = inner.children().find((one) => one.name === '[]')
    if (item === undefined) break
    inner = item
    lists++
  }
  return { inner, lists }
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ')
}

/** A value as GraphQL writes it: keys and enum values without quotes. */
function literal(value: unknown, schema: Site | undefined): string {
  return written(value, bodyField(schema))
}

function written(value: unknown, field: Field): string {
  if (Array.isArray(value)) {
    const item = field.children().find((one) => one.name === '[]')
    return `[${value.map((one) => written(one, item ?? field)).join(', ')}]`
  }
  if (isObject(value)) {
    const children = field.children()
    const parts = Object.entries(value).map(
      ([name, inner]) =>
        `${name}: ${written(inner, children.find((one) => one.name === name) ?? field)}`,
    )
    return `{ ${parts.join(', ')} }`
  }
  const allowed = isObject(field.schema?.value) ? field.schema.value['enum'] : undefined
  return typeof value === 'string' && Array.isArray(allowed) && allowed.includes(value)
    ? value
    : asJson(value)
}
