import { linksOf, type Link } from '../operation/links.ts'
import type { Operation } from '../operation/operation.ts'

/** A value in an answer that a link of the contract gives to a parameter of another operation. */
export interface Pointer {
  /** From the root of the body, as RFC 6901 has it: an index stands for every item of that list. */
  readonly at: readonly string[]
  readonly to: Operation
  readonly parameter: string
  readonly in: 'path' | 'query'
  /** What the link gives to the parameters of the path. */
  readonly others: ReadonlyMap<string, LinkValue>
}

/** Where a link takes a value from. */
export type LinkValue =
  | { readonly kind: 'answer'; readonly at: readonly string[] }
  /** A path parameter of the request that was answered. */
  | { readonly kind: 'path'; readonly name: string }
  | { readonly kind: 'given'; readonly text: string }

/** The values in the good answers of an operation that lead on to others, by the links of the contract. */
export function pointersOf(
  operation: Operation,
  find: (to: Link['to']) => Operation | undefined,
): readonly Pointer[] {
  return linksOf(operation).flatMap((link) => {
    const to = /^(2..|default)$/.test(link.status) ? find(link.to) : undefined
    if (to === undefined) return []
    const values = link.parameters.flatMap((one) => {
      const isInPath = to.path.includes(`{${one.name}}`)
      const place = one.in ?? (isInPath ? 'path' : 'query')
      const value = linkValue(one.value)
      return value === undefined ? [] : [{ name: one.name, place, value }]
    })
    const others = new Map(
      values.flatMap(({ name, place, value }) =>
        place === 'path' ? [[name, value] as const] : [],
      ),
    )
    return values.flatMap(({ name, place, value }) =>
      value.kind === 'answer' && (place === 'path' || place === 'query')
        ? [{ at: value.at, to, parameter: name, in: place, others }]
        : [],
    )
  })
}

/** A runtime expression alone, in braces or not; a plain value stands for itself. */
function linkValue(value: unknown): LinkValue | undefined {
  if (typeof value === 'number') return { kind: 'given', text: String(value) }
  if (typeof value !== 'string') return undefined
  const expression = /^\{(\$[^{}]*)\}$/.exec(value)?.[1] ?? value
  if (!expression.startsWith('$')) return { kind: 'given', text: value }
  const pointer = /^\$response\.body#\/(.+)$/s.exec(expression)?.[1]
  if (pointer !== undefined)
    return {
      kind: 'answer',
      at: pointer.split('/').map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~')),
    }
  const name = /^\$request\.path\.(.+)$/s.exec(expression)?.[1]
  return name === undefined ? undefined : { kind: 'path', name }
}
