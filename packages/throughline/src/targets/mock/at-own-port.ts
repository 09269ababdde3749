import type { Served } from './listen.ts'

/** One API of a mock, at the root. `/_throughline/` is there too. */
export function atOwnPort({ answer, passes }: Served, api: string): Served {
  return {
    answer: (request) => answer({ ...request, api }),
    ...(passes !== undefined && { passes: (request) => passes({ ...request, api }) }),
  }
}
