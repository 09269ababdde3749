import { isMap, isScalar, isSeq, type Node } from 'yaml'
import { entriesOf, isFlow, type Collection, type Entry } from './layout.ts'
import type { Plain } from './plain.ts'
import type { Quoting } from './scalar-text.ts'

/** How a text is quoted. */
export function quotingOf(node: Node | null): Quoting | undefined {
  if (!isScalar(node)) return undefined
  if (node.type === 'QUOTE_DOUBLE') return 'double'
  if (node.type === 'QUOTE_SINGLE') return 'single'
  return node.type === 'PLAIN' ? 'plain' : undefined
}

/** The quotes that all texts beside a new one have. */
export function siblingQuoting(parent: Collection): Quoting {
  const all = isSeq(parent) ? entriesOf(parent).map((one) => quotingOf(one.value)) : []
  const [first] = all
  return all.length > 1 && first !== undefined && all.every((one) => one === first)
    ? first
    : 'plain'
}

/** Whether the neighbours write a map in braces or on lines. */
export function styleOf(entries: readonly Entry[], value: Plain): 'braces' | 'lines' | undefined {
  if (value === null || typeof value !== 'object') return undefined
  const maps = entries.map((one) => one.value).filter((one) => isMap(one))
  const nearest = maps.at(-1)
  return nearest === undefined ? undefined : isFlow(nearest) ? 'braces' : 'lines'
}
