import type { GraphqlDocument } from '../operation/api.ts'
import { fieldsOf } from '../operation/fields-of.ts'
import type { Operation } from '../operation/operation.ts'
import type { Field } from '../schema/field.ts'
import { bodyField } from '../schema/fields.ts'
import { isObject, type Site } from '../text/site.ts'
import { asJson } from './json-text.ts'
import { parameterValue } from './parameter-value.ts'

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
  const budget = { fields: mostFields }
  const selection = selectionOf(fieldsOf(operation), 0, [], budget)
  return {
    query: `${operation.method} {\n  ${called}${selection === '' ? '' : ` ${indented(selection)}`}\n}`,
    variables: {},
  }
}

const mostFields = 60
const deepest = 3

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

/** `{ total nodes { rating } }` over several lines; empty for a plain value. A union asks only for the name of its type. */
function selectionOf(
  field: Field,
  depth: number,
  within: readonly unknown[],
  budget: { fields: number },
): string {
  const inner = innermost(field)
  const children = inner.children()
  if (children.length === 0) return ''
  if (children.some((one) => one.name === '__typename')) return '{ __typename }'
  const schema = inner.schema?.value
  if (within.includes(schema)) return '{ __typename }'
  const lines: string[] = []
  for (const child of children) {
    if (budget.fields <= 0) break
    const isPlain = innermost(child).children().length === 0
    if (!isPlain && depth >= deepest - 1) continue
    budget.fields--
    const selection = isPlain ? '' : selectionOf(child, depth + 1, [...within, schema], budget)
    lines.push(child.name + (selection === '' ? '' : ` ${selection}`))
  }
  if (lines.length === 0) lines.push('__typename')
  return `{\n${lines.map((line) => `  ${indented(line)}`).join('\n')}\n}`
}

function innermost(field: Field): Field {
  let inner = field
  for (let depth = 0; depth < 10 && inner.types[0] === 'array'; depth++) {
    const item = inner.children().find((one) => one.name === '[]')
    if (item === undefined) break
    inner = item
  }
  return inner
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
