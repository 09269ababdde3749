import type { EvidenceQuery } from '../store/evidence-store.ts'

/** The environments, releases and devices that there is evidence of. */
export const choices: EvidenceQuery<{
  readonly environment: string | null
  readonly release: string | null
  readonly device: string | null
}> = {
  name: 'choices',
  sql: `SELECT environment, release, device FROM events WHERE environment > '' OR release > '' OR device > '' GROUP BY environment, release, device LIMIT 500`,
}
