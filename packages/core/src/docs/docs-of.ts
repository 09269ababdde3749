import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { referenceIndexOf } from '../reference/reference-index-of.ts'
import { apiHead, apiPage, groupHead, groupPage } from './api-page.ts'
import { changesHead, changesPage } from './changes-page.ts'
import { showsJourneys, showsReference, type DocsContext, type DocsRelease } from './context.ts'
import { errorsHead, errorsPage } from './errors-page.ts'
import { noEvidence, type DocsEvidence } from './evidence.ts'
import { hasPolicy, homeHead, homePage } from './home-page.ts'
import { journeyHead, journeyPage } from './journey-page.ts'
import { operationHead, operationPage } from './operation-page.ts'
import { pagePaths } from './page-paths.ts'
import type { Audience, DocsPage, PageHead } from './page.ts'
import { policyHead, policyPage } from './policy-page.ts'

export interface DocsOptions {
  readonly audience?: Audience
  readonly diagnostics?: readonly Diagnostic[]
  readonly evidence?: DocsEvidence
  /** Newest first. */
  readonly releases?: readonly DocsRelease[]
}

/** The living documentation of a workspace. */
export interface Docs {
  readonly name: string
  readonly audience: Audience
  /** Every page, in reading order; a page stands after the one above it. */
  readonly heads: readonly PageHead[]
  /** The whole page, made when asked for: a big contract has more pages than anybody wants in memory at once. */
  readonly page: (path: string) => DocsPage | undefined
}

/** The documentation of a graph. The same graph and options, the same pages: nothing of the time they were made is in them. */
export function docsOf(graph: Graph, options: DocsOptions = {}): Docs {
  const context: DocsContext = {
    graph,
    paths: pagePaths(graph),
    audience: options.audience ?? 'everyone',
    diagnostics: options.diagnostics ?? [],
    evidence: options.evidence ?? noEvidence,
    releases: options.releases ?? [],
  }
  const made = new Map<
    string,
    { readonly head: PageHead; readonly page: () => DocsPage | undefined }
  >()
  const add = (head: PageHead, page: () => DocsPage | undefined): void => {
    made.set(head.path, { head, page })
  }
  add(homeHead(context), () => homePage(context))
  if (showsJourneys(context)) {
    for (const journey of graph.journeys)
      add(journeyHead(context, journey), () => journeyPage(context, journey))
    if (graph.journeys.length > 0) add(errorsHead, () => errorsPage(context))
  }
  if (showsReference(context)) addReference(context, add)
  if (hasPolicy(context)) add(policyHead, () => policyPage(context))
  add(changesHead, () => changesPage(context))
  return {
    name: graph.name,
    audience: context.audience,
    heads: [...made.values()].map(({ head }) => head),
    page: (path) => made.get(path)?.page(),
  }
}

function addReference(
  context: DocsContext,
  add: (head: PageHead, page: () => DocsPage | undefined) => void,
): void {
  for (const api of referenceIndexOf(context.graph).apis) {
    add(apiHead(context, api), () => apiPage(context, api))
    for (const group of api.groups) {
      const isPage = api.operations > 0 && context.paths.groups.has(`${api.name}\n${group.name}`)
      if (isPage) add(groupHead(context, api, group), () => groupPage(context, api, group))
      for (const { id } of group.operations) {
        const operation = nodeOf(context.graph, 'operation', `op:${id}`)
        if (operation !== undefined)
          add(operationHead(context, operation, group.name), () =>
            operationPage(context, operation, group.name),
          )
      }
    }
  }
}
