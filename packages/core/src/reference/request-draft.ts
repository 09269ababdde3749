import type { GraphqlDocument } from '../operation/api.ts'
import { isJsonType, mainContent, type Operation, type Parameter } from '../operation/operation.ts'
import { seededChoices } from '../schema/choices.ts'
import { generate } from '../schema/generate.ts'
import { isObject } from '../text/site.ts'
import { graphqlQuery } from './graphql-query.ts'
import { asJson } from './json-text.ts'
import { parameterValue } from './parameter-value.ts'
import type { RequestDraft } from './reference.ts'

/**
 * A first request, from examples and defaults, else made from the schemas: what must be sent, and nothing more.
 * GraphQL: the query that the UI really sends where there is one, with its variables.
 */
export function requestDraft(
  operation: Operation,
  document: GraphqlDocument | undefined,
): RequestDraft {
  if (operation.protocol === 'graphql') {
    const body = asJson(graphqlQuery(operation, document), 2)
    return { pathParameters: {}, query: {}, headers: { 'content-type': 'application/json' }, body }
  }
  const pathParameters = new Map<string, string>()
  const query = new Map<string, string | readonly string[]>()
  const headers = new Map<string, string>()
  for (const parameter of operation.parameters().slice(0, mostParameters)) {
    const { in: place, name, required } = parameter
    if (place === 'path') pathParameters.set(name, plain(parameterValue(operation, parameter), ','))
    else if (!required) continue
    else if (place === 'query')
      for (const [key, value] of queryPairs(parameter, parameterValue(operation, parameter)))
        query.set(key, value)
    else if (place === 'header' && !/^(accept|content-type|authorization)$/i.test(name))
      headers.set(name, plain(parameterValue(operation, parameter), ','))
  }
  const body = bodyOf(operation)
  if (body !== undefined) headers.set('content-type', body.type)
  return {
    pathParameters: Object.fromEntries(pathParameters),
    query: Object.fromEntries(query),
    headers: Object.fromEntries(headers),
    ...(body !== undefined && { body: body.text }),
  }
}

const mostParameters = 200

function bodyOf(
  operation: Operation,
): { readonly type: string; readonly text: string } | undefined {
  const content = mainContent(operation.requestBody()?.content ?? [])
  if (content === undefined) return undefined
  const type = content.type.includes('*') ? 'application/json' : content.type
  const example = content.examples.find((one) => one.value !== undefined)?.value
  if (isJsonType(type)) {
    const made =
      example ??
      (content.schema &&
        generate(content.schema, seededChoices(`${operation.id} body`), {
          direction: 'request',
          length: 1,
        }))
    return { type, text: asJson(made ?? {}, 2) }
  }
  if (typeof example === 'string') return { type, text: example }
  if (/^application\/x-www-form-urlencoded/i.test(type) && content.schema !== undefined) {
    const made =
      example ??
      generate(content.schema, seededChoices(`${operation.id} body`), {
        direction: 'request',
        length: 1,
      })
    return { type, text: isObject(made) ? formText(made) : '' }
  }
  return { type, text: '' }
}

function formText(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${escaped(name)}=${escaped(plain(value, ','))}`)
    .join('&')
}

function escaped(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}

/** The names and values of a query parameter, by its style (OpenAPI 3.2, 4.12.2). */
function queryPairs(
  { name, style, explode, content }: Parameter,
  value: unknown,
): readonly (readonly [string, string | readonly string[]])[] {
  if (content !== undefined) return [[name, asJson(value)]]
  if (Array.isArray(value)) {
    const items = value.map((one) => plain(one, ','))
    return [[name, explode && style === 'form' ? items : items.join(separators[style] ?? ',')]]
  }
  if (!isObject(value)) return [[name, plain(value, ',')]]
  const entries = Object.entries(value)
  if (style === 'deepObject')
    return entries.map(([key, inner]) => [`${name}[${key}]`, plain(inner, ',')])
  if (explode) return entries.map(([key, inner]) => [key, plain(inner, ',')])
  return [[name, entries.flatMap(([key, inner]) => [key, plain(inner, ',')]).join(',')]]
}

const separators: Readonly<Record<string, string>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
}

/** A value as it stands in a URL or a header. */
function plain(value: unknown, separator: string): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((one) => plain(one, separator)).join(separator)
  return asJson(value)
}
