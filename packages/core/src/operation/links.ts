import type { Operation } from './operation.ts'
import { child, isObject, type Site } from '../text/site.ts'
import { namedObjects, objectAt, textAt } from '../1-parse/openapi/own.ts'

/** What an answer leads on to (OpenAPI, "Link Object"): another operation, with values for its parameters. */
export interface Link {
  readonly name: string
  /** Of the answer that has it, as it is written: `200`, `2XX`, `default`. */
  readonly status: string
  /** The operation that it leads to: by its operationId, or by where it stands in the same document. */
  readonly to:
    | { readonly kind: 'id'; readonly operationId: string }
    | { readonly kind: 'place'; readonly method: string; readonly path: string }
  readonly parameters: readonly LinkParameter[]
  readonly site: Site
}

interface LinkParameter {
  readonly name: string
  /** Where the link says so: `path.id`. */
  readonly in?: string
  /** A runtime expression, or the value itself. */
  readonly value: unknown
}

/** The links of an operation's answers, in the contract's order. Those that lead out of the document are left out. */
export function linksOf(operation: Operation): readonly Link[] {
  if (operation.protocol !== 'rest') return []
  let found = remembered.get(operation)
  if (found === undefined) {
    found = namedObjects(child(operation.site, 'responses')).flatMap(([status, site]) =>
      namedObjects(child(site, 'links')).flatMap(([name, link]) => {
        const to = targetOf(link.value)
        return to === undefined
          ? []
          : [{ name, status, to, parameters: parametersOf(link), site: link }]
      }),
    )
    remembered.set(operation, found)
  }
  return found
}

const remembered = new WeakMap<Operation, readonly Link[]>()

function targetOf(link: unknown): Link['to'] | undefined {
  const operationId = textAt(link, 'operationId')
  if (operationId !== undefined) return { kind: 'id', operationId }
  const place = /^#\/paths\/([^/]+)\/([^/]+)$/.exec(textAt(link, 'operationRef') ?? '')
  if (place === null) return undefined
  const path = decoded(place[1]!).replaceAll('~1', '/').replaceAll('~0', '~')
  return { kind: 'place', method: place[2]!.toUpperCase(), path }
}

/** A fragment of a URI may be percent-encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function parametersOf(link: Site): readonly LinkParameter[] {
  const value = objectAt(link, 'parameters')?.value
  if (!isObject(value)) return []
  return Object.keys(value).map((key) => {
    const [, place, name] = /^(path|query|header|cookie)\.(.+)$/.exec(key) ?? []
    return { name: name ?? key, ...(place !== undefined && { in: place }), value: value[key] }
  })
}
