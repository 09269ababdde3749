/** What every written client ends with: the one function that asks. No dependency; less than 2 kB of JavaScript. */
export const CLIENT_RUNTIME = `/** RFC 9457, as far as it was sent. */
export interface Problem {
  type?: string
  title?: string
  status?: number
  detail?: string
  [extension: string]: unknown
}

/** It went well, or it went as one of the states that screens show. */
export type Answer<Data, Failure> =
  | { ok: true; status: number; headers: Headers; data: Data }
  | ({ ok: false } & Failure)

export interface ClientOptions {
  /** Where the API is; the contract's first server otherwise. */
  baseUrl?: string
  fetch?: typeof fetch
  /** Sent with every call: \`() => ({ authorization: token() })\`. */
  headers?: () => Record<string, string>
  credentials?: RequestCredentials
}

export interface CallOptions {
  signal?: AbortSignal
  /** Milliseconds; made from the budgets otherwise. */
  timeout?: number
  headers?: Record<string, string>
}

interface Call {
  method: string
  path: string
  parameters: readonly (readonly [name: string, place: string])[]
  /** Media type of the body that is sent. */
  sends?: string
  /** How the answer is read. */
  reads: 'json' | 'text' | 'blob' | 'nothing'
  states: readonly string[]
  timeout: number
}

async function ask(
  call: Call,
  { baseUrl = server, fetch: send = fetch, headers: common, credentials }: ClientOptions,
  input: Record<string, unknown> = {},
  { signal, timeout = call.timeout, headers: own }: CallOptions = {},
): Promise<unknown> {
  const query = new URLSearchParams()
  const headers: Record<string, string> = { ...common?.(), ...own }
  let path = call.path
  for (const [name, place] of call.parameters) {
    const value = input[name]
    if (value === undefined) continue
    const text = place === 'json' || (typeof value === 'object' && !Array.isArray(value)) ? JSON.stringify(value) : String(value)
    if (place === 'path') path = path.replace(\`{\${name}}\`, () => encodeURIComponent(text))
    else if (place === 'header') headers[name] = text
    else if (place === 'each' && Array.isArray(value)) for (const one of value) query.append(name, String(one))
    else if (place === 'deep' || (place === 'each' && text[0] === '{'))
      for (const [key, one] of Object.entries(value as object)) query.append(place === 'deep' ? \`\${name}[\${key}]\` : key, String(one))
    else query.append(name, text)
  }
  let body = input.body as BodyInit | undefined
  if (body !== undefined && call.sends !== undefined && !(body instanceof FormData)) {
    headers['content-type'] ??= call.sends
    if (/json/.test(call.sends)) body = JSON.stringify(body)
    else if (/urlencoded/.test(call.sends)) body = new URLSearchParams(body as unknown as Record<string, string>)
  }
  const late = AbortSignal.timeout(timeout)
  const search = query.size > 0 ? \`?\${query}\` : ''
  const init: RequestInit = { method: call.method, headers, signal: signal ? AbortSignal.any([signal, late]) : late }
  if (body !== undefined) init.body = body
  if (credentials) init.credentials = credentials
  let answer: Response | undefined
  try {
    answer = await send(baseUrl + path + search, init)
    const { status } = answer
    if (answer.ok) {
      const data = call.reads === 'nothing' || status === 204 ? undefined : await answer[call.reads]()
      return { ok: true, status, headers: answer.headers, data }
    }
    const problem: Problem | undefined = await answer.json().catch(() => undefined)
    const type = problem?.type
    const state =
      call.states.find((one) => type && one.startsWith('problem: ') && (type === one.slice(9) || type.endsWith('/' + one.slice(9)))) ??
      [String(status), \`\${String(status)[0]}xx\`].find((one) => call.states.includes(one)) ??
      'other'
    return { ok: false, state, status, problem }
  } catch (error) {
    if (signal?.aborted) throw error
    return { ok: false, state: late.aborted ? 'timeout' : answer ? 'invalid' : 'offline' }
  }
}
`
