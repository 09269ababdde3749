import { queryOptions } from '@tanstack/react-query'
import type { StateChip } from '@throughline/core'
import { studio } from '../../api.ts'
import { addresses, type StateProof } from '../../client/studio-client.ts'

/** What `throughline test ui` saw last. A run may end at any time: it is asked for again when somebody comes back. */
export const proofsQuery = queryOptions({
  queryKey: ['state-proofs'],
  queryFn: ({ signal }) => studio.listStateProofs({ signal }),
  refetchOnWindowFocus: 'always',
})

/** The proofs of one way that a step can go, the bad ones first; a status of its own before its class. */
export function proofsOf(
  proofs: readonly StateProof[],
  step: string,
  { condition, calls }: Pick<StateChip, 'condition' | 'calls'>,
): readonly StateProof[] {
  const here = proofs.filter(
    (one) => one.step === step && (calls.length === 0 || calls.includes(one.call)),
  )
  const exact = here.filter((one) => one.condition === condition)
  const found =
    exact.length > 0 || !/^\d{3}$/.test(condition)
      ? exact
      : here.filter((one) => one.condition === `${condition[0]}xx`)
  return found.toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict))
}

/** Where the picture of a proof is; `undefined` where none was taken. */
export function pictureOf(proof: StateProof | undefined): string | undefined {
  return proof?.picture === undefined
    ? undefined
    : addresses.getStatePicture({ name: proof.picture })
}

const order: readonly StateProof['verdict'][] = ['failed', 'proven', 'untested']
