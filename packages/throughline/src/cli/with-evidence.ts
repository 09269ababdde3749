import { CannotRun } from '../cannot-run.ts'
import { openEvidence, type EvidencePlace } from '../targets/observe/evidence-store-of.ts'
import { servingIn, type Serving } from '../targets/observe/serving.ts'
import { StoreBusy, type EvidenceStore } from '../targets/observe/store/evidence-store.ts'

/** Acts on the evidence of a workspace: on the server that has it open, else on the store itself, which is closed afterwards. */
export async function withEvidence<Found>(
  place: EvidencePlace,
  act: (store: EvidenceStore | Serving) => Promise<Found>,
): Promise<Found> {
  // Servers answer everybody, a folder only who has it open.
  const serving = place.kind === 'folder' ? servingIn(place.folder) : undefined
  return serving !== undefined && (await answers(serving)) ? act(serving) : withOpened(place, act)
}

async function answers({ url, token }: Serving): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/situation`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(5000),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false // it has ended without saying so
  }
}

export async function withOpened<Found>(
  place: EvidencePlace,
  act: (store: EvidenceStore) => Promise<Found>,
): Promise<Found> {
  try {
    const store = await openEvidence(place)
    try {
      return await act(store)
    } finally {
      await store.close()
    }
  } catch (error) {
    if (error instanceof StoreBusy) throw new CannotRun('TL9006', error.message)
    throw error
  }
}
