import type { Operation } from '../operation/operation.ts'
import { child, originOf, type Site } from '../text/site.ts'
import type { Origin } from '../text/origin.ts'
import type { ApiNode, Graph, JourneyNode } from './graph.ts'

/** Where it is written whose a thing is. */
export interface OwnerSource {
  /** The workspace's own files, a contract's `x-owner`, or what other tools read. */
  readonly from: 'workspace' | 'contract' | 'backstage' | 'codeowners'
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** The place that gave `ownerOf` its answer: an operation's own `x-owner`, else what gave its API an owner. `undefined` where nobody owns it. */
export function ownerSourceOf(
  graph: Graph,
  node: ApiNode | JourneyNode | Operation,
): OwnerSource | undefined {
  if (node.kind !== 'operation') return declaredSource(graph, node.id)
  const own = ownSite(node.site)
  return own === undefined
    ? declaredSource(graph, `api:${node.api}`)
    : sourceAt('contract', originOf(own))
}

/** `x-throughline: { owner }` counts before `x-owner`. */
function ownSite(site: Site): Site | undefined {
  const extension = child(site, 'x-throughline')
  return [extension && child(extension, 'owner'), child(site, 'x-owner')].find(
    (one) => typeof one?.value === 'string' || typeof one?.value === 'number',
  )
}

function declaredSource(
  { declarations }: Graph,
  of: ApiNode['id'] | JourneyNode['id'],
): OwnerSource | undefined {
  const name = of.slice(of.indexOf(':') + 1)
  const all = of.startsWith('api:') ? declarations.workspace.apis : declarations.journeys
  const declared = all.find((one) => one.id === name)
  if (declared?.owner === undefined) return undefined
  if (declared.ownerFrom === undefined)
    return sourceAt('workspace', originOf(child(declared.site, 'owner') ?? declared.site))
  const told = declarations.owners.find((one) => one.of === of && one.from === declared.ownerFrom)
  return told && sourceAt(told.from, told.origin)
}

function sourceAt(from: OwnerSource['from'], { source, place }: Origin): OwnerSource {
  return { from, file: source.file.path, line: source.locate([place])[0]!.start.line }
}
