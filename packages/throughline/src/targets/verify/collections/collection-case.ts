import { callOf, requestOf, type WrittenRequest } from '@throughline/core'
import { verdictOf, type Case } from '../case.ts'
import type { Exchange } from '../exchange.ts'
import type { HeaderList } from '../identities.ts'
import type { Matched } from './matched.ts'

interface CollectionCaseGiven extends Matched {
  /** What tells it from others of its operation: `Checkout / Pay`. */
  readonly name: string
  readonly method: string
  readonly url: URL
  readonly headers: HeaderList
  readonly credentials?: HeaderList
  readonly body: Uint8Array | undefined
  /** Another host than the one that the run's credentials are for. */
  readonly isElsewhere?: boolean
  /** Where another engine has asked already. */
  readonly answered?: Omit<Exchange, 'case'>
}

/** A request of a collection as a case of its operation; what it says is read from the wire as a server would. */
export function collectionCase(given: CollectionCaseGiven): Case {
  const { operation, pathParameters, name, method, url, headers, credentials, body } = given
  const request: WrittenRequest = {
    method,
    path: url.pathname,
    query: url.search.slice(1),
    headers: headers.map(([header, value]) => [header.toLowerCase(), value]),
    body,
    pathParameters,
  }
  const verdict = verdictOf(operation, {
    ...request,
    headers: [...request.headers, ...(credentials ?? [])],
  })
  return {
    id: `${operation.api}.${operation.name}/collections/${name}`,
    operation,
    phase: 'collections',
    said: { parameters: requestOf(operation)(callOf(request)).parameters },
    request,
    verdict,
    identity: 'valid',
    origin: url.origin,
    ...(credentials !== undefined && credentials.length > 0 && { credentials }),
    ...(given.isElsewhere === true && { ownCredentials: true }),
    ...(given.answered && { answered: given.answered }),
  }
}
