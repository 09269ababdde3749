import { CannotRun } from '../../../cannot-run.ts'
import type { Answered, Failed } from '../exchange.ts'
import type { HeaderList } from '../identities.ts'
import type { Script, Talk } from '../talk.ts'
import { collectionCase } from './collection-case.ts'
import type { CollectionReport, CollectionSeen } from './collection-report.ts'
import type { Collection, Values } from './collection.ts'
import { stepsOf, usualBase } from './collection-script.ts'
import { operationFinder } from './matched.ts'

interface NewmanOptions {
  readonly environments: readonly Values[]
  readonly data: readonly Values[]
  readonly target?: string
  /** Where files of bodies are looked for. */
  readonly folder: string
  /** Headers for what goes to the target. */
  readonly headers: HeaderList
  readonly refused: (method: string, url: URL) => string | undefined
  readonly signal: AbortSignal
}

/**
 * A collection whose scripts run in newman's sandbox. What newman was answered is judged by the same checks as everything else, and
 * what its tests said stands in the report. Throws `CannotRun` (TL9004) where newman is not installed.
 */
export async function newmanScript(
  source: object,
  collection: Collection,
  options: NewmanOptions,
): Promise<{ readonly script: Script; readonly report: () => CollectionReport }> {
  const newman = await newmanModule()
  const seen: CollectionSeen[] = []
  const base = usualBase(collection)
  const [environment = new Map<string, string>(), globals = new Map<string, string>()] =
    options.environments
  const left: CollectionSeen[] = []
  /** newman tells an item's own name, and not its folders. */
  const nameOf = new Map<string, string>()
  return {
    report: () => ({
      name: collection.name,
      engine: 'newman',
      iterations: Math.max(1, options.data.length),
      requests: [...seen, ...left],
    }),
    async script(talk) {
      const find = operationFinder(talk.graph, options.target)
      const asked = await ran()
      for (const one of asked) seen.push(await judged(talk, find, one))
    },
  }

  async function ran(): Promise<readonly Asked[]> {
    const asked: Asked[] = []
    const scoped = (values: Values): object => ({
      values: [...values].map(([key, value]) => ({ key, value, enabled: true })),
    })
    const values = new Map(environment)
    if (base !== undefined && options.target !== undefined) values.set(base, options.target)
    await new Promise<void>((done, failed) => {
      const run = newman.run(
        {
          collection: prepared(source),
          environment: scoped(values),
          globals: scoped(globals),
          ...(options.data.length > 0 && {
            iterationData: options.data.map((row) => Object.fromEntries(row)),
          }),
          reporters: [],
          workingDir: options.folder,
          ignoreRedirects: true,
          timeoutRequest: 10_000,
          timeoutScript: 10_000,
        },
        (error) => {
          if (error === null || error === undefined) done()
          else failed(new CannotRun('TL9004', `newman cannot run it: ${error.message}`))
        },
      )
      options.signal.addEventListener('abort', () => run.abort(), { once: true })
      run.on('request', (error, args) => {
        asked.push(askedOf(error, args, nameOf.get(args.item.id) ?? args.item.name))
      })
      run.on('assertion', (error, { assertion, item, cursor }) => {
        const last = asked.findLast(
          (one) => one.id === item.id && one.iteration === cursor.iteration + 1,
        )
        last?.assertions.push({
          name: (assertion ?? 'a test').slice(0, 300),
          passed: error === null || error === undefined,
          ...(error && { message: error.message.slice(0, 500) }),
        })
      })
      run.on('script', (error, { item, cursor }) => {
        if (error === null || error === undefined) return
        const last = asked.findLast(
          (one) => one.id === item.id && one.iteration === cursor.iteration + 1,
        )
        last?.assertions.push({
          name: 'its script runs',
          passed: false,
          message: error.message.slice(0, 500),
        })
      })
    })
    return asked
  }

  /** Leaves out what must not be sent, and adds the credentials that are given for the target. */
  function prepared(folder: unknown, around: readonly string[] = []): unknown {
    if (folder === null || typeof folder !== 'object') return folder
    const items: unknown = Reflect.get(folder, 'item')
    if (!Array.isArray(items)) return folder
    return {
      ...folder,
      item: items.flatMap((item: unknown): unknown[] => {
        if (item === null || typeof item !== 'object') return []
        const given: unknown = Reflect.get(item, 'request')
        const own: unknown = Reflect.get(item, 'name')
        const names = [...around, typeof own === 'string' && own !== '' ? own : 'a request']
        if (Array.isArray(Reflect.get(item, 'item'))) return [prepared(item, names)]
        const request: Readonly<Record<string, unknown>> =
          given !== null && typeof given === 'object' ? { ...given } : { method: 'GET', url: given }
        const method =
          typeof request['method'] === 'string' ? request['method'].toUpperCase() : 'GET'
        const name = names.join(' / ')
        const address = addressOf(request['url'])
        const reason = options.refused(method, new URL(options.target ?? 'http://localhost'))
        if (reason !== undefined) {
          left.push({
            name,
            iteration: 1,
            method,
            path: '',
            steps: [],
            left: reason,
            notes: [],
            assertions: [],
          })
          return []
        }
        const id = `request-${nameOf.size}`
        nameOf.set(id, name)
        const whole = { ...item, id, request: { ...request, url: urlWithParts(request['url']) } }
        const isHome = base !== undefined && address.startsWith(`{{${base}}}`)
        if (!isHome || options.headers.length === 0) return [whole]
        const lines = new Set(options.headers.map(([header]) => header.toLowerCase()))
        const before: readonly unknown[] = Array.isArray(request['header']) ? request['header'] : []
        const header = [
          ...before.filter(
            (one) =>
              one === null ||
              typeof one !== 'object' ||
              !lines.has(String(Reflect.get(one, 'key')).toLowerCase()),
          ),
          ...options.headers.map(([key, value]) => ({ key, value })),
        ]
        const auth = lines.has('authorization') ? { type: 'noauth' } : request['auth']
        return [
          { ...whole, request: { ...whole.request, header, ...(auth !== undefined && { auth }) } },
        ]
      }),
    }
  }
}

