import { queryOptions, type QueryClient } from '@tanstack/react-query'
import type { Traffic } from '@throughline/core'
import { studio } from '../../api.ts'
import type { WebhookDelivery } from '../../client/studio-client.ts'

const queryKey = ['traffic', 'calls']
const most = 500

/** The last calls; each time only those are asked for that are new. An event says when there are some. */
export const trafficQuery = queryOptions({
  queryKey,
  queryFn: async ({ client, signal }): Promise<Traffic> => {
    const before = client.getQueryData<Traffic>(queryKey)
    const next = await studio.listTraffic({ since: String(before?.last ?? 0) }, { signal })
    if (before === undefined) return next
    // The mock was started anew, and counts from the beginning.
    if (next.last < before.last) return studio.listTraffic({}, { signal })
    return { calls: [...before.calls, ...next.calls].slice(-most), last: next.last }
  },
})

/** What real visits did within the last hour. An event says when there is more. */
export const liveQuery = queryOptions({
  queryKey: ['evidence', 'live'],
  queryFn: ({ signal }) => studio.getLiveEvidence({ signal }),
})

/** Why one call was answered so. What has happened does not change. */
export function whyQuery(id: string) {
  return queryOptions({
    queryKey: ['why', id],
    queryFn: ({ signal }) => studio.getTraffic({ id }, { signal }),
  })
}

/** What the APIs send of their own accord, and what was sent lately. */
export const webhooksQuery = queryOptions({
  queryKey: ['traffic', 'webhooks'],
  queryFn: ({ signal }) => studio.listWebhooks({ signal }),
})

/** Has the mock send a webhook now; without a body, what the contract describes. */
export async function sendWebhook(
  queries: QueryClient,
  id: string,
  target: string,
  body: string | undefined,
): Promise<WebhookDelivery> {
  try {
    return await studio.sendWebhook({ id }, { target, ...(body !== undefined && { body }) })
  } finally {
    void queries.invalidateQueries(webhooksQuery)
  }
}

/** Forgets the calls, here and on the mock. */
export async function clearTraffic(queries: QueryClient): Promise<void> {
  queries.setQueryData(queryKey, await studio.clearTraffic())
}
