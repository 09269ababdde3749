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
import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { Contract, Operation } from '@throughline/core'
import { accepted } from './accept.ts'
import type { Answer } from './answer.ts'
import type { Effect } from './effect.ts'
import type { GraphqlCall } from './graphql-call.ts'
import { operationNamed, topFields } from './graphql-document.ts'
import { affected, effectsOf, spelledOut, wholeAnswer, withDrops } from './graphql-effects.ts'
import type { Execution } from './graphql-execution.ts'
import { asOneEvent, EVENTS, framingOf } from './graphql-framing.ts'
import { paramsIn, paramsOf } from './graphql-params.ts'
import type { Params } from './graphql-params.ts'
import { errorOf, graphqlAnswer } from './graphql-response.ts'
import { subscribed } from './graphql-subscription.ts'
import { thingTypes, thingsOf } from './graphql-things.ts'
import type { ThingTypes } from './graphql-things.ts'
import { sentQueries } from './sent-queries.ts'
import { fieldResolver, typeResolver } from './graphql-values.ts'
import { problemAnswer } from './problem.ts'
import type { Because } from './traffic/told.ts'
import type { Ground } from './world/base.ts'
import type { Resources } from './world/resources.ts'

export interface GraphqlService {
  answer(call: GraphqlCall): Answer | Promise<Answer>
  /** Which operations of the contract a request asks for, and how its documents break the schema. */
  asked(call: Pick<GraphqlCall, 'request' | 'query'>): {
    readonly operations: readonly Operation[]
    readonly errors: readonly string[]
  }
  /** The things that only this API knows, beside those of others. */
  resources(elsewhere: readonly Resources[]): Resources | undefined
}

/**
 * Serves a GraphQL contract (GraphQL over HTTP): POST with JSON, GET with `query`, introspection, batches, subscriptions
 * as a stream of events. The executable schema is built for the first request, parsed documents are kept.
 *
 * A scenario's 401, 403, 429 and 5xx are the status of the whole answer, as a gateway gives them; other errors stand in
 * `errors` with status 200, as a resolver gives them, with `extensions.code`.
 */
export function graphqlService(contract: Contract): GraphqlService {
  const documents = new Map<string, ParsedDocument>()
  const sent = sentQueries()
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
        Promise.all(
          read.params.map(async (one) => inJson(built, call, one, read.only, 'application/json')),
        ),
      )
    },
    asked(call) {
      const built = schemaOf()
      const read = paramsOf(call)
      if (built === undefined || 'status' in read) return { operations: [], errors: [] }
      const operations = new Set<Operation>()
      const wrong: string[] = []
      for (const { operationName, ...one } of read.params) {
        const query = sent.queryOf(one)
        if (query === undefined) continue
        const { document, errors = [] } = documentOf(built, query)
        for (const error of errors) wrong.push(error.message)
        const operation = document && getOperationAST(document, operationName)
        if (document === undefined || operation === null || operation === undefined) continue
        for (const field of topFields(document, operation)) {
          const one = operationNamed(contract, operation, field)
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
        EVENTS,
      ]) ?? 'application/json'
    if (type !== EVENTS) return inJson(built, call, params, only, type)
    const answer = inJson(built, call, params, only, 'application/json')
    return answer instanceof Promise ? answer.then(asOneEvent) : asOneEvent(answer)
  }

  function inJson(
    built: GraphQLSchema,
    call: GraphqlCall,
    params: Params,
    only: 'query' | undefined,
    type: string,
  ): Answer | Promise<Answer> {
    // With plain JSON, an error in the request is a 200 (GraphQL over HTTP, 6.4.1): old clients look into `errors`.
    const refusal = type === 'application/json' ? 200 : 400
    const refused = (status: number, message: string, code: string, ...headers: string[]): Answer =>
      graphqlAnswer(status, { errors: [errorOf(message, code)] }, type, headers)
    const query = sent.queryOf(params)
    if (query === undefined)
      return params.hash === undefined
        ? refused(400, 'Send the query as `query`', 'BAD_REQUEST')
        : refused(200, 'PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND')
    if (!sent.isKept(params))
      return refused(400, 'provided sha does not match query', 'PERSISTED_QUERY_HASH_MISMATCH')
    const { document, errors } = documentOf(built, query)
    if (document === undefined)
      return graphqlAnswer(refusal, { errors: errors?.map((one) => one.toJSON()) }, type)
    const operation = getOperationAST(document, params.operationName)
    if (operation === null || operation === undefined) {
      const names = document.definitions.flatMap((one) =>
        one.kind === Kind.OPERATION_DEFINITION && one.name ? [one.name.value] : [],
      )
      return refused(
        refusal,
        `Name one of the operations in \`operationName\`: ${names.join(', ')}`,
        'OPERATION_RESOLUTION_FAILURE',
      )
    }
    if (only === 'query' && operation.operation === OperationTypeNode.MUTATION)
      return refused(405, 'A mutation goes by POST', 'METHOD_NOT_ALLOWED', 'Allow', 'POST')
    const effects = effectsOf(contract, call, document, operation, params)
    const args = executionOf(built, call, params, document, operation, effects)
    if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
      const framing = framingOf(call.request.header('accept'))
      return framing === undefined
        ? refused(
            refusal,
            'A subscription comes as Accept: text/event-stream or multipart/mixed, or over a WebSocket with graphql-transport-ws',
            'NOT_ACCEPTABLE',
          )
        : subscribed({ contract, call, effects, args, framing, type })
    }
    const all = [...effects.values()]
    const whole = wholeAnswer(all, type) ?? spelledOut(effects, type)
    if (whole !== undefined) return affected(whole, all, call, contract)
    const result = execute(args)
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

  function executionOf(
    built: GraphQLSchema,
    { places, world: session, filled, seed, request }: GraphqlCall,
    params: Params,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    effects: ReadonlyMap<string, Effect>,
  ): Execution {
    const types = typesOf(
      built,
      places.map((one) => one.resources),
    )
    const ground: Ground = {
      resources: types.resources,
      seed,
      dynamic: false,
      filled,
      dataset: filled.dataset,
      known: new Map(),
    }
    return {
      schema: built,
      document,
      rootValue: undefined,
      contextValue: {
        contract,
        seed,
        effects,
        mutation: operation.operation === OperationTypeNode.MUTATION,
        things: thingsOf(types, places, session, ground, request.header),
        budget: { left: MOST_VALUES },
      },
      variableValues: params.variables,
      operationName: params.operationName ?? null,
      fieldResolver,
      typeResolver,
    }
  }
}

const LIVED: Because = { kind: 'world' }
const MADE_UP: Because = { kind: 'generated' }
const MOST_TOKENS = 50_000
const MOST_DOCUMENTS = 500
/** Values in one answer: deeply nested lists grow fast. */
const MOST_VALUES = 200_000

interface ParsedDocument {
  readonly document?: DocumentNode
  readonly errors?: readonly GraphQLError[]
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
