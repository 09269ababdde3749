import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { ownerSourceOf } from '../2-link/owner-source.ts'
import { classesOf } from '../3-check/classes.ts'
import { answersProblems } from '../3-check/problem-types.ts'
import { operationAddress } from '../blueprint/studio-address.ts'
import type { GraphqlDocument } from '../operation/api.ts'
import {
  mainContent,
  successResponse,
  type MediaType,
  type Operation,
  type Parameter,
  type ResponseDeclaration,
} from '../operation/operation.ts'
import { bodyField } from '../schema/fields.ts'
import type { Field } from '../schema/field.ts'
import { isObject } from '../text/site.ts'
import { codeSamples } from './code-samples.ts'
import { exampleOf, examplesOf, generatedExample } from './examples-of.ts'
import { graphqlAnswer } from './graphql-query.ts'
import type {
  ReferenceContent,
  ReferenceError,
  ReferenceFields,
  ReferenceOperation,
  ReferenceParameter,
  ReferenceResponse,
  SchemaNode,
} from './reference.ts'
import { requestDraft } from './request-draft.ts'
import { schemaNode, type TreeContext } from './schema-tree.ts'
import { securityWords } from './security-words.ts'
import { tryTargets } from './try-targets.ts'
import { designedBy, usageOf, type Usage } from './usage.ts'

export interface ReferenceOptions {
  /** Where the mock answers: samples are written for it. */
  readonly mockUrl: string
}

/** Levels of a schema that are open from the start. */
const levels = 2

/** Everything to look up about one operation, by its name (`store.getBasket`); `undefined` where there is none. */
export function referenceOperationOf(
  graph: Graph,
  id: string,
  { mockUrl }: ReferenceOptions,
): ReferenceOperation | undefined {
  const operation = nodeOf(graph, 'operation', `op:${id}`)
  if (operation === undefined) return undefined
  const usage = usageOf(graph, id)
  const success = successResponse(operation)
  const draft = requestDraft(operation, documentOf(graph, operation))
  const targets = tryTargets(graph, operation, mockUrl)
  const body = operation.requestBody()
  const { title, description, sunset, owner } = operation
  const ownerFrom = ownerSourceOf(graph, operation)
  return {
    id,
    api: operation.api,
    name: operation.name,
    protocol: operation.protocol,
    method: operation.method,
    path: operation.path,
    tags: operation.tags,
    deprecated: operation.deprecated,
    stage: operation.stage,
    file: operation.site.document.file.path,
    url: operationAddress(id),
    parameters: operation.parameters().map((one) => parameterOf(graph, operation, one, usage)),
    responses: operation
      .responses()
      .map((one) => responseOf(graph, operation, one, usage, one === success)),
    errors: operation
      .responses()
      .filter((one) => /^[45]|^default$/i.test(one.status))
      .map(errorOf),
    security: operation
      .security()
      .map((all) =>
        all.map((one) => ({ scheme: one.scheme, scopes: one.scopes, words: securityWords(one) })),
      ),
    callers: usage.callers,
    missing: usage.missing.size,
    samples: codeSamples(operation, draft, targets[0]!.base),
    draft,
    targets,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(sunset !== undefined && { sunset }),
    ...(owner !== undefined && { owner }),
    ...(ownerFrom !== undefined && { ownerFrom }),
    ...(success !== undefined && { success: success.status }),
    ...(body !== undefined && {
      request: {
        required: body.required,
        content: body.content.map((content) => ({
          type: content.type,
          examples: examplesOf(content, {
            direction: 'request',
            ...(content === mainContent(body.content) && { seed: `${id} body` }),
          }),
          ...rootOf(content, 'request', requestContext(graph, operation, usage)),
        })),
      },
    }),
  }
}

/** Which part of an operation a field is of. */
export type FieldPlace =
  | { readonly kind: 'response'; readonly status?: string; readonly type?: string }
  | { readonly kind: 'request'; readonly type?: string }
  /** `in` and name of a parameter: `query:page`. */
  | { readonly kind: 'parameter'; readonly parameter: string }

/** One field of an operation, opened two levels further; `undefined` where there is none. */
export function referenceFieldsOf(
  graph: Graph,
  id: string,
  place: FieldPlace,
  path: string,
): ReferenceFields | undefined {
  const operation = nodeOf(graph, 'operation', `op:${id}`)
  if (operation === undefined) return undefined
  const usage = usageOf(graph, id)
  const found = treeAt(graph, operation, place, usage)
  const field = found && fieldAt(found.root, path)
  return field === undefined ? undefined : { id, field: schemaNode(field, found!.context, levels) }
}

interface Tree {
  readonly root: Field
  readonly context: TreeContext
}

function treeAt(
  graph: Graph,
  operation: Operation,
  place: FieldPlace,
  usage: Usage,
): Tree | undefined {
  switch (place.kind) {
    case 'response': {
      const success = successResponse(operation)
      const response =
        place.status === undefined
          ? success
          : operation.responses().find((one) => one.status === place.status)
      const content = response && contentOf(response.content, place.type)
      if (content === undefined) return undefined
      const context = responseContext(
        graph,
        operation,
        usage,
        response === success && content === mainContent(response!.content),
      )
      return { root: bodyOf(content, 'response'), context }
    }
    case 'request': {
      const content = contentOf(operation.requestBody()?.content ?? [], place.type)
      return (
        content && {
          root: bodyOf(content, 'request'),
          context: requestContext(graph, operation, usage),
        }
      )
    }
    case 'parameter': {
      const parameter = operation
        .parameters()
        .find((one) => `${one.in}:${one.name}` === place.parameter)
      return (
        parameter && {
          root: bodyField(parameter.schema ?? parameter.content?.schema),
          context: plainContext(graph, operation),
        }
      )
    }
  }
}

