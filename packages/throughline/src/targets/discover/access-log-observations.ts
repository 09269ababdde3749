/** What an access log says, for a notebook. */
export interface AccessLog {
  readonly told: readonly unknown[]
  /** Lines that are no request of a known form. */
  readonly unread: number
  /** Calls that name no page, where others do: whose screen they belong to cannot be told. */
  readonly homeless: number
}

/**
 * The requests of an access log as calls and screens: the combined format of Apache and nginx, or W3C extended. A page is what
 * others name as where they come from (`Referer`); requests of one client within half an hour are one walk. Files of
 * pages and robots are left out, and so is who asked.
 */
export function toldByAccessLog(text: string): AccessLog {
  const requests: Request[] = []
  let unread = 0
  let fields: readonly string[] | undefined
  for (const line of text.split('\n')) {
    if (requests.length >= mostRequests) break
    if (line.startsWith('#')) {
      if (/^#Fields:/i.test(line)) fields = line.slice(8).trim().split(/\s+/)
      continue
    }
    if (line.trim() === '') continue
    const request = fields === undefined ? combined(line) : extended(line.trim(), fields)
    if (request === undefined) unread++
    else if (
      !asset.test(request.path) &&
      !robot.test(request.agent) &&
      request.method !== 'OPTIONS'
    )
      requests.push(request)
  }
  const pages = new Set<string>()
  const origins = new Map<string, number>()
  for (const { referer } of requests) {
    if (referer === undefined) continue
    pages.add(referer.pathname)
    origins.set(referer.origin, (origins.get(referer.origin) ?? 0) + 1)
  }
  const [most] = [...origins].toSorted(([, a], [, b]) => b - a)
  const origin = most?.[0] ?? 'http://localhost'
  const told: unknown[] = []
  let walks = 0
  let homeless = 0
  for (const all of Map.groupBy(requests, (one) => one.client).values()) {
    let here: string | undefined
    let last = -Infinity
    for (const one of all.toSorted((a, b) => a.at - b.at)) {
      if (one.at - last > longestPause) {
        told.push({ kind: 'journey', title: `walk ${++walks}` })
        here = undefined
      }
      last = one.at
      const from = one.referer?.origin === origin ? one.referer.pathname : undefined
      if (one.method === 'GET' && pages.has(one.path)) {
        arrive(one.path, 'load')
        continue
      }
      if (from !== undefined && from !== here) arrive(from, 'move')
      if (here === undefined && pages.size > 0) {
        homeless++
        continue
      }
      told.push({
        kind: 'call',
        at: one.at,
        ms: one.ms,
        method: one.method,
        url: `${origin}${one.path}${one.query}`,
        status: one.status,
        type: one.status === 204 ? '' : 'application/json',
        ...(here !== undefined && { on: here }),
      })

      function arrive(path: string, via: 'load' | 'move'): void {
        here = path
        told.push({ kind: 'screen', at: one.at, path, via })
      }
    }
  }
  return { told, unread, homeless }
}

const mostRequests = 200_000
const longestPause = 1_800_000
const asset =
  /\.(js|mjs|css|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|mp4|txt|xml|webmanifest)$/i
const robot = /bot\b|crawl|spider|slurp|monitor|health|curl\//i

interface Request {
  readonly client: string
  readonly agent: string
  readonly at: number
  readonly ms: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly status: number
  readonly referer: URL | undefined
}

/** `1.2.3.4 - - [22/Nov/2026:10:00:00 +0000] "GET /basket HTTP/1.1" 200 512 "https://…" "Mozilla/5.0" 0.043` */
function combined(line: string): Request | undefined {
  const found =
    /^(\S+) \S+ .*?\[([^\]]{1,40})\] "([A-Z]{3,10}) (\S+)[^"]*" (\d{3}) \S+(?: "([^"]*)" "([^"]*)")?(?:.*?\s(\d+\.\d+))?\s*$/.exec(
      line.slice(0, 8_000),
    )
  if (found === null) return undefined
  const [, client = '', time = '', method = '', target = '', status, referer, agent = '', took] =
    found
  const at = Date.parse(time.replace(/\//g, ' ').replace(':', ' '))
  return requestOf({
    client: `${client} ${agent}`,
    agent,
    at,
    ms: took === undefined ? 0 : Number(took) * 1000,
    method,
    target,
    status: Number(status),
    referer,
  })
}

/** https://www.w3.org/TR/WD-logfile: the columns are named before the lines; `time-taken` is in milliseconds, as IIS has it. */
function extended(line: string, fields: readonly string[]): Request | undefined {
  const values = line.slice(0, 8_000).split(/\s+/)
  if (values.length !== fields.length) return undefined
  const of = (name: string): string => {
    const value = values[fields.findIndex((one) => one.toLowerCase() === name)] ?? '-'
    return value === '-' ? '' : value
  }
  const took = Number(of('time-taken'))
  const query = of('cs-uri-query')
  return requestOf({
    client: `${of('c-ip')} ${of('cs(user-agent)')}`,
    agent: of('cs(user-agent)'),
    at: Date.parse(`${of('date')}T${of('time')}Z`),
    ms: /\./.test(of('time-taken')) ? took * 1000 : took,
    method: of('cs-method'),
    target: (of('cs-uri-stem') || of('cs-uri')) + (query === '' ? '' : `?${query}`),
    status: Number(of('sc-status')),
    referer: of('cs(referer)'),
  })
}

function requestOf({
  target,
  referer,
  ...rest
}: Omit<Request, 'path' | 'query' | 'referer'> & {
  readonly target: string
  readonly referer: string | undefined
}): Request | undefined {
  if (!Number.isFinite(rest.at) || !/^[A-Z]{3,10}$/.test(rest.method)) return undefined
  if (!Number.isInteger(rest.status) || rest.status < 100 || rest.status > 599) return undefined
  if (!target.startsWith('/') || !URL.canParse(target, 'http://localhost')) return undefined
  const { pathname, search } = new URL(`http://localhost${target}`)
  return {
    ...rest,
    ms: Number.isFinite(rest.ms) ? Math.round(rest.ms) : 0,
    path: pathname,
    query: search,
    referer:
      referer !== undefined && /^https?:/.test(referer) && URL.canParse(referer)
        ? new URL(referer)
        : undefined,
  }
}
