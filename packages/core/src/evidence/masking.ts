import { nodesOfKind } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { classesOf, personalWords, secretWords } from '../3-check/classes.ts'
import { classificationNames } from '../3-check/data-classification.ts'
import { matchingFields } from '../3-check/matching-fields.ts'
import { operationName } from '../3-check/of-call.ts'
import { holdingWords } from '../3-check/words.ts'

/**
 * Whether a value may not be kept, by the name it goes by and, where it is known, the operation it belongs to (`store.getOrder`): what the
 * policy or a contract classifies, and what sounds secret or personal anyway. A name can be a path or an attribute's key
 * (`order.nickname`): each part counts. A field of an everyday name (`name`, `id`) is known by what it stands in, or by its operation.
 */
export function maskOf(graph: Graph): Mask {
  let mask = remembered.get(graph)
  if (mask === undefined) remembered.set(graph, (mask = maskIn(graph)))
  return mask
}

export type Mask = (name: string, operation?: string) => boolean

const remembered = new WeakMap<Graph, Mask>()

function maskIn(graph: Graph): Mask {
  const words = [...nodesOfKind(graph, 'class')].flatMap((one) => one.declaration.contains)
  const sounds = holdingWords([...words, ...secretWords, ...personalWords, ...always])
  const isClassified = classifiedBy(graph)
  return (name, operation) => sounds(name) || isClassified(name, operation)
}

/**
 * Whether a name is that of a field which the policy or a contract classifies, or of something within one. Only the operation's own
 * classified fields are known by an everyday name (`name`, `id`) alone.
 */
export function classifiedBy(graph: Graph): Mask {
  const { everywhere, within } = classifiedNames(graph)
  return (name, operation) => {
    const parts = partsOf(name)
    const isKnown = parts.some(
      (part, index) => everywhere.has(part) || everywhere.has(`${parts[index - 1] ?? ''}.${part}`),
    )
    if (isKnown) return true
    const last = parts.at(-1)
    return (
      last !== undefined && operation !== undefined && within.get(operation)?.has(last) === true
    )
  }
}

/** Names of classified fields: those that say enough by themselves, and all of them by operation. */
function classifiedNames(graph: Graph): {
  readonly everywhere: ReadonlySet<string>
  readonly within: ReadonlyMap<string, ReadonlySet<string>>
} {
  const classes = classesOf(graph)
  const everywhere = new Set<string>()
  const within = new Map<string, Set<string>>()
  for (const { contract } of graph.apis) {
    if (contract === undefined) continue
    for (const { operation, path, field } of matchingFields(contract, classes.wanted)) {
      const isClassified =
        classes.classOf(operation, path, field) !== undefined ||
        classificationNames(field.classification).length > 0
      const parts = isClassified ? partsOf(path) : []
      const last = parts.at(-1)
      if (last === undefined) continue
      const name = operationName(operation)
      const own = within.get(name) ?? new Set<string>()
      within.set(name, own.add(last))
      if (!everyday.has(last)) everywhere.add(last)
      else if (parts.length > 1) everywhere.add(`${parts.at(-2)}.${last}`)
    }
  }
  return { everywhere, within }
}

/** `order.recipients[0].nick_name` is `order`, `recipients`, `nickname`. */
function partsOf(path: string): readonly string[] {
  return path
    .slice(0, 300)
    .replace(/^header:/i, '')
    .split(/[.[\]{}"\d]+/)
    .map((part) => part.replaceAll(/[-_\s]/g, '').toLowerCase())
    .filter((part) => part !== '')
}

/** Names that many harmless things have as well. */
const everyday = new Set([
  'name',
  'id',
  'value',
  'text',
  'type',
  'kind',
  'status',
  'state',
  'code',
  'number',
  'line',
  'lines',
  'note',
  'key',
  'title',
  'label',
  'date',
  'time',
  'data',
  'message',
  'version',
  'language',
  'count',
  'total',
  'items',
  'method',
  'url',
  'path',
  'query',
  'http',
  'request',
  'response',
  'header',
  'server',
  'client',
  'network',
  'service',
  'host',
  'db',
  'span',
  'event',
  'error',
  'exception',
  'log',
  'page',
  'browser',
  'device',
  'process',
])

/** What telemetry calls people, and what travels in headers. */
const always = [
  'authorization',
  'cookie',
  'token',
  'secret',
  'enduser',
  'user id',
  'user name',
  'username',
  'user hash',
  'client address',
  'ip',
]
