import type { Match } from '@throughline/core'
import { decodedOr } from './decoded-or.ts'
import { hostedApis } from './hosted.ts'
import type { MockRequest } from './mock-request.ts'
import type { ServedApi } from './served-apis.ts'

/** `/store/basket`, or `/basket` where an API stands at the root: the only one, or one of the port or host. */
export function locate(
  apis: readonly ServedApi[],
  request: Pick<MockRequest, 'method' | 'api' | 'header'>,
  path: string,
  query: string,
): Located {
  const { method } = request
  let failed: Exclude<Match, { kind: 'found' }> = { kind: 'not-found', nearest: () => [] }
  for (const [api, rest] of placesOf(apis, request, path)) {
    if (api.contract.protocol === 'graphql') {
      if (rest === '/graphql' || rest === '/' || rest === '/graphql/')
        return { kind: 'graphql', api }
      continue
    }
    const match = api.router().match(method, rest, query)
    if (match.kind === 'found') return { kind: 'rest', match, api }
    if (failed.kind === 'not-found') failed = match
  }
  return { kind: 'none', match: failed }
}

export type Located =
  | {
      readonly kind: 'rest'
      readonly match: Extract<Match, { kind: 'found' }>
      readonly api: ServedApi
    }
  | { readonly kind: 'graphql'; readonly api: ServedApi }
  | { readonly kind: 'none'; readonly match: Exclude<Match, { kind: 'found' }> }

/** The APIs that a path may lead to, with what is left of it there. */
export function placesOf(
  apis: readonly ServedApi[],
  request: Pick<MockRequest, 'api' | 'header'>,
  path: string,
): readonly (readonly [ServedApi, string])[] {
  const slash = path.indexOf('/', 1)
  const first = decodedOr(path.slice(1, slash === -1 ? undefined : slash))
  const named = apis.find((one) => one.name === first)
  const atRoot = hostedApis(apis, request).map((one) => [one, path] as const)
  if (named === undefined) return atRoot
  return [[named, slash === -1 ? '/' : path.slice(slash)], ...atRoot]
}

/** Where the client sees an API: `/store`, or `''` for the only one. */
export function prefixOf(api: string, path: string): string {
  const [, first = ''] = path.split('/', 2)
  return decodedOr(first) === api ? `/${first}` : ''
}
