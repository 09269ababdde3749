import type { EvidenceEvent } from '@throughline/core'
import type { EvidenceQuery, EvidenceStore } from '../store/evidence-store.ts'

const before: EvidenceQuery<{ readonly events: number }> = {
  name: 'events of a batch',
  sql: `SELECT count(*) AS events FROM events WHERE batch = $batch`,
}

/** Keeps a part of an imported file, once for ever: the store itself forgets after some days which batches it knows. Returns how many are new. */
export async function keepBatch(
  store: Pick<EvidenceStore, 'append' | 'query'>,
  batch: string,
  events: readonly EvidenceEvent[],
): Promise<number> {
  const [known] = await store.query(before, { batch })
  if ((known?.events ?? 0) > 0) return 0
  await store.append(batch, events)
  return events.length
}
