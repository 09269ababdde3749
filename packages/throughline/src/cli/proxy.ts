import { closest } from '@throughline/core'
import type { Graph } from '@throughline/core'
import type { ArgsDef } from 'citty'
import { CannotRun } from '../cannot-run.ts'
import { backendAddress, backendsOf } from '../targets/mock/proxy/backends.ts'
import type { Backends } from '../targets/mock/proxy/backends.ts'
import { USUAL_FALLBACK, fallbackOf, fallbackText } from '../targets/mock/proxy/fallback.ts'
import { unmatched } from '../targets/mock/proxy/routes.ts'
import { coloursOf } from './colours.ts'
import type { Io } from './io.ts'
import { listIn } from './list-in.ts'
import { many } from './output/text.ts'

/** The options of every command whose mock can pass calls on. */
export const proxyArgs = {
  proxy: {
    type: 'string',
    valueHint: 'URL|ENVIRONMENT',
    description: 'Pass calls on to a real backend: URL, store=URL,reviews=URL, or staging',
  },
  'mock-only': {
    type: 'string',
    valueHint: 'OPERATIONS',
    description: 'The mock answers these all the same: store.createPayment,reviews.*',
  },
  'proxy-only': {
    type: 'string',
    valueHint: 'OPERATIONS',
    description: 'Only these are passed on, whatever their stage',
  },
  fallback: {
    type: 'string',
    valueHint: 'WHEN',
    description: `When the mock stands in for the backend: none, or of ${USUAL_FALLBACK},5xx (${USUAL_FALLBACK})`,
  },
  'proxy-timeout': {
    type: 'string',
    valueHint: 'TIME',
    description: 'How long a backend may take to answer (30s)',
  },
  'insecure-backend': {
    type: 'boolean',
    description: 'Take any certificate of a backend: for machines of your own only',
  },
} as const satisfies ArgsDef

interface ProxyArgs {
  readonly proxy?: string | undefined
  readonly 'mock-only'?: string | undefined
  readonly 'proxy-only'?: string | undefined
  readonly fallback?: string | undefined
  readonly 'proxy-timeout'?: string | undefined
  readonly 'insecure-backend'?: boolean | undefined
}

/** The backends that the options name; `undefined` without `--proxy`. Throws `CannotRun` (TL9003) for what cannot be meant. */
export function backendsFrom(args: ProxyArgs, graph: Graph, io: Io): Backends | undefined {
  if (args.proxy === undefined) {
    const alone = (
      ['mock-only', 'proxy-only', 'fallback', 'proxy-timeout', 'insecure-backend'] as const
    ).find((name) => args[name] !== undefined && args[name] !== false)
    if (alone === undefined) return undefined
    throw usage(
      `\`--${alone}\` says something about a backend, and there is none. Name it with --proxy URL.`,
    )
  }
  const mockOnly = listIn(args['mock-only'])
  const proxyOnly = listIn(args['proxy-only'])
  for (const { pattern, meant } of unmatched(graph, [...mockOnly, ...proxyOnly]))
    throw usage(
      `No operation is called \`${pattern}\`.${meant === undefined ? '' : ` Did you mean \`${meant}\`?`}`,
    )
  const fallback = fallbackOf(args.fallback ?? USUAL_FALLBACK)
  if ('wrong' in fallback)
    throw usage(
      `\`--fallback\` is none, or a list of statuses (404, 5xx), refused and timeout, not \`${fallback.wrong}\`.`,
    )
  const backends = addressesOf(args.proxy, graph)
  const { yellow } = coloursOf(io.stderr, io.env)
  const insecure = args['insecure-backend'] === true
  if (insecure) io.stderr.write(`${yellow('insecure')}  certificates of backends are not checked\n`)
  return backendsOf(
    {
      backends,
      mockOnly,
      proxyOnly,
      fallback: fallbackText(fallback),
      insecure,
      ...(args['proxy-timeout'] !== undefined && { timeout: timeOf(args['proxy-timeout']) }),
    },
    (line) => io.stderr.write(`${line}\n`),
  )
}

/** One line for each backend: where it is, and how much of the API it answers. */
export function backendLines(backends: Backends, graph: Graph, io: Io): readonly string[] {
  const { bold, cyan, dim } = coloursOf(io.stdout, io.env)
  return [...backends.all.values()].map(({ api, base }) => {
    const operations = graph.apis.find(({ name }) => name === api)?.contract?.operations ?? []
    const passed = operations.filter((one) => backends.routeOf(one).to === 'backend').length
    const rest = operations.length - passed
    return `${bold('Proxy')} ${api} to ${cyan(base.href)}  ${dim(`${many(passed, 'operation')} passed on, ${rest} mocked; mocked on ${fallbackText(backends.fallback)}`)}`
  })
}

/** `URL`, `staging`, `store=URL,reviews=staging`: an address for each API. */
function addressesOf(text: string, graph: Graph): ReadonlyMap<string, string> {
  const names = graph.apis.map(({ name }) => name)
  const found = new Map<string, string>()
  for (const part of text.split(/,(?=[^,=/:?]+=)/)) {
    const named = /^([^=/:?]+)=(.*)$/s.exec(part.trim())
    if (named === null) {
      for (const [api, address] of everywhere(part.trim(), graph)) found.set(api, address)
      continue
    }
    const [, name = '', where = ''] = named
    const api = graph.apis.find((one) => one.name === name.trim())
    if (api === undefined) {
      const [near] = closest(name, names, 1)
      throw usage(
        `There is no API \`${name}\` to pass on.${near === undefined ? ` There are ${names.join(', ')}.` : ` Did you mean \`${near}\`?`}`,
      )
    }
    const address = /^https?:/i.test(where) ? where : api.environments.get(where)
    if (address === undefined)
      throw usage(
        `\`${where}\` is neither an address nor an environment of ${name}${inWords([...api.environments.keys()])}.`,
      )
    found.set(api.name, checked(address))
  }
  return found
}

function everywhere(where: string, graph: Graph): readonly (readonly [string, string])[] {
  if (/^https?:/i.test(where)) {
    const [only, another] = graph.apis
    if (only === undefined || another !== undefined)
      throw usage(
        `There are several APIs: say which has this backend, as in --proxy ${only?.name ?? 'store'}=${where}.`,
      )
    return [[only.name, checked(where)]]
  }
  const found = graph.apis.flatMap(({ name, environments }) => {
    const address = environments.get(where)
    return address === undefined ? [] : [[name, checked(address)] as const]
  })
  if (found.length > 0) return found
  const known = [...new Set(graph.apis.flatMap(({ environments }) => [...environments.keys()]))]
  throw usage(`\`${where}\` is neither an address nor an environment${inWords(known)}.`)
}

function inWords(names: readonly string[]): string {
  return names.length === 0
    ? '; throughline.yaml names none'
    : `; throughline.yaml has ${names.join(', ')}`
}

function checked(address: string): string {
  const url = backendAddress(address)
  if ('wrong' in url) throw usage(`${url.wrong}.`)
  return url.href
}

function timeOf(text: string): number {
  const match = /^(\d{1,6}(?:\.\d{1,3})?) ?(ms|s|m)?$/.exec(text)
  const milliseconds =
    match === null
      ? 0
      : Number(match[1]) * (match[2] === 'ms' ? 1 : match[2] === 'm' ? 60_000 : 1000)
  if (milliseconds >= 1 && milliseconds <= 3_600_000) return milliseconds
  throw usage(`\`--proxy-timeout\` is a time such as 500ms or 10s, not \`${text}\`.`)
}

function usage(message: string): CannotRun {
  return new CannotRun('TL9003', message)
}
