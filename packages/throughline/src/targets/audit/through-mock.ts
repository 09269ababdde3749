import { CannotRun } from '../../cannot-run.ts'
import { callName } from './call-name.ts'
import type { Outcome } from './fault.ts'
import type { Recorded, RecordedCall } from './visit.ts'

/** A running mock that the app asks, from the browser or from its server: faults come from there. */
export interface ThroughMock {
  /** The number of the last call so far. */
  readonly mark: () => Promise<number>
  /** What was asked since then, with what was answered, and how often. */
  readonly since: (
    mark: number,
    appOrigin: string,
  ) => Promise<{ readonly recorded: Recorded; readonly calls: ReadonlyMap<string, number> }>
  /** Lets a call go wrong for everybody until `end`. */
  readonly impose: (call: string, outcome: Outcome) => Promise<void>
  readonly end: () => Promise<void>
}

/** The mock at an address. Throws `CannotRun` (TL9003) where none answers there. */
export async function throughMock(address: string): Promise<ThroughMock> {
  const base = address.replace(/\/$/, '')
  const places = new Map<
    string,
    { readonly method: string; readonly path: string; readonly operation?: string }
  >()
  const ask = async (place: string, method = 'GET', body?: object): Promise<unknown> => {
    const answer = await fetch(`${base}/_throughline/${place}`, {
      method,
      signal: AbortSignal.timeout(5_000),
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    }).catch(() => undefined)
    if (answer === undefined || !answer.ok)
      throw new CannotRun(
        'TL9003',
        `No mock of Throughline answers at ${base}${answer === undefined ? '' : ` (${answer.status})`}: start \`throughline mock\`, let the app ask it, and name it here.`,
      )
    return answer.json()
  }
  await ask('fault', 'DELETE')
  return {
    async mark() {
      return ((await ask('calls?limit=1')) as { readonly last: number }).last
    },
    async since(mark, appOrigin) {
      const { calls } = (await ask(`calls?since=${Math.max(0, mark)}`)) as {
        readonly calls: readonly MockCall[]
      }
      const recorded = new Map<string, RecordedCall>()
      const counts = new Map<string, number>()
      for (const call of calls.filter(({ method }) => method !== 'OPTIONS')) {
        const told = (await ask(`why/${call.id}`)) as MockWhy
        const url = new URL(call.url, base).href
        const name = callName(
          { method: call.method, url, body: told.request.body ?? null },
          appOrigin,
        )
        const [operation] = call.operations
        counts.set(name, (counts.get(name) ?? 0) + 1)
        places.set(name, {
          method: call.method,
          path: new URL(url).pathname,
          // Every query of GraphQL has one path.
          ...(call.operations.length > 0 &&
            told.request.body?.includes('"query"') === true && { operation: operation! }),
        })
        recorded.set(`${call.method} ${call.url} ${told.request.body ?? ''}`, {
          name,
          method: call.method,
          url,
          answer: {
            status: call.status,
            type:
              told.response.headers.find((one) => one.name.toLowerCase() === 'content-type')
                ?.value ?? '',
            body: told.response.body ?? '',
            headers: {},
          },
        })
      }
      return { recorded, calls: counts }
    },
    async impose(call, outcome) {
      const place = places.get(call)
      if (place === undefined) return
      await ask('fault', 'PUT', { ...place, ...imposedBy(outcome) })
    },
    async end() {
      await ask('fault', 'DELETE')
    },
  }
}

interface MockCall {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly operations: readonly string[]
  readonly status: number
}

interface MockWhy {
  readonly request: { readonly body?: string }
  readonly response: {
    readonly headers: readonly { readonly name: string; readonly value: string }[]
    readonly body?: string
  }
}

function imposedBy(outcome: Outcome): object {
  switch (outcome.kind) {
    case 'reset':
      return { fault: 'reset' }
    case 'hang':
      return { fault: 'timeout' }
    case 'slow':
      return { delay: outcome.wait }
    case 'answer':
      return {
        answer: {
          status: outcome.status,
          type: outcome.type || 'application/json',
          body: outcome.body,
        },
      }
  }
}
