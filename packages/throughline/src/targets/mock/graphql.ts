import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  Source,
  buildASTSchema,
  execute,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import type {
  DocumentNode,
  ExecutionResult,
  FragmentDefinitionNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql'
import type { Contract, Operation } from '@throughline/core'
import { accepted } from './accept.ts'
import { jsonAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { delayOf } from './latency.ts'
import type { Effect } from './effect.ts'
import { sessionOf } from './session.ts'
import { malformed, withField } from './fault.ts'
import { fieldResolver, typeResolver } from './graphql-values.ts'
import type { GraphqlWorld } from './graphql-values.ts'
import { thingTypes, thingsOf } from './graphql-things.ts'
import type { ThingTypes } from './graphql-things.ts'
import type { Place } from './data-control.ts'
import type { MockRequest } from './mock.ts'
import type { Because } from './traffic/told.ts'
import type { Ground } from './world/base.ts'
import type { DataChoice } from './world/dataset.ts'
import type { Resources } from './world/resources.ts'
import type { World } from './world/worlds.ts'
import { problemAnswer } from './problem.ts'
import type { Asked } from './scenario.ts'

interface GraphqlCall {
  readonly request: MockRequest
  /** Of the URL, without the `?`. */
  readonly query: string
  readonly seed: string
  readonly turn: number
  /** The collections of all other APIs, as the session finds them. */
  readonly places: readonly Place[]
  readonly world: World
  /** Whether the session has written to its world. */
  readonly lived: boolean
  /** What everything is filled with. */
  readonly filled: DataChoice
  /** What a scenario does to a call of these operations. */
  readonly effect: (asked: Asked) => Effect | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface GraphqlService {
  answer(call: GraphqlCall): Answer | Promise<Answer>
  /** Which operations of the contract a request asks for, and how its documents break the schema. */
  asked(call: Pick<GraphqlCall, 'request' | 'query'>): GraphqlAsked
  /** The things that only this API knows, beside those of others. */
  resources(elsewhere: readonly Resources[]): Resources | undefined
}

interface GraphqlAsked {
  readonly operations: readonly Operation[]
  readonly errors: readonly string[]
}

/**
 * Serves a GraphQL contract (GraphQL over HTTP): POST with JSON, GET with `query`, introspection, batches. The
 * executable schema is built for the first request, parsed documents are kept.
 *
 * A scenario's 401, 403, 429 and 5xx are the status of the whole answer, as a gateway gives them; other errors stand in
 * `errors` with status 200, as a resolver gives them, with `extensions.code`.
 */
export function graphqlService(contract: Contract): GraphqlService {
  const documents = new Map<string, ParsedDocument>()
  let schema: GraphQLSchema | undefined
  let broken: string | undefined
  let types: ThingTypes | undefined
  let beside: readonly Resources[] = []

  return {
    answer(call) {
      const built = schemaOf()
      if (built === undefined) {
        return problemAnswer(500, {
          title: 'The GraphQL schema has errors. Mend them and save',
          detail: broken ?? '',
        })
      }
      const read = paramsOf(call)
      if ('status' in read) return read
      const [first] = read.params
      if (!read.batch) return answerOf(built, call, first ?? paramsIn(undefined), read.only)
      return batchOf(
        Promise.all(read.params.map(async (one) => answerOf(built, call, one, read.only))),
      )
    },
    asked(call) {
      const built = schemaOf()
      const read = paramsOf(call)
      if (built === undefined || 'status' in read) return { operations: [], errors: [] }
      const operations = new Set<Operation>()
      const wrong: string[] = []
      for (const { query, operationName } of read.params) {
        if (query === undefined) continue
        const { document, errors = [] } = documentOf(built, query)
        for (const error of errors) wrong.push(error.message)
        const operation = document && getOperationAST(document, operationName)
        if (document === undefined || operation === null || operation === undefined) continue
        for (const [, name] of topFields(operation.selectionSet, fragmentsOf(document))) {
          const one = operationNamed(contract, operation.operation, name)
          if (one !== undefined) operations.add(one)
        }
      }
      return { operations: [...operations], errors: wrong }
    },
    resources(elsewhere) {
      const built = schemaOf()
      return built && typesOf(built, elsewhere).resources
    },
  }

  function typesOf(built: GraphQLSchema, elsewhere: readonly Resources[]): ThingTypes {
    const same =
      elsewhere.length === beside.length && elsewhere.every((one, index) => one === beside[index])
    if (types === undefined || !same) {
      types = thingTypes(contract, built, elsewhere)
      beside = elsewhere
    }
    return types
  }

  function schemaOf(): GraphQLSchema | undefined {
    if (schema !== undefined || broken !== undefined) return schema
    try {
      schema = buildASTSchema(parse(contract.graphql?.sdl() ?? '', { noLocation: true }), {
        assumeValidSDL: true,
      })
    } catch (error) {
      broken = error instanceof Error ? error.message : String(error)
    }
    return schema
  }

  function documentOf(built: GraphQLSchema, text: string): ParsedDocument {
    const known = documents.get(text)
    if (known !== undefined) return known
    let parsed: ParsedDocument
    try {
      const document = parse(new Source(text, 'request'), { maxTokens: MOST_TOKENS })
      const errors = validate(built, document, specifiedRules, { maxErrors: 20 })
      parsed = errors.length > 0 ? { errors } : { document }
    } catch (error) {
      parsed = { errors: [error instanceof GraphQLError ? error : new GraphQLError(String(error))] }
    }
    if (documents.size >= MOST_DOCUMENTS) documents.clear()
    documents.set(text, parsed)
    return parsed
  }

  function answerOf(
    built: GraphQLSchema,
    call: GraphqlCall,
    params: Params,
    only: 'query' | undefined,
  ): Answer | Promise<Answer> {
    const type =
      accepted(call.request.header('accept'), [
        'application/json',
        'application/graphql-response+json',
      ]) ?? 'application/json'
    // With plain JSON, an error in the request is a 200 (GraphQL over HTTP, 6.4.1): old clients look into `errors`.
    const refusal = type === 'application/json' ? 200 : 400
    if (params.query === undefined) {
      if (params.persisted)
        return graphqlAnswer(
          200,
          { errors: [errorOf('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND')] },
          type,
        )
      return graphqlAnswer(
        400,
        { errors: [errorOf('Send the query as `query`', 'BAD_REQUEST')] },
        type,
      )
    }
    const { document, errors } = documentOf(built, params.query)
    if (document === undefined)
      return graphqlAnswer(refusal, { errors: errors?.map((one) => one.toJSON()) }, type)
    const operation = getOperationAST(document, params.operationName)
    if (operation === null || operation === undefined) {
      const names = document.definitions.flatMap((one) =>
        one.kind === Kind.OPERATION_DEFINITION && one.name ? [one.name.value] : [],
      )
      return graphqlAnswer(
        refusal,
        {
          errors: [
            errorOf(
              `Name one of the operations in \`operationName\`: ${names.join(', ')}`,
              'OPERATION_RESOLUTION_FAILURE',
            ),
          ],
        },
        type,
      )
    }
    if (only === 'query' && operation.operation !== OperationTypeNode.QUERY) {
      return graphqlAnswer(
        405,
        { errors: [errorOf('A mutation goes by POST', 'METHOD_NOT_ALLOWED')] },
        type,
        ['Allow', 'POST'],
      )
    }
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      return graphqlAnswer(
        refusal,
        { errors: [errorOf('The mock does not stream subscriptions', 'NOT_IMPLEMENTED')] },
        type,
      )
    }
    const effects = effectsOf(contract, call, document, operation, params)
    const all = [...effects.values()]
    const whole = wholeAnswer(all, type) ?? spelledOut(effects, type)
    if (whole !== undefined) return affected(whole, all, call, contract)
    const { places, world: session, filled } = call
    const types = typesOf(
      built,
      places.map((one) => one.resources),
    )
    const ground: Ground = {
      resources: types.resources,
      seed: call.seed,
      dynamic: false,
      filled,
      dataset: filled.dataset,
      known: new Map(),
    }
    const world: GraphqlWorld = {
      contract,
      seed: call.seed,
      effects,
      mutation: operation.operation === OperationTypeNode.MUTATION,
      things: thingsOf(types, places, session, ground, call.request.header),
      budget: { left: MOST_VALUES },
    }
    const result = execute({
      schema: built,
      document,
      rootValue: undefined,
      contextValue: world,
      variableValues: params.variables,
      operationName: params.operationName ?? null,
      fieldResolver,
      typeResolver,
    })
    const finish = (one: ExecutionResult): Answer => ({
      ...affected(
        graphqlAnswer(one.data === undefined ? refusal : 200, withDrops(one, effects), type),
        all,
        call,
        contract,
      ),
      ...(all.length === 0 && { because: call.lived ? LIVED : MADE_UP }),
    })
    return result instanceof Promise ? result.then(finish) : finish(result)
  }
}

const LIVED: Because = { kind: 'world' }
const MADE_UP: Because = { kind: 'generated' }
const MOST_TOKENS = 50_000
const MOST_DOCUMENTS = 500
const MOST_BATCH = 50
/** Values in one answer: deeply nested lists grow fast. */
const MOST_VALUES = 200_000

interface ParsedDocument {
  readonly document?: DocumentNode
  readonly errors?: readonly GraphQLError[]
}

interface Params {
  readonly query: string | undefined
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly persisted: boolean
}

function graphqlAnswer(
  status: number,
  value: object,
  type: string,
  headers: readonly string[] = [],
): Answer {
  return jsonAnswer(status, value, headers, type)
}

function errorOf(message: string, code: string): object {
  return { message, extensions: { code } }
}

type ReadParams = {
  readonly params: readonly Params[]
  readonly batch: boolean
  readonly only: 'query' | undefined
}

function paramsOf({ request, query }: Pick<GraphqlCall, 'request' | 'query'>): ReadParams | Answer {
  const { method, header, body } = request
  if (method === 'GET' || method === 'HEAD') {
    const pairs = new URLSearchParams(query)
    if (!pairs.has('query') && /text\/html/.test(header('accept') ?? '')) {
      return problemAnswer(400, {
        title: 'This is a GraphQL endpoint: send POST with {"query": "{ __typename }"}',
      })
    }
    const given = {
      query: pairs.get('query'),
      operationName: pairs.get('operationName'),
      variables: jsonOf(pairs.get('variables')),
      extensions: jsonOf(pairs.get('extensions')),
    }
    return { params: [paramsIn(given)], batch: false, only: 'query' }
  }
  if (method !== 'POST')
    return problemAnswer(405, { title: 'Send POST, or GET with ?query=' }, [
      'Allow',
      'GET, HEAD, POST',
    ])
  const type = header('content-type') ?? 'application/json'
  const text = Buffer.from(body ?? []).toString()
  if (/^application\/graphql\b(?!-)/i.test(type))
    return { params: [paramsIn({ query: text })], batch: false, only: undefined }
  if (!/^application\/([\w.-]+\+)?json/i.test(type))
    return problemAnswer(415, { title: 'Send the query as application/json' })
  const value = jsonOf(text)
  if (Array.isArray(value) && value.length > 0 && value.length <= MOST_BATCH)
    return { params: value.map(paramsIn), batch: true, only: undefined }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return problemAnswer(400, { title: 'Send JSON: {"query": "{ __typename }"}' })
  return { params: [paramsIn(value)], batch: false, only: undefined }
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

function paramsIn(value: unknown): Params {
  const of = (name: string): unknown =>
    value !== null && typeof value === 'object' && Object.hasOwn(value, name)
      ? Reflect.get(value, name)
      : undefined
  const query = of('query')
  const operationName = of('operationName')
  const variables = of('variables')
  const extensions = of('extensions')
  return {
    query: typeof query === 'string' && query.trim() !== '' ? query : undefined,
    operationName:
      typeof operationName === 'string' && operationName !== '' ? operationName : undefined,
    variables: isRecord(variables) ? variables : {},
    persisted: isRecord(extensions) && isRecord(extensions['persistedQuery']),
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

async function batchOf(answers: Promise<readonly Answer[]>): Promise<Answer> {
  const all = await answers
  const failed = all.find((one) => one.fault !== undefined || one.status >= 400)
  if (failed !== undefined) return failed
  const delay = Math.max(0, ...all.map((one) => one.delay ?? 0))
  const text = all.map((one) => Buffer.from(one.body ?? []).toString()).join(',')
  return {
    status: 200,
    headers: ['Content-Type', 'application/json'],
    body: Buffer.from(`[${text}]`),
    ...(delay > 0 && { delay }),
  }
}

/** What a scenario does to each field at the top of the query, by response key. */
function effectsOf(
  contract: Contract,
  call: GraphqlCall,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  params: Params,
): ReadonlyMap<string, Effect> {
  const fragments = fragmentsOf(document)
  const effects = new Map<string, Effect>()
  for (const [key, name] of topFields(operation.selectionSet, fragments)) {
    const one = operationNamed(contract, operation.operation, name)
    const effect =
      one &&
      call.effect({
        operations: [one],
        body: () => params.variables,
        query: () => new Map(new URLSearchParams(call.query)),
        header: call.request.header,
        path: new Map(),
        session: sessionOf(call.request),
        now: call.now,
      })
    if (effect !== undefined) effects.set(key, effect)
  }
  return effects
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  )
}

function operationNamed(contract: Contract, method: string, name: string): Operation | undefined {
  return contract.operations.find((one) => one.method === method && one.path === name)
}

function topFields(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  depth = 0,
): readonly (readonly [string, string])[] {
  if (depth > 20) return []
  return set.selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [[(one.alias ?? one.name).value, one.name.value] as const]
    if (one.kind === Kind.INLINE_FRAGMENT) return topFields(one.selectionSet, fragments, depth + 1)
    const fragment = fragments.get(one.name.value)
    return fragment === undefined ? [] : topFields(fragment.selectionSet, fragments, depth + 1)
  })
}

/** Outcomes that are no business of a single field. */
function wholeAnswer(effects: readonly Effect[], type: string): Answer | undefined {
  for (const { fault, status, body } of effects) {
    if (fault?.kind === 'timeout' || fault?.kind === 'reset')
      return { status: 503, headers: [], body: undefined, fault: fault.kind }
    if (status === undefined || body !== undefined) continue
    const number = /^\d{3}$/.test(status) ? Number(status) : status === '5xx' ? 503 : 0
    const code = GATEWAY.get(number) ?? (number >= 500 ? 'INTERNAL_SERVER_ERROR' : undefined)
    if (code === undefined) continue
    const wait =
      number === 429 || number === 503
        ? ['Retry-After', '3']
        : number === 401
          ? ['WWW-Authenticate', 'Bearer']
          : []
    return graphqlAnswer(
      number,
      { errors: [errorOf(MESSAGES.get(number) ?? 'Something broke at our end. Try again', code)] },
      type,
      wait,
    )
  }
  return undefined
}

const GATEWAY = new Map([
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [429, 'TOO_MANY_REQUESTS'],
  [503, 'SERVICE_UNAVAILABLE'],
])
const MESSAGES = new Map([
  [401, 'Sign in to go on'],
  [403, 'Ask somebody who may do this'],
  [429, 'Too many requests. Wait a moment, then try again'],
  [503, 'We are away for a moment. Try again soon'],
])

/** A scenario's own body: a whole GraphQL answer, or the value of its field. */
function spelledOut(effects: ReadonlyMap<string, Effect>, type: string): Answer | undefined {
  for (const [key, effect] of effects) {
    if (!Object.hasOwn(effect, 'body')) continue
    const { body } = effect
    const whole = isRecord(body) && (Object.hasOwn(body, 'data') || Object.hasOwn(body, 'errors'))
    const status = /^\d{3}$/.test(effect.status ?? '') ? Number(effect.status) : 200
    return graphqlAnswer(status, whole ? body : { data: { [key]: body } }, type)
  }
  return undefined
}

function withDrops(result: ExecutionResult, effects: ReadonlyMap<string, Effect>): object {
  const { data } = result
  let changed: Readonly<Record<string, unknown>> | null | undefined = data
  for (const [key, { fault }] of effects) {
    if (
      (fault?.kind === 'drop' || fault?.kind === 'null') &&
      changed &&
      Object.hasOwn(changed, key)
    ) {
      for (const path of fault.paths)
        changed = { ...changed, [key]: withField(changed[key], path, fault.kind) }
    }
  }
  return {
    ...(result.errors && { errors: result.errors.map((one) => one.toJSON()) }),
    ...(changed !== undefined && { data: changed }),
  }
}

function affected(
  answer: Answer,
  effects: readonly Effect[],
  call: GraphqlCall,
  contract: Contract,
): Answer {
  let { body } = answer
  let delay = 0
  let fault = answer.fault
  const headers = [...answer.headers]
  for (const effect of effects) {
    if (effect.latency !== undefined)
      delay = Math.max(delay, delayOf(effect.latency, contract.api, call.turn))
    if (effect.fault?.kind === 'malformed' && body !== undefined) body = malformed(body)
    if (effect.fault?.kind === 'truncate') fault = 'truncate'
    for (const [name, value] of Object.entries(effect.headers ?? {})) {
      if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[\r\n\0]/.test(value)) headers.push(name, value)
    }
  }
  return {
    ...answer,
    headers,
    body,
    ...(delay > 0 && { delay }),
    ...(fault !== undefined && { fault }),
  }
}
