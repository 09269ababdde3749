import { nameOf, nodesOfKind, routerOf, type EvidenceEvent, type Graph } from '@throughline/core'

/** More entries than a person records. */
const mostEntries = 50_000

/**
 * A recording of a browser (HTTP Archive 1.2) as evidence of one session: its API calls, page by page. Which page a call was made
 * on is read from its `Referer`, so that a single-page app has its pages too. Addresses and bodies are not kept.
 */
export function harEvents(value: unknown, graph: Graph): readonly EvidenceEvent[] {
  const operationOf = operationFinder(graph)
  const stepOf = stepFinder(graph)
  const events: EvidenceEvent[] = []
  let view = 0
  let page: string | undefined
  let step: string | undefined
  const entries = list(part(value, 'log'), 'entries')
    .slice(0, mostEntries)
    .map((entry) => ({ entry, time: Date.parse(text(entry, 'startedDateTime')) }))
    .filter(({ time }) => Number.isFinite(time))
    .toSorted((a, b) => a.time - b.time)
  for (const { entry, time } of entries) {
    const [request, response] = [part(entry, 'request'), part(entry, 'response')]
    const method = text(request, 'method').toUpperCase()
    const url = text(request, 'url')
    if (!URL.canParse(url) || method === 'OPTIONS') continue
    const operation = operationOf(method, new URL(url), text(part(request, 'postData'), 'text'))
    const type = text(part(response, 'content'), 'mimeType')
    if (operation === undefined && !/[/+]json/i.test(type)) continue
    const path = pathOf(header(request, 'referer')) ?? text(entry, 'pageref')
    if (path !== page) {
      const previousStep = step
      page = path
      view += 1
      step = stepOf(path)
      events.push({
        kind: 'view',
        time,
        source: 'har',
        session: 'recording',
        view: String(view),
        ...(step !== undefined && { step }),
        ...(previousStep !== undefined && { previousStep }),
      })
    }
    const status = number(response, 'status') ?? 0
    const duration = number(entry, 'time') ?? 0
    const ttfb = number(part(entry, 'timings'), 'wait')
    const bytes = sizeOf(response)
    const encoding = header(response, 'content-encoding')
    events.push({
      kind: 'call',
      time,
      duration: Math.max(0, duration),
      source: 'har',
      session: 'recording',
      view: String(view),
      method,
      outcome: status === 0 ? 'error' : status >= 400 ? 'error' : 'ok',
      cached: part(entry, '_fromCache') !== undefined || status === 304,
      attributes: { encoding: encoding ?? '' },
      ...(status > 0 && { status }),
      ...(step !== undefined && { step }),
      ...(operation === undefined ? { name: new URL(url).host } : { operation }),
      ...(ttfb !== undefined && ttfb >= 0 && { ttfb }),
      ...(bytes !== undefined && { bytes }),
    })
  }
  return events
}

/** Whether a value looks like a HAR file. */
export function isHarFile(value: unknown): boolean {
  return Array.isArray(part(part(value, 'log'), 'entries'))
}

function operationFinder(
  graph: Graph,
): (method: string, url: URL, body: string) => string | undefined {
  const operations = [...nodesOfKind(graph, 'operation')]
  const routers = graph.apis.flatMap(({ name, contract }) =>
    contract === undefined || contract.protocol === 'graphql'
      ? []
      : [
          routerOf(
            operations.filter(({ api }) => api === name),
            contract.basePaths,
          ),
        ],
  )
  const fields = new Map(
    operations
      .filter(({ protocol }) => protocol === 'graphql')
      .map(({ name, id }) => [name, nameOf(id)]),
  )
  return (method, { pathname, search }, body) => {
    for (const router of routers) {
      // The mock serves each API under its name, which no contract knows.
      for (const path of [pathname, pathname.replace(/^\/[^/]+(?=\/)/, '')]) {
        const match = router.match(method, path, search.slice(1))
        if (match.kind === 'found') return nameOf(match.operation.id)
      }
    }
    const field = /\{\s*(?:\w+\s*:\s*)?(\w+)/.exec(queryIn(body))?.[1]
    return field === undefined ? undefined : fields.get(field)
  }
}

function queryIn(body: string): string {
  try {
    return text(JSON.parse(body), 'query')
  } catch {
    return ''
  }
}

/** The first step whose screen is this path, the most literal pattern first. */
function stepFinder(graph: Graph): (path: string) => string | undefined {
  const screens = [...nodesOfKind(graph, 'step')]
    .flatMap(({ name, screen }) => (screen === undefined ? [] : [{ name, screen }]))
    .toSorted((a, b) => holes(a.screen) - holes(b.screen))
  return (path) => screens.find(({ screen }) => fits(screen, path))?.name
}

function holes(screen: string): number {
  return screen.split('/').filter((one) => /^[:{*]/.test(one)).length
}

function fits(screen: string, path: string): boolean {
  const [wanted, here] = [parts(screen), parts(path)]
  return (
    wanted.length === here.length &&
    wanted.every((one, index) => /^[:{*]/.test(one) || one === here[index])
  )
}

function parts(path: string): readonly string[] {
  return path.split(/[?#]/)[0]!.split('/').filter(Boolean)
}

function pathOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { pathname, hash } = new URL(url)
  return hash.startsWith('#/') ? hash.slice(1) : pathname
}

function sizeOf(response: unknown): number | undefined {
  const sent = number(response, '_transferSize') ?? number(response, 'bodySize')
  if (sent !== undefined && sent >= 0) return sent
  const size = number(part(response, 'content'), 'size')
  return size !== undefined && size >= 0 ? size : undefined
}

function header(message: unknown, name: string): string | undefined {
  const found = list(message, 'headers').find((one) => text(one, 'name').toLowerCase() === name)
  return found === undefined ? undefined : text(found, 'value')
}

function part(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
function text(value: unknown, name: string): string {
  const found = part(value, name)
  return typeof found === 'string' ? found : ''
}
function number(value: unknown, name: string): number | undefined {
  const found = part(value, name)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}
function list(value: unknown, name: string): readonly unknown[] {
  const found = part(value, name)
  return Array.isArray(found) ? found : []
}
