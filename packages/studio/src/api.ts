import { queryOptions } from '@tanstack/react-query'
import type { Situation } from '@throughline/core'
import { addresses, clientOver, type Question } from './client/studio-client.ts'

/** What went wrong between the page and its server. `status` 0: the server did not answer at all. */
export class ApiProblem extends Error {
  readonly status: number
  /** The whole answer, where there was one. */
  readonly said: unknown

  constructor(status: number, detail: string, said?: unknown) {
    super(detail)
    this.name = 'ApiProblem'
    this.status = status
    this.said = said
  }
}

/** Everything that can be asked of the server of this page. Throws `ApiProblem`, whose message is the server's own words. */
export const studio = clientOver(ask)

export const workspaceQuery = queryOptions({
  queryKey: ['workspace'],
  queryFn: ({ signal }) => studio.getWorkspace({ signal }),
})

export function journeyQuery(name: string) {
  return queryOptions({
    queryKey: ['journey', name],
    queryFn: ({ signal }) => studio.getJourney({ name }, { signal }),
  })
}

/** Everything that can be found. The browser keeps it, and asks with its ETag whether it still holds. */
export const searchIndexQuery = queryOptions({
  queryKey: ['search-index'],
  queryFn: ({ signal }) => studio.getSearchIndex({ signal }),
})

/** Sets what the mock plays for everybody; `null` is back to normal. */
export async function play(scenario: string | null): Promise<Situation | null> {
  const { situation } = await studio.setSituation({ scenario })
  return situation
}

/** Where the server gives a picture of the workspace; `undefined` for one on another machine, which is never loaded. */
export function imageAddress(image: string): string | undefined {
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(image)) return undefined
  return addresses.getPicture({ path: image })
}

/** The words of an `ApiProblem` are those of RFC 9457: `detail`, or else `title`. */
async function ask<Answer>({ method, address, body: sent, signal }: Question): Promise<Answer> {
  const late = new AbortController()
  // What changes something, or asks another server for somebody, takes the time it takes.
  const timer = method === 'GET' ? setTimeout(() => late.abort(), patience) : undefined
  const response = await fetch(address, {
    method,
    signal: signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]),
    ...(sent instanceof Blob
      ? { body: sent }
      : sent !== undefined && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(sent),
        }),
  }).catch((reason: unknown) => {
    if (signal?.aborted) throw reason
    throw late.signal.aborted ? tooLate() : new ApiProblem(0, 'no answer')
  })
  const body: unknown = await response.json().catch(() => undefined)
  clearTimeout(timer)
  if (late.signal.aborted) throw tooLate()
  if (!response.ok)
    throw new ApiProblem(response.status, detailOf(body) ?? `status ${response.status}`, body)
  if (body === undefined) throw new ApiProblem(response.status, 'something that is not JSON')
  // The server is this page's own, of the same version: its types are these types.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return body as Answer
}

/** How long a page waits for what it shows, in milliseconds. */
const patience = 20_000

function tooLate(): ApiProblem {
  return new ApiProblem(504, `nothing for ${patience / 1000} seconds`)
}

function detailOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  if ('detail' in body && typeof body.detail === 'string') return body.detail
  return 'title' in body && typeof body.title === 'string' ? body.title : undefined
}
