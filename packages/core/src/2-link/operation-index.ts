import type { Contract } from '../operation/api.ts'
import type { Operation, OperationId } from '../operation/operation.ts'

/** The operations of one contract, ready to be found by what people write in a journey. */
export interface OperationIndex {
  /** In the contract's order, every id once. */
  readonly operations: readonly Operation[]
  readonly byName: ReadonlyMap<string, Operation>
  /** By `routeKey`: method and path, whatever the path parameters are called. */
  readonly byRoute: ReadonlyMap<string, Operation>
}

const remembered = new WeakMap<Contract, OperationIndex>()

/** Indexes a contract's operations; remembered as long as the contract is the same object. */
export function operationIndexOf(contract: Contract): OperationIndex {
  let index = remembered.get(contract)
  if (index === undefined) remembered.set(contract, (index = indexed(contract)))
  return index
}

/** `GET /orders/{}`: two templates that match the same URLs have the same key. */
export function routeKey(method: string, path: string): string {
  const loose = path
    .replace(/\{[^{}/]*\}/g, '{}')
    .replace(/\/:[A-Za-z_]\w*/g, '/{}')
    .replace(/(?<=.)\/$/, '')
  return `${method.toUpperCase()} ${loose}`
}

function indexed(contract: Contract): OperationIndex {
  const byName = new Map<string, Operation>()
  const byRoute = new Map<string, Operation>()
  const operations: Operation[] = []
  for (const declared of contract.operations) {
    const operation = byName.has(declared.name) ? renamed(declared, byName) : declared
    operations.push(operation)
    byName.set(operation.name, operation)
    const route = routeKey(operation.method, operation.path)
    if (!byRoute.has(route)) byRoute.set(route, operation)
  }
  return { operations, byName, byRoute }
}

/** The second operation of a name (a GraphQL query and mutation may share one) keeps its place under its method and path. */
function renamed(operation: Operation, taken: ReadonlyMap<string, Operation>): Operation {
  let name = `${operation.method} ${operation.path}`
  while (taken.has(name)) name += ' (again)'
  const id: OperationId = `op:${operation.api}.${name}`
  return { ...operation, id, name }
}
