import type { Coverage } from '../../../targets/verify/coverage.ts'

/** What each part of the coverage counts, in words. */
export const coverageWords: Readonly<Record<keyof Coverage, string>> = {
  operations: 'operations that answered',
  statuses: 'documented statuses that came',
  parameters: 'parameters that went along',
  needs: 'fields that screens need and that really came',
  states: 'designed states that the backend can bring about, and did',
}

/** `12 of 14 operations, 30 of 52 statuses, ...`; without what there is none of. */
export function coverageLine(coverage: Coverage): string {
  return (['operations', 'statuses', 'parameters', 'needs', 'states'] as const)
    .filter((kind) => coverage[kind].total > 0)
    .map((kind) => `${coverage[kind].reached} of ${coverage[kind].total} ${kind}`)
    .join(', ')
}
