import { queryOptions } from '@tanstack/react-query'
import { studio } from '../../api.ts'
import { spanOf, type PerformanceSearch } from './performance-address.ts'

/** What of the address decides which evidence is asked for. */
export type Asked = Pick<
  PerformanceSearch,
  'period' | 'from' | 'to' | 'environment' | 'release' | 'device' | 'journey'
>

/** What happened, as far as was asked. An event says when there is more. */
export function evidenceQuery(asked: Asked) {
  const { period, from, to, environment, release, device, journey } = asked
  return queryOptions({
    queryKey: ['evidence', 'report', { period, from, to, environment, release, device, journey }],
    queryFn: ({ signal }) => {
      // Pages that are opened within the same minute ask for the same, and are answered once.
      const { since, until } = spanOf(asked, Math.floor(Date.now() / 60_000) * 60_000)
      return studio.getEvidence(
        {
          since: String(since),
          until: until === undefined ? undefined : String(until),
          environment,
          release,
          device,
          journey,
        },
        { signal },
      )
    },
  })
}

/** The environments, releases and devices that can be chosen. */
export const choicesQuery = queryOptions({
  queryKey: ['evidence', 'choices'],
  queryFn: ({ signal }) => studio.getEvidenceChoices({ signal }),
})