async function judged(
  talk: Talk,
  find: ReturnType<typeof operationFinder>,
  one: Asked,
): Promise<CollectionSeen> {
  const { name, iteration, method, url, outcome, ms, assertions } = one
  const about = { name, iteration, method, path: url?.pathname ?? '', assertions }
  const answered = outcome.kind === 'answered' ? { status: outcome.status, ms: Math.round(ms) } : {}
  const failed = outcome.kind === 'failed' ? [outcome.message] : []
  const match = url === undefined ? undefined : find(method, url)
  if (url === undefined || match === undefined)
    return {
      ...about,
      ...answered,
      steps: [],
      notes: ['no contract describes it: its answer is not judged', ...failed],
    }
  const asking = collectionCase({
    ...match,
    name: iteration > 1 ? `${name} #${iteration}` : name,
    method,
    url,
    headers: one.headers,
    body: one.body,
    answered: { url: url.href, sent: one.headers, at: one.at, ms, outcome },
  })
  await talk.ask(asking)
  return {
    ...about,
    ...answered,
    operation: `${match.operation.api}.${match.operation.name}`,
    steps: stepsOf(talk.graph, match.operation),
    notes: [
      ...(asking.verdict.kind === 'undecidable'
        ? [`what it sends is not what the contract describes: ${asking.verdict.reason}`]
        : []),
      ...failed,
    ],
  }
}

interface Asked {
  readonly id: string
  readonly name: string
  readonly iteration: number
  readonly method: string
  readonly url: URL | undefined
  readonly headers: HeaderList
  readonly body: Uint8Array | undefined
  readonly at: number
  readonly ms: number
  readonly outcome: Answered | Failed
  readonly assertions: { name: string; passed: boolean; message?: string }[]
}

