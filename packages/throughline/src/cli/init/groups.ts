import type { Graph, Operation } from '@throughline/core'
import { wordsOf } from './names.ts'

/** Operations that belong together for the people who wrote the contract: a tag, or what stands in for one. */
export interface Group {
  readonly api: string
  /** As the contract writes it. */
  readonly tag: string
  readonly title: string
  readonly operations: readonly Operation[]
}

/** Every group of every contract, biggest first. */
export function groupsOf(graph: Graph): readonly Group[] {
  return graph.apis
    .flatMap(({ name, contract }) => {
      const byTag = Map.groupBy(contract?.operations ?? [], tagOf)
      return [...byTag].map(([tag, operations]) => ({
        api: name,
        tag,
        title: wordsOf(tag) || name,
        operations,
      }))
    })
    .toSorted((a, b) => b.operations.length - a.operations.length)
}

/** The first tag; without tags the first word of the path. A GraphQL schema is one group: it is read as one. */
function tagOf({ api, tags, protocol, path }: Operation): string {
  if (protocol === 'graphql') return api
  const [tag] = tags
  if (tag !== undefined && tag.trim() !== '') return tag
  return (
    path
      .split('/')
      .find((part) => part !== '' && !part.includes('{') && !/^(api|rest|v\d+)$/i.test(part)) ??
    'pages'
  )
}
