import { bodyField, findField, type MissingField } from '../schema/fields.ts'
import type { Field, FoundField } from '../schema/field.ts'
import { mainContent, successResponse, type Operation, type Parameter } from './operation.ts'

const responses = new WeakMap<Operation, Map<string, Field>>()
const requests = new WeakMap<Operation, Field>()

/**
 * The fields of an answer: its body, and each header as a child named `header:Link`. Without a `status`, of the
 * response that screens are built from (`successResponse`). An answer without a body has no type but `null`.
 */
export function fieldsOf(operation: Operation, status?: string): Field {
  let byStatus = responses.get(operation)
  if (byStatus === undefined) responses.set(operation, (byStatus = new Map<string, Field>()))
  const key = status ?? ''
  let field = byStatus.get(key)
  if (field === undefined) byStatus.set(key, (field = responseField(operation, status)))
  return field
}

/** The fields of a request: its body, and each parameter as a child under its own name (the body's field wins). */
export function requestField(operation: Operation): Field {
  let field = requests.get(operation)
  if (field === undefined) {
    const content = mainContent(operation.requestBody()?.content ?? [])
    const body =
      content === undefined ? nothing : bodyField(content.schema, { direction: 'request' })
    field = withChildren(body, () =>
      operation.parameters().map((one) => parameterField(one, one.name)),
    )
    requests.set(operation, field)
  }
  return field
}

/** Follows a path into an answer (`successResponse` without a `status`); `header:link` finds the header `Link`. */
export function findInAnswer(
  operation: Operation,
  path: string,
  status?: string,
): FoundField | MissingField {
  const root = fieldsOf(operation, status)
  if (!/^header:/i.test(path)) return findField(bodies.get(root) ?? root, path)
  const headers = root.children().filter(isHeader)
  const wanted = headers.find((one) => one.name.toLowerCase() === path.trim().toLowerCase())
  if (wanted === undefined) return { missing: path, at: '', known: headers.map((one) => one.name) }
  return findField(root, wanted.name)
}

/** Follows a path into a request: its body first, then a parameter of that name. */
export function findInRequest(operation: Operation, path: string): FoundField | MissingField {
  const root = requestField(operation)
  const inBody = findField(bodies.get(root) ?? root, path)
  if ('field' in inBody) return inBody
  const found = findField(root, path)
  return 'field' in found
    ? found
    : { ...found, known: [...new Set([...inBody.known, ...found.known])] }
}

/** Whether a child of `fieldsOf` is a response header and no part of the body. */
export function isHeader(field: Field): boolean {
  return field.path.startsWith('header:')
}

function responseField(operation: Operation, status: string | undefined): Field {
  const response =
    status === undefined
      ? successResponse(operation)
      : operation.responses().find((one) => one.status === status)
  if (response === undefined) return nothing
  const content = mainContent(response.content)
  const body =
    content === undefined
      ? nothing
      : bodyField(content.schema ?? content.itemSchema, { direction: 'response' })
  return withChildren(body, () =>
    response.headers.map((one) => parameterField(one, `header:${one.name}`)),
  )
}

const nothing: Field = {
  path: '',
  name: '',
  types: ['null'],
  nullable: true,
  required: true,
  deprecated: false,
  readOnly: false,
  writeOnly: false,
  schema: undefined,
  children: () => [],
}

/** The body alone, by the field that lists headers or parameters beside it. */
const bodies = new WeakMap<Field, Field>()

function withChildren(body: Field, more: () => readonly Field[]): Field {
  let children: readonly Field[] | undefined
  const field: Field = {
    ...body,
    children: () => {
      if (children === undefined) {
        const own = body.children()
        const names = new Set(own.map((one) => one.name))
        children = [...own, ...more().filter((one) => !names.has(one.name))]
      }
      return children
    },
  }
  bodies.set(field, body)
  return field
}

function parameterField(parameter: Parameter, name: string): Field {
  const { required, deprecated, description } = parameter
  const schema = parameter.schema ?? parameter.content?.schema
  const field = bodyField(schema)
  return {
    ...field,
    path: name,
    name,
    required,
    deprecated: deprecated || field.deprecated,
    ...(description !== undefined && { description }),
    children: () => field.children().map((one) => below(name, one)),
  }
}

function below(prefix: string, field: Field): Field {
  const joint = field.path.startsWith('[') || field.path.startsWith('{') ? '' : '.'
  return {
    ...field,
    path: `${prefix}${joint}${field.path}`,
    children: () => field.children().map((one) => below(prefix, one)),
  }
}
