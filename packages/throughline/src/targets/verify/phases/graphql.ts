import {
  compile,
  diffGraphs,
  graphqlQuery,
  type ApiNode,
  type Graph,
  type GraphqlDocument,
  type Operation,
} from '@throughline/core'
import { jsonOf } from '../exchange.ts'
import { graphqlCase, type GraphqlPlace } from '../graphql-case.ts'
import type { Script, Talk } from '../talk.ts'
import { introspectionQuery } from './introspection-query.ts'

interface GraphqlOptions {
  readonly graph: Graph
  /** Those that may be asked. */
  readonly operations: readonly Operation[]
  /** Where an API is, if the environment says so: the whole address. */
  readonly endpoint?: (api: string) => string | undefined
  /** Hears of an API that is nowhere below the target. */
  readonly notThere: (api: string) => void
}

/**
 * GraphQL APIs, each by itself: where it is, whether what runs is what the schema says, a query for each field of its roots, no deeper
 * than three, the documents that the UI really sends, and what must be refused.
 */
export function* graphqlScripts({
  graph,
  operations,
  endpoint = () => undefined,
  notThere,
}: GraphqlOptions): Generator<Script> {
  for (const api of graph.apis) {
    const { contract } = api
    const own = operations.filter((one) => one.api === api.name && one.protocol === 'graphql')
    const [first] = own
    if (contract?.protocol !== 'graphql' || first === undefined) continue
    yield async (talk) => {
      const at = await placeOf(talk, first, endpoint(api.name))
      if (at === undefined) return notThere(api.name)
      await drift(talk, api, first, at)
      for (const operation of own) {
        if (operation.method === 'subscription') continue
        await talk.ask(graphqlCase(at, operation, 'plain', graphqlQuery(operation, undefined)))
      }
      for (const document of contract.graphql?.documents ?? []) {
        const operation = calledBy(own, document)
        if (operation === undefined || document.method === 'subscription') continue
        await talk.ask(
          graphqlCase(
            at,
            operation,
            `document/${document.name}`,
            graphqlQuery(operation, document),
          ),
        )
      }
      const query = own.find((one) => one.method === 'query') ?? first
      for (const [name, text, mutation] of [
        ['unknown-field', '{ throughlineHasNoSuchField }', 'it asks for a field that there is not'],
        ['broken', '{ __typename', 'it is no GraphQL'],
      ] as const)
        await talk.ask(graphqlCase(at, query, name, { query: text, variables: {} }, mutation))
    }
  }
}

async function placeOf(
  talk: Talk,
  operation: Operation,
  address: string | undefined,
): Promise<GraphqlPlace | undefined> {
  const given = address === undefined ? undefined : new URL(address)
  const places: readonly GraphqlPlace[] =
    given === undefined
      ? [{ path: '/graphql' }, { path: `/${operation.api}/graphql` }, { path: '' }]
      : [{ path: given.pathname, origin: given.origin }]
  for (const place of places) {
    const probe = graphqlCase(place, operation, 'is-there', {
      query: '{ __typename }',
      variables: {},
    })
    const exchange = await talk.ask({ ...probe, probe: { kind: 'graphql' } })
    const body = exchange && jsonOf(exchange)
    if (own(own(body, 'data'), '__typename') !== undefined || Array.isArray(own(body, 'errors')))
      return place
  }
  return undefined
}

/** What runs beside what the schema promises: `drift`, with the steps that each difference touches. */
async function drift(
  talk: Talk,
  api: ApiNode,
  operation: Operation,
  at: GraphqlPlace,
): Promise<void> {
  const one = graphqlCase(at, operation, 'introspection', {
    query: introspectionQuery,
    variables: {},
  })
  const exchange = await talk.ask({ ...one, probe: { kind: 'graphql' } })
  const data = exchange && own(jsonOf(exchange), 'data')
  // A server may keep its schema to itself.
  if (exchange === undefined || own(data, '__schema') === undefined) return
  const described = api.contract?.graphql?.sdl()
  if (described === undefined) return
  const before = alone(`${api.name}.graphql`, described)
  const after = alone(`${api.name}.json`, JSON.stringify({ data }))
  if (before === undefined || after === undefined) return
  for (const change of diffGraphs(before, after).changes.slice(0, mostDrift)) {
    // Where a scalar is described is not asked: older servers refuse the question.
    if (change.level === 'info' || change.code === 'scalar-specification-changed') continue
    const called = talk.graph.apis
      .find(({ name }) => name === api.name)
      ?.contract?.operations.find((each) => each.name === change.operation?.id)
    talk.note(
      called === undefined
        ? exchange
        : { ...exchange, case: { ...exchange.case, operation: called } },
      {
        check: 'drift',
        severity: change.level === 'breaking' ? 'error' : 'warning',
        message: `What runs is not what the schema says: ${change.message}`,
        cause: `${change.code}:${change.location}`,
        at: change.location,
      },
    )
  }
}

const mostDrift = 200

/** A schema by itself, as two that are compared have the same name whatever their files are called. */
function alone(path: string, text: string): Graph | undefined {
  const { graph } = compile(
    {
      paths: [path],
      read: (asked) => (asked === path ? { path, text } : { path: asked, unreadable: 'missing' }),
    },
    { contracts: [path] },
  )
  return graph.apis[0]?.contract === undefined ? undefined : graph
}

function calledBy(
  operations: readonly Operation[],
  document: GraphqlDocument,
): Operation | undefined {
  return operations.find((one) => one.method === document.method && one.path === document.fields[0])
}

function own(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined
}
