import { routerOf, type Graph, type OperationId } from '@throughline/core'

/** A request of a page, understood as a call of an API of the workspace. */
export interface AskedOperation {
  /** Where the mock answers it, with the query: `/store/basket?page=2`. */
  readonly url: string
  readonly operation?: OperationId
  /** `store.getBasket`, `reviews.AddReview`: as journeys name the call. */
  readonly name: string
}

export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly body: string | null
}

/**
 * Says which operation of the workspace's contracts a request of a page asks for, wherever the page thinks that the API is: under
 * `/<api>` as on the mock, under an environment's base path, or behind a prefix such as `/api`. `undefined` where none does.
 */
export function askedOperations(
  graph: Graph,
): (request: SeenRequest) => AskedOperation | undefined {
  const rest = graph.apis.flatMap(({ name, contract, environments }) =>
    contract?.protocol === 'rest'
      ? [
          {
            name,
            router: routerOf(contract.operations, contract.basePaths),
            bases: [...environments.values()].flatMap((url) =>
              URL.canParse(url) ? [new URL(url).pathname.replace(/\/$/, '')] : [],
            ),
          },
        ]
      : [],
  )
  const graphql = graph.apis.filter(({ contract }) => contract?.protocol === 'graphql')

  return (request) => {
    if (!URL.canParse(request.url)) return undefined
    const { pathname, search } = new URL(request.url)
    return restIn(request.method, pathname, search) ?? graphqlIn(request, pathname)
  }

  function restIn(method: string, pathname: string, search: string): AskedOperation | undefined {
    for (const find of [named, based, behindPrefix])
      for (const api of rest)
        for (const path of find(api, pathname)) {
          const match = api.router.match(method, path, search.slice(1))
          if (match.kind === 'found')
            return {
              url: `/${api.name}${path}${search}`,
              operation: match.operation.id,
              name: `${api.name}.${match.operation.name}`,
            }
        }
    return undefined
  }

  function graphqlIn({ method, body }: SeenRequest, pathname: string): AskedOperation | undefined {
    if (method !== 'POST' || body === null || body.length > largestBody) return undefined
    const asked = documentIn(body)
    if (asked === undefined) return undefined
    const segments = pathname.split('/')
    const api =
      graphql.find(({ name }) => segments.includes(name)) ??
      (graphql.length === 1 ? graphql[0] : undefined)
    return api && { url: `/${api.name}/graphql`, name: `${api.name}.${asked}` }
  }
}

interface RestApi {
  readonly name: string
  readonly bases: readonly string[]
}

const largestBody = 1_000_000
const longestPrefix = 4

function named({ name }: RestApi, path: string): readonly string[] {
  return path === `/${name}` || path.startsWith(`/${name}/`)
    ? [path.slice(name.length + 1) || '/']
    : []
}

function based({ bases }: RestApi, path: string): readonly string[] {
  return bases.filter((base) => path.startsWith(`${base}/`)).map((base) => path.slice(base.length))
}

/** The path itself, then without its first parts: `/api/v1/basket`, `/v1/basket`, `/basket`. */
function behindPrefix(_: RestApi, path: string): readonly string[] {
  const parts = path.split('/').slice(1)
  return parts.slice(0, longestPrefix).map((_part, index) => `/${parts.slice(index).join('/')}`)
}

/** What the query of a GraphQL request is called: by its own name, or by its first field. */
function documentIn(body: string): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  if (
    'operationName' in value &&
    typeof value.operationName === 'string' &&
    value.operationName !== ''
  )
    return value.operationName
  const query = 'query' in value && typeof value.query === 'string' ? value.query : undefined
  if (query === undefined) return undefined
  return (
    /\b(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1] ??
    /\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(query)?.[1]
  )
}
