import type {
  CallFilter,
  ConnectOptions,
  Expected,
  MockCall,
  MockClient,
  PlayableScenario,
} from './client-types.ts'

/** A mock that runs somewhere, as one session sees it. Sends nothing until it is used. */
export function mockClient(options: ConnectOptions = {}): MockClient {
  const url = (options.url ?? process.env['THROUGHLINE_MOCK'] ?? 'http://localhost:4401').replace(
    /\/+$/,
    '',
  )
  const { session } = options
  const own: Record<string, string> =
    session === undefined ? {} : { 'throughline-session': session }
  let since = 0

  return {
    url,
    session,
    async scenarios() {
      const { scenarios } = await ask<{ scenarios: readonly PlayableScenario[] }>(
        'GET',
        'scenarios',
      )
      return scenarios
    },
    play,
    dataset,
    put: (collection, things) => place('PUT', collection, things),
    add: (collection, things) => place('POST', collection, things),
    async reset() {
      await play(null)
      await dataset(null)
      await ask('POST', 'reset')
      await forgetCalls()
    },
    async snapshot() {
      const { snapshot } = await ask<{ snapshot: string }>('POST', 'snapshot')
      return snapshot
    },
    async restore(snapshot) {
      await ask('POST', `restore/${encodeURIComponent(snapshot)}`)
    },
    async calls(filter = {}) {
      const { query, header, body, ...plain } = filter
      if (query !== undefined || header !== undefined || body !== undefined)
        return (await verified(filter, { atLeast: 0 })).calls
      const asked = new URLSearchParams({
        since: String(since),
        ...(session !== undefined && { session }),
      })
      for (const [name, value] of Object.entries(plain)) asked.set(name, String(value))
      return (await ask<{ calls: readonly MockCall[] }>('GET', `calls?${asked.toString()}`)).calls
    },
    async expectCalled(filter, expected = {}) {
      const { verdict, message, calls } = await verified(filter, expected)
      if (!verdict) throw new Error(message)
      return calls
    },
    forgetCalls,
    fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      for (const [name, value] of Object.entries(own)) headers.set(name, value)
      return fetch(new URL(path, `${url}/`), { ...init, headers })
    },
  }

  async function play(scenario: string | null): Promise<void> {
    await ask('PUT', 'situation', { scenario, ...(session !== undefined && { session }) })
  }

  async function dataset(name: string | null): Promise<void> {
    await ask('PUT', 'dataset', { dataset: name })
  }

  async function place(
    method: 'PUT' | 'POST',
    collection: string,
    things: readonly object[] | object,
  ): Promise<readonly string[]> {
    const address = `data/${encodeURIComponent(collection)}`
    return (await ask<{ ids: readonly string[] }>(method, address, things)).ids
  }

  /** Other sessions may still want theirs: only this client looks no further back. */
  async function forgetCalls(): Promise<void> {
    since = (await ask<{ last: number }>('GET', 'calls?limit=1')).last
  }

  function verified(
    filter: CallFilter,
    expected: Expected,
  ): Promise<{ verdict: boolean; message: string; calls: readonly MockCall[] }> {
    return ask('POST', 'verify', {
      ...filter,
      ...expected,
      since,
      ...(session !== undefined && { session }),
    })
  }

  async function ask<Body>(method: string, address: string, sent?: object): Promise<Body> {
    const response = await fetch(`${url}/_throughline/${address}`, {
      method,
      headers: { ...own, ...(sent !== undefined && { 'content-type': 'application/json' }) },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
    }).catch((reason: unknown) => {
      throw new Error(`No mock answers at ${url}. Start it: throughline mock`, { cause: reason })
    })
    const text = await response.text()
    const body: unknown = parsed(text)
    if (!response.ok)
      throw new Error(
        titleOf(body) ?? `The mock at ${url} answered ${method} ${address} with ${response.status}`,
      )
    // The mock's own contract says what comes, and tests hold it to that.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return body as Body
  }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

function titleOf(body: unknown): string | undefined {
  const title: unknown =
    body !== null && typeof body === 'object' ? Reflect.get(body, 'title') : undefined
  return typeof title === 'string' ? title : undefined
}
