import { operationIndexOf, routeKey } from '../2-link/operation-index.ts'
import type { Contract } from '../operation/api.ts'
import type { Operation } from '../operation/operation.ts'
import { equal } from '../schema/equal.ts'
import { isObject } from '../text/site.ts'
import type { OperationPair } from './spot.ts'

/**
 * Which operation of one contract is which of the other: the same method and path (whatever path parameters are called, and where the
 * base path stands), else the same operationId, else one that went and one that came and say the same.
 */
export function pairedOperations(before: Contract, after: Contract): readonly OperationPair[] {
  const left = new Set(operationIndexOf(before).operations)
  const right = new Set(operationIndexOf(after).operations)
  const pairs = new Map<Operation, Operation>()
  const take = (keyOf: (operation: Operation, contract: Contract) => string | undefined): void => {
    const known = new Map<string, Operation>()
    for (const one of right) {
      const key = keyOf(one, after)
      if (key !== undefined && !known.has(key)) known.set(key, one)
    }
    for (const one of left) {
      const key = keyOf(one, before)
      const other = key === undefined ? undefined : known.get(key)
      if (other === undefined || !right.has(other)) continue
      left.delete(one)
      right.delete(other)
      pairs.set(one, other)
    }
  }
  take(keyOfRoute)
  take((one, { basePaths }) =>
    one.protocol === 'rest' && basePaths.length === 1
      ? routeKey(one.method, `${basePaths[0]!}${one.path}`)
      : undefined,
  )
  take((one) => idOf(one))
  takeAlike(left, right, pairs)
  const all: OperationPair[] = operationIndexOf(before).operations.map((operation) => ({
    before: operation,
    after: pairs.get(operation),
  }))
  for (const operation of right) all.push({ before: undefined, after: operation })
  return all
}

function keyOfRoute(operation: Operation): string {
  return operation.protocol === 'graphql'
    ? `${operation.method} ${operation.path}`
    : routeKey(operation.method, operation.path)
}

function idOf({ site, protocol }: Operation): string | undefined {
  const id = protocol === 'rest' && isObject(site.value) ? site.value['operationId'] : undefined
  return typeof id === 'string' && id !== '' ? id : undefined
}

/** More than this on both sides are not compared with each other. */
const mostCompared = 200

function takeAlike(
  left: Set<Operation>,
  right: Set<Operation>,
  pairs: Map<Operation, Operation>,
): void {
  if (left.size * right.size > mostCompared * mostCompared) return
  for (const one of left) {
    if (one.protocol !== 'rest') continue
    const meaning = meaningOf(one)
    const other = [...right].find(
      (candidate) =>
        candidate.method === one.method &&
        lastName(candidate.path) === lastName(one.path) &&
        equal(meaning, meaningOf(candidate)),
    )
    if (other === undefined) continue
    left.delete(one)
    right.delete(other)
    pairs.set(one, other)
  }
}

/** What an operation says, its names and words apart. */
function meaningOf({ site }: Operation): unknown {
  if (!isObject(site.value)) return undefined
  const {
    operationId: _,
    summary: __,
    description: ___,
    tags: ____,
    externalDocs: _____,
    ...rest
  } = site.value
  return rest
}

function lastName(path: string): string {
  return path.split('/').findLast((part) => part !== '' && !part.startsWith('{')) ?? ''
}