function askedOf(
  error: Error | null | undefined,
  { request, response, item, cursor }: NewmanRequest,
  name: string,
): Asked {
  const text = request.url.toString()
  const whole = /^https?:/i.test(text) ? text : `http://${text}`
  const body = request.body?.toString?.()
  return {
    id: item.id,
    name,
    iteration: cursor.iteration + 1,
    method: request.method,
    url: URL.canParse(whole) ? new URL(whole) : undefined,
    headers: request.headers.all().map(({ key, value }) => [key.toLowerCase(), value] as const),
    body: body === undefined || body === '' ? undefined : new TextEncoder().encode(body),
    at: Date.now(),
    ms: response?.responseTime ?? 0,
    assertions: [],
    outcome:
      response === undefined
        ? {
            kind: 'failed',
            why: 'reset',
            message: error?.message.replaceAll(/https?:\/\/\S+/g, 'the target') ?? 'no answer came',
          }
        : {
            kind: 'answered',
            status: response.code,
            headers: headersOf(response.headers.all()),
            body: response.stream ?? new Uint8Array(),
            bytes: response.stream?.length ?? 0,
            cut: false,
          },
  }
}

function headersOf(all: readonly NewmanHeader[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const { key, value } of all) {
    const name = key.toLowerCase()
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return headers
}

/** newman looks only at the parts of an address, where it has any. */
function urlWithParts(url: unknown): unknown {
  if (url === null || typeof url !== 'object' || Object.hasOwn(url, 'host')) return url
  const [, protocol, host = '', path = '', query = ''] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(addressOf(url)) ?? []
  return {
    ...url,
    ...(protocol !== undefined && { protocol }),
    host: [host],
    path: path.split('/').slice(1),
    query: query.split('&').flatMap((pair) => {
      const [key = '', ...value] = pair.split('=')
      return key === '' ? [] : [{ key, value: value.join('=') }]
    }),
  }
}

function addressOf(url: unknown): string {
  if (typeof url === 'string') return url
  if (url === null || typeof url !== 'object') return ''
  const raw: unknown = Reflect.get(url, 'raw')
  if (typeof raw === 'string') return raw
  const host: unknown = Reflect.get(url, 'host')
  return Array.isArray(host) ? host.join('.') : String(host)
}

/** What is used of newman 5 and 6. */
interface Newman {
  readonly run: (
    options: object,
    done: (error: Error | null | undefined) => void,
  ) => {
    readonly abort: () => void
    on(event: 'request', hear: (error: Error | null | undefined, args: NewmanRequest) => void): void
    on(
      event: 'assertion',
      hear: (
        error: Error | null | undefined,
        args: Pick<NewmanRequest, 'item' | 'cursor'> & { readonly assertion?: string },
      ) => void,
    ): void
    on(
      event: 'script',
      hear: (error: Error | null | undefined, args: Pick<NewmanRequest, 'item' | 'cursor'>) => void,
    ): void
  }
}

interface NewmanHeader {
  readonly key: string
  readonly value: string
}

interface NewmanRequest {
  readonly cursor: { readonly iteration: number }
  readonly item: { readonly id: string; readonly name: string }
  readonly request: {
    readonly method: string
    readonly url: { toString(): string }
    readonly headers: { readonly all: () => readonly NewmanHeader[] }
    readonly body?: { toString?(): string }
  }
  readonly response?: {
    readonly code: number
    readonly responseTime: number
    readonly stream?: Uint8Array
    readonly headers: { readonly all: () => readonly NewmanHeader[] }
  }
}

async function newmanModule(): Promise<Newman> {
  try {
    // It has no types of its own, and need not be there.
    const name = 'newman'
    const loaded = (await import(name)) as { readonly default: Newman }
    return loaded.default
  } catch {
    throw new CannotRun(
      'TL9004',
      '`--engine newman` runs scripts in newman, which is not installed: `npm install --save-dev newman`. Without it requests are sent and judged, and scripts are not run.',
    )
  }
}
