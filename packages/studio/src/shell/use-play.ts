import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Situation } from '@throughline/core'
import { play, workspaceQuery } from '../api.ts'
import { apply } from '../live.ts'

export interface Play {
  readonly situation: Situation | null
  /** `null` is back to normal. */
  readonly play: (scenario: string | null) => void
  readonly pending: boolean
  readonly problem: string | undefined
}

/** What the mock plays for everybody, and how to change it. */
export function usePlay(): Play {
  const queries = useQueryClient()
  const { data } = useQuery(workspaceQuery)
  const mutation = useMutation({
    mutationKey: ['situation'],
    mutationFn: play,
    onSuccess: (situation) => apply({ kind: 'situation', situation }, queries),
  })
  return {
    situation: data?.mock.situation ?? null,
    play: mutation.mutate,
    pending: mutation.isPending,
    problem: mutation.error?.message,
  }
}
