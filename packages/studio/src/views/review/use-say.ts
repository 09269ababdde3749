import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { useMe } from './me.ts'

/** Sends a word in the name of whoever reads, and asks anew for what it makes stale. */
export function useSay<Said, Answer>(
  send: (said: Said, by: { readonly by?: string }) => Promise<Answer>,
): UseMutationResult<Answer, Error, Said> {
  const queries = useQueryClient()
  const { name } = useMe()
  return useMutation({
    mutationFn: (said: Said) => send(said, name === undefined ? {} : { by: name }),
    onSuccess: () => void queries.invalidateQueries(),
  })
}