function contentOf(content: readonly MediaType[], type: string | undefined): MediaType | undefined {
  return type === undefined ? mainContent(content) : content.find((one) => one.type === type)
}

/** Follows a path as the tree shows it: the items of a list stand for the list. */
function fieldAt(root: Field, path: string): Field | undefined {
  let here: Field = root
  while (here.path !== path) {
    const next = here
      .children()
      .filter(
        (one) =>
          path === one.path ||
          (path.startsWith(one.path) && /^[.[{]/.test(path.slice(one.path.length))),
      )
    const longest = next.toSorted((one, other) => other.path.length - one.path.length)[0]
    if (longest === undefined || longest.path.length <= here.path.length) return undefined
    here = longest
  }
  return here
}

/** The fields of a body; the same ones each time, so that what has been opened is not merged again. */
function bodyOf(content: MediaType, direction: 'request' | 'response'): Field {
  let field = bodies.get(content)
  if (field === undefined)
    bodies.set(content, (field = bodyField(content.schema ?? content.itemSchema, { direction })))
  return field
}

const bodies = new WeakMap<MediaType, Field>()

function rootOf(
  content: MediaType,
  direction: 'request' | 'response',
  context: TreeContext,
): { readonly root?: SchemaNode } {
  if (
    content.schema === undefined &&
    content.itemSchema === undefined &&
    context.missing.size === 0
  )
    return {}
  return { root: schemaNode(bodyOf(content, direction), context, levels) }
}

function plainContext(graph: Graph, operation: Operation): TreeContext {
  return { operation, classes: classesOf(graph), users: new Map(), missing: new Set() }
}

function requestContext(graph: Graph, operation: Operation, usage: Usage): TreeContext {
  return { ...plainContext(graph, operation), users: usage.sends }
}

function responseContext(
  graph: Graph,
  operation: Operation,
  usage: Usage,
  isMain: boolean,
): TreeContext {
  const plain = plainContext(graph, operation)
  return isMain ? { ...plain, users: usage.needs, missing: usage.missing } : plain
}

function parameterOf(
  graph: Graph,
  operation: Operation,
  parameter: Parameter,
  usage: Usage,
): ReferenceParameter {
  const { name, required, deprecated, description, schema, content, examples } = parameter
  const field = bodyField(schema ?? content?.schema)
  const structured = field.types.includes('array') || field.types.includes('object')
  return {
    name,
    in: parameter.in,
    required,
    deprecated,
    field: schemaNode({ ...field, required }, plainContext(graph, operation), levels),
    examples: [...examples, ...(content?.examples ?? [])].map((one) =>
      exampleOf(one, schema ?? content?.schema, 'application/json', 'request'),
    ),
    sentBy: usage.sends.get(name) ?? [],
    ...(description !== undefined && { description }),
    ...(structured && parameter.in !== 'argument' && { style: parameter.style }),
  }
}

function headerOf(
  graph: Graph,
  operation: Operation,
  header: Parameter,
  usage: Usage,
  isMain: boolean,
): ReferenceParameter {
  const needs = isMain
    ? [...usage.needs].filter(
        ([path]) => path.toLowerCase() === `header:${header.name}`.toLowerCase(),
      )
    : []
  const parameter = parameterOf(graph, operation, header, usage)
  return {
    ...parameter,
    field: { ...parameter.field, usedBy: needs.flatMap(([, users]) => users) },
    sentBy: [],
  }
}

function responseOf(
  graph: Graph,
  operation: Operation,
  response: ResponseDeclaration,
  usage: Usage,
  isSuccess: boolean,
): ReferenceResponse {
  const { status, description, headers, content } = response
  const main = mainContent(content)
  return {
    status,
    headers: headers.map((one) => headerOf(graph, operation, one, usage, isSuccess)),
    content: content.map((one): ReferenceContent => {
      const isMain = isSuccess && one === main
      return {
        type: one.type,
        examples:
          operation.protocol === 'graphql'
            ? generatedExample(graphqlAnswer(operation, documentOf(graph, operation)))
            : examplesOf(one, {
                direction: 'response',
                ...(isMain && { seed: `${operation.id} ${status}` }),
              }),
        ...rootOf(one, 'response', responseContext(graph, operation, usage, isMain)),
      }
    }),
    designedBy: designedBy(graph, usage, status),
    ...(description !== undefined && { description }),
  }
}

function errorOf(response: ResponseDeclaration): ReferenceError {
  const titles = new Set<string>()
  const types = new Set<string>()
  for (const { value } of response.content.flatMap((one) => one.examples)) {
    if (!isObject(value)) continue
    for (const [found, key] of [
      [titles, 'title'],
      [types, 'type'],
    ] as const) {
      const text = Object.hasOwn(value, key) ? value[key] : undefined
      if (
        typeof text === 'string' &&
        text !== '' &&
        text !== 'about:blank' &&
        found.size < mostTitles
      )
        found.add(text.slice(0, 300))
    }
  }
  return {
    status: response.status,
    titles: [...titles],
    types: [...types],
    problem: answersProblems(response),
    ...(response.description !== undefined && { description: response.description }),
  }
}

const mostTitles = 20

/** The first document of the UI that asks for a GraphQL field. */
function documentOf(
  graph: Graph,
  { protocol, method, path, api }: Operation,
): GraphqlDocument | undefined {
  if (protocol === 'rest') return undefined
  const contract = graph.apis.find((one) => one.name === api)?.contract
  return contract?.graphql?.documents.find(
    (one) => one.method === method && one.selected.some((field) => field.operation === path),
  )
}
