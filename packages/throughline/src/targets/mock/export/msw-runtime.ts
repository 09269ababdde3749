/** What the exported handlers do with their cases: stands at the end of the file. */
export const MSW_RUNTIME = `interface Parts {
  body?: unknown
  query?: object
  header?: object
  path?: object
}

interface Case {
  when?: Parts & { not?: Parts; call?: number | { from: number; to?: number } }
  times?: number
  share?: number
  status: number
  headers: Record<string, string>
  json?: unknown
  text?: string
  base64?: string
  delay?: number | number[]
  fault?: string
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options'

/** The first case that fits a request answers it; a case with \`times\` has its turn so often. */
function on(method: Method, path: string, cases: Case[]) {
  const calls = new Map<Case, number>()
  const used = new Map<Case, number>()
  return http[method](path, async ({ request, params }) => {
    const text = await request.clone().text()
    const found = cases.find((one) => fits(one, request, params, text, calls, used)) ?? cases.at(-1)!
    if (found.delay !== undefined) await delay(millisecondsOf(found.delay))
    if (found.fault === 'timeout') await delay('infinite')
    if (found.fault === 'reset') return HttpResponse.error()
    return new HttpResponse(bodyOf(found), { status: found.status, headers: found.headers })
  })
}

function fits(
  one: Case,
  request: Request,
  params: object,
  text: string,
  calls: Map<Case, number>,
  used: Map<Case, number>,
): boolean {
  const { not, call, ...wanted } = one.when ?? {}
  if (!isLike(wanted, request, params, text)) return false
  if (not !== undefined && isLike(not, request, params, text)) return false
  const count = (calls.get(one) ?? 0) + 1
  calls.set(one, count)
  if (typeof call === 'number' && call !== count) return false
  if (typeof call === 'object' && (count < call.from || count > (call.to ?? Infinity))) return false
  const { share } = one
  if (share !== undefined && Math.floor(count * share) <= Math.floor((count - 1) * share)) return false
  const turns = (used.get(one) ?? 0) + 1
  used.set(one, turns)
  return one.times === undefined || turns <= one.times
}

function isLike({ body, query, header, path }: Parts, request: Request, params: object, text: string): boolean {
  if (body !== undefined && !contains(dataIn(text, request), body)) return false
  const search = new URL(request.url).searchParams
  return (
    every(query, (name) => search.get(name)) &&
    every(header, (name) => request.headers.get(name)) &&
    every(path, (name) => Reflect.get(params, name))
  )
}

function every(wanted: object | undefined, given: (name: string) => unknown): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => String(given(name)) === String(value))
}

function contains(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(value) && wanted.every((one, index) => contains(value[index], one))
  if (wanted !== null && typeof wanted === 'object')
    return (
      value !== null &&
      typeof value === 'object' &&
      Object.entries(wanted).every(([name, inner]) => contains(Reflect.get(value, name), inner))
    )
  return value === wanted || (typeof value === 'string' && value === String(wanted))
}

function dataIn(text: string, request: Request): unknown {
  if ((request.headers.get('content-type') ?? '').includes('urlencoded'))
    return Object.fromEntries(new URLSearchParams(text))
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function bodyOf({ json, text, base64 }: Case): string | Uint8Array<ArrayBuffer> | null {
  if (json !== undefined) return JSON.stringify(json)
  if (base64 !== undefined) return Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
  return text ?? null
}

/** Half of the calls take no longer than the first number, 95 % no longer than the second. */
function millisecondsOf(delay: number | number[]): number {
  if (typeof delay === 'number') return delay
  const [p50 = 0, p95 = p50] = delay
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  return Math.min(p95 * 3, p50 * Math.exp((Math.log(Math.max(p95, p50) / p50) / 1.645) * normal))
}
`
