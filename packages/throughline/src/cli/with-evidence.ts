import { servingIn, type Serving } from '../targets/observe/serving.ts'
import { openDuckdbStore } from '../targets/observe/store/duckdb-store.ts'
import type { EvidenceStore } from '../targets/observe/store/evidence-store.ts'

/** Acts on the evidence of a workspace: on the server that has it open, else on the store itself, which is closed afterwards. */
export async function withEvidence<Found>(
  folder: string,
  act: (store: EvidenceStore | Serving) => Promise<Found>,
): Promise<Found> {
  const serving = servingIn(folder)
  return serving !== undefined && (await answers(serving)) ? act(serving) : withOpened(folder, act)
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
  folder: string,
  act: (store: EvidenceStore) => Promise<Found>,
): Promise<Found> {
  const store = await openDuckdbStore({ folder })
  try {
    return await act(store)
  } finally {
    await store.close()
  }
}
