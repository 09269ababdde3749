import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { studio } from '../../api.ts'
import type { Discovery, DiscoveryEdit } from '../../client/studio-client.ts'

/** What was seen of an app so far. An event says when there is more. */
export const discoveryQuery = queryOptions({
  queryKey: ['discovery'],
  queryFn: ({ signal }) => studio.getDiscovery({ signal }),
})

/** What can be done about it; each gives what comes of it, which the page shows at once. */
export type Deed =
  | { readonly kind: 'edit'; readonly edit: DiscoveryEdit }
  | { readonly kind: 'undo' }
  | { readonly kind: 'walk'; readonly title: string }

export async function done(deed: Deed, queries: QueryClient): Promise<void> {
  queries.setQueryData(discoveryQuery.queryKey, await answerTo(deed))
}

function answerTo(deed: Deed): Promise<Discovery> {
  switch (deed.kind) {
    case 'edit':
      return studio.editDiscovery(deed.edit)
    case 'undo':
      return studio.undoDiscoveredScreen()
    case 'walk':
      return studio.beginDiscoveredWalk({ title: deed.title })
  }
}
