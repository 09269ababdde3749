import type { Match } from '@throughline/core'
import { decodedOr } from './decoded-or.ts'
import type { ServedApi } from './served-apis.ts'

/** `/store/basket`, or `/basket` when there is only one API. */
export function locate(
  apis: readonly ServedApi[],
  method: string,
  path: string,
  query: string,
): Located {
  let failed: Exclude<Match, { kind: 'found' }> = { kind: 'not-found', nearest: () => [] }
  for (const [api, rest] of placesOf(apis, path)) {
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

export function placesOf(
  apis: readonly ServedApi[],
  path: string,
): readonly (readonly [ServedApi, string])[] {
  const slash = path.indexOf('/', 1)
  const first = decodedOr(path.slice(1, slash === -1 ? undefined : slash))
  const named = apis.find((one) => one.name === first)
  const only = apis.length === 1 ? apis[0] : undefined
  if (named === undefined) return only === undefined ? [] : [[only, path]]
  const place = [named, slash === -1 ? '/' : path.slice(slash)] as const
  return only === undefined ? [place] : [place, [only, path]]
}

/** Where the client sees an API: `/store`, or `''` for the only one. */
export function prefixOf(api: string, path: string): string {
  const [, first = ''] = path.split('/', 2)
  return decodedOr(first) === api ? `/${first}` : ''
}
