import type { EvidenceQuery } from '../store/evidence-store.ts'

/** The environments and releases that there is evidence of. */
export const choices: EvidenceQuery<{
  readonly environment: string | null
  readonly release: string | null
}> = {
  name: 'choices',
  sql: `SELECT environment, release FROM events WHERE environment > '' OR release > '' GROUP BY environment, release LIMIT 200`,
}
