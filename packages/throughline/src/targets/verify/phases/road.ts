import { nodeOf, nodesOfKind, type Operation } from '@throughline/core'
import { asking, type Script, type Talk } from '../talk.ts'

/** One method that the contract does not have, for each path. */
export function* methodScripts({ operations }: Pick<Talk, 'operations'>): Generator<Script> {
  const places = Map.groupBy(operations, (one) => `${one.api} ${one.path}`)
  for (const those of places.values()) {
    const documented = those.map((one) => one.method)
    const method = ['PATCH', 'TRACE'].find((one) => !documented.includes(one))
    if (method === undefined) continue
    const operation = those.find((one) => one.method === 'GET') ?? those[0]!
    yield async (talk) => {
      await talk.ask(
        asking(talk, operation, {
          phase: 'coverage',
          name: `method/${method}`,
          method,
          body: undefined,
          probe: { kind: 'method', documented },
        }),
      )
    }
  }
}

/** What a browser on the app's origin asks before it sends the calls of the steps, and whether it may read the answers. */
export function* corsScripts({
  graph,
  operations,
}: Pick<Talk, 'graph' | 'operations'>): Generator<Script> {
  const app = graph.declarations.workspace.app?.url
  if (app === undefined || !URL.canParse(app)) return
  const { origin } = new URL(app)
  for (const operation of calledOperations(graph, operations)) {
    const headers = headersOf(operation)
    if (headers.length > 0 || !['GET', 'HEAD', 'POST'].includes(operation.method))
      yield async (talk) => {
        await talk.ask(
          asking(talk, operation, {
            phase: 'journeys',
            name: 'cors/preflight',
            method: 'OPTIONS',
            identity: 'anonymous',
            body: undefined,
            headers: {
              origin,
              'access-control-request-method': operation.method,
              ...(headers.length > 0 && { 'access-control-request-headers': headers.join(',') }),
            },
            probe: { kind: 'preflight', origin, headers },
          }),
        )
      }
    if (operation.method === 'GET')
      yield async (talk) => {
        await talk.ask(
          asking(talk, operation, { phase: 'journeys', name: 'cors/read', headers: { origin } }),
        )
      }
  }
}

/** In the contract's order, each once. */
function calledOperations(
  graph: Talk['graph'],
  operations: readonly Operation[],
): readonly Operation[] {
  const called = new Set(
    [...nodesOfKind(graph, 'call')].map((call) => nodeOf(graph, 'operation', call.operation)?.id),
  )
  return operations.filter((one) => called.has(one.id))
}

/** Header names that a browser asks leave for, sorted as it sends them. */
function headersOf(operation: Operation): readonly string[] {
  const names = new Set<string>()
  for (const one of operation.security().flat()) {
    if (one.type === 'apiKey' && one.in === 'header' && one.name !== undefined)
      names.add(one.name.toLowerCase())
    else if (one.type !== 'apiKey' && one.type !== 'mutualTLS') names.add('authorization')
  }
  for (const one of operation.parameters())
    if (one.in === 'header' && one.required) names.add(one.name.toLowerCase())
  const content = operation.requestBody()?.content ?? []
  if (
    content.length > 0 &&
    !content.some((one) =>
      /^(text\/plain|multipart\/form-data|application\/x-www-form-urlencoded)/i.test(one.type),
    )
  )
    names.add('content-type')
  return [...names].toSorted()
}
