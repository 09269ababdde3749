import type { Contract } from '../../operation/api.ts'
import type { Operation, Parameter, RequestBody } from '../../operation/operation.ts'
import { child, isObject, rootOf, type Site } from '../../text/site.ts'
import { resolve } from '../reference.ts'
import { namedObjects, textAt } from './own.ts'
import { parametersOf } from './parameters.ts'
import { requestBodyOf } from './request-body.ts'

/** A request that the API itself sends: a callback of an operation, or a webhook. */
export interface Outgoing {
  readonly kind: 'callback' | 'webhook'
  /** As the contract calls it: `paid`. */
  readonly name: string
  /** Where a callback goes, as a runtime expression: `{$request.body#/callbackUrl}`. */
  readonly expression?: string
  readonly method: string
  readonly title?: string
  readonly parameters: () => readonly Parameter[]
  readonly requestBody: () => RequestBody | undefined
  readonly site: Site
}

/** The callbacks of an operation, in the contract's order. */
export function callbacksOf(operation: Operation): readonly Outgoing[] {
  if (operation.protocol !== 'rest') return []
  let found = remembered.get(operation)
  if (found === undefined) {
    const root = rootOf(operation.site.document)
    found = namedObjects(child(operation.site, 'callbacks')).flatMap(([name, callback]) =>
      namedObjects(callback).flatMap(([expression, item]) =>
        requestsIn(root, item, { kind: 'callback', name, expression }),
      ),
    )
    remembered.set(operation, found)
  }
  return found
}

/** The webhooks of a contract (OpenAPI 3.1; `x-webhooks` before that), in its order. */
export function webhooksOf(contract: Contract): readonly Outgoing[] {
  if (contract.protocol !== 'rest') return []
  let found = remembered.get(contract)
  if (found === undefined) {
    const root = rootOf(contract.root)
    found = ['webhooks', 'x-webhooks'].flatMap((key) =>
      namedObjects(child(root, key)).flatMap(([name, item]) =>
        requestsIn(root, item, { kind: 'webhook', name }),
      ),
    )
    remembered.set(contract, found)
  }
  return found
}

const remembered = new WeakMap<Operation | Contract, readonly Outgoing[]>()
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'query']

function requestsIn(
  root: Site,
  item: Site,
  about: Pick<Outgoing, 'kind' | 'name' | 'expression'>,
): readonly Outgoing[] {
  return METHODS.flatMap((key) => {
    const written = child(item, key)
    const site = written && resolve(written)
    if (site === undefined || !isObject(site.value)) return []
    const title = textAt(site.value, 'summary')
    const sites = parametersOf(root, site, item)
    return [
      {
        ...about,
        method: key.toUpperCase(),
        ...(title !== undefined && { title }),
        parameters: () => sites.parameters,
        requestBody: () => requestBodyOf(root, site, sites),
        site,
      },
    ]
  })
}
