import { isJsonType, nameOf, nodesOfKind, usageOf } from '@throughline/core'
import type { Graph, Operation, RequestParts } from '@throughline/core'
import type { Answer } from '../answer.ts'
import { headerOf } from '../answer.ts'
import type { Effect } from '../effect.ts'
import { effectOfRule, scenarioNamed } from '../scenario.ts'
import type { Rule, Scenario } from '../scenario.ts'
import { baseList } from '../world/base.ts'
import type { Ground } from '../world/base.ts'
import { idOf } from '../world/identity.ts'
import { resourcesOf } from '../world/resources.ts'
import type { Exported, ExportOptions } from './export-format.ts'
import { MSW_RUNTIME } from './msw-runtime.ts'
import { exportGround, plainAnswer } from './plain-answer.ts'

/**
 * Handlers for Mock Service Worker that answer as the mock does while a scenario is played: every body written out, with
 * latency, errors and sequences. Needs nothing but `msw`.
 */
export function mswHandlers(graph: Graph, options: ExportOptions = {}): Exported {
  const scenario =
    options.scenario === undefined ? undefined : scenarioNamed(graph, options.scenario)
  const dataset = scenario?.dataset ?? options.dataset
  const wanted = { ...options, ...(dataset !== undefined && { dataset }) }
  const leftOut = new Set<string>()
  const handlers: string[] = []
  for (const { name, contract } of graph.apis) {
    if (contract === undefined) continue
    if (contract.protocol === 'graphql') {
      leftOut.add(
        `${name}: GraphQL is left out (${contract.operations.length} operations). Write graphql.query handlers for it, or point it at \`throughline mock\``,
      )
      continue
    }
    const operations = [...nodesOfKind(graph, 'operation')].filter((one) => one.api === name)
    const ground = exportGround(resourcesOf(operations), wanted)
    for (const operation of operations.toSorted(byPrecision)) {
      const method = operation.method.toLowerCase()
      if (!methods.has(method)) {
        leftOut.add(`${nameOf(operation.id)}: MSW has no handlers for ${operation.method}`)
        continue
      }
      const cases = casesOf(operation, scenario, ground, wanted, leftOut)
      const place = `*${mswPath(operation)}`
      handlers.push(
        `  // ${commentOf(graph, operation)}\n  on('${method}', ${JSON.stringify(place)}, [\n${cases.map((one) => `    ${literal(one, 4)},`).join('\n')}\n  ]),`,
      )
    }
  }
  return { text: fileText(graph, scenario, handlers), leftOut: [...leftOut] }
}

/** Those that MSW has handlers for. */
export const methods: ReadonlySet<string> = new Set([
  'get',
  'post',
  'put',
  'patch',
  'delete',
  'head',
  'options',
])

/** One answer, as the runtime of the file reads it. */
export interface Case {
  readonly when?: Readonly<Record<string, unknown>>
  readonly times?: number
  /** How many of the calls that fit, from 0 to 1. */
  readonly share?: number
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: string
  readonly base64?: string
  readonly delay?: number | readonly [number, number]
  readonly fault?: 'timeout' | 'reset'
}

/** Every answer of an operation while a scenario is played, the first that holds decides. `tool` is who cannot be told the rest. */
export function casesOf(
  operation: Operation,
  scenario: Scenario | undefined,
  ground: Ground,
  options: ExportOptions,
  leftOut: Set<string>,
  tool = 'MSW',
): readonly Case[] {
  const cases: Case[] = []
  const sample = sampleParameters(operation)
  for (const [index, rule] of (scenario?.rules ?? []).entries()) {
    if (!rule.operations.has(operation.id)) continue
    const missing = notForMsw(rule)
    if (missing !== undefined) {
      leftOut.add(`Rule ${index + 1} of ${scenario!.name}: ${missing} cannot be told to ${tool}`)
      continue
    }
    const when = whenOf(rule)
    const flaky = rule.effect.fault?.kind === 'flaky' ? rule.effect.fault.share : undefined
    for (const fails of flaky === undefined ? [false] : [true, false]) {
      const share = fails ? flaky : rule.when?.share
      const effect = effectOfRule(scenario!, index, fails)
      const answer = plainAnswer(operation, sample, effect, ground, options)
      cases.push({
        ...(when !== undefined && { when }),
        ...(rule.times !== undefined && { times: rule.times }),
        ...(share !== undefined && { share }),
        ...contentOf(answer, effect),
      })
    }
    // Nothing after a rule that always holds can have its turn.
    if (when === undefined && rule.times === undefined && rule.when?.share === undefined)
      return cases
  }
  for (const [parameter, ids] of knownIds(operation, ground))
    for (const id of ids) {
      const answer = plainAnswer(operation, new Map([[parameter, id]]), undefined, ground, options)
      cases.push({ when: { path: { [safeName(parameter)]: id } }, ...contentOf(answer) })
    }
  cases.push(contentOf(plainAnswer(operation, sample, undefined, ground, options)))
  return cases
}

/** The things of a list, so that each has its own detail. */
function knownIds(operation: Operation, ground: Ground): ReadonlyMap<string, readonly string[]> {
  const role = ground.resources.role(operation)
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!)
  if (role?.kind !== 'whole' || role.does !== 'read' || names.length !== 1) return new Map()
  const { rows } = baseList(role.resource, new Map(), ground)
  const ids = rows.flatMap((row) => idOf(row, role.resource.idProperty) ?? [])
  return new Map([[names[0]!, ids.slice(0, MOST_DETAILS)]])
}

const MOST_DETAILS = 20

function notForMsw({ when, rateLimit, effect }: Rule): string | undefined {
  if (rateLimit !== undefined) return 'a rate limit'
  if ((when?.matches ?? when?.not?.matches) !== undefined) return 'a match by pattern'
  if ((when?.session ?? when?.not?.session) !== undefined) return 'a session'
  if (when?.share !== undefined && effect.fault?.kind === 'flaky')
    return 'a flaky answer to a share of the calls'
  if (effect.template !== undefined) return 'a template'
  if (effect.stream !== undefined) return 'a stream'
  if (effect.bandwidth !== undefined) return 'a bandwidth'
  if (effect.stale !== undefined) return 'an old answer'
  return undefined
}

function whenOf({ when }: Rule): Readonly<Record<string, unknown>> | undefined {
  if (when === undefined) return undefined
  const { call, not } = when
  const found = {
    ...partsOf(when),
    ...(not !== undefined && { not: partsOf(not) }),
    ...(call !== undefined && { call }),
  }
  return Object.keys(found).length === 0 ? undefined : found
}

function partsOf({ body, query, header, path }: RequestParts): object {
  const safePath =
    path && Object.fromEntries(Object.entries(path).map(([name, value]) => [safeName(name), value]))
  return {
    ...(body !== undefined && { body }),
    ...(query !== undefined && { query }),
    ...(header !== undefined && { header }),
    ...(safePath !== undefined && { path: safePath }),
  }
}

function contentOf(answer: Answer, effect?: Effect): Case {
  const { status, fault, body } = answer
  if (fault === 'timeout' || fault === 'reset')
    return { status: 503, headers: {}, fault, ...delayIn(effect) }
  const headers: Record<string, string> = {}
  for (let index = 0; index < answer.headers.length; index += 2) {
    const name = answer.headers[index]!
    if (!/^(throughline-|content-length$|transfer-encoding$|connection$)/i.test(name))
      headers[name.toLowerCase()] = answer.headers[index + 1]!
  }
  const bytes = fault === 'truncate' && body !== undefined ? body.slice(0, body.length / 2) : body
  return {
    status,
    headers,
    ...writtenOut(bytes, headerOf(answer, 'content-type')),
    ...delayIn(effect),
  }
}

function delayIn(effect: Effect | undefined): Pick<Case, 'delay'> {
  const latency = effect?.latency
  if (latency === undefined || 'observed' in latency) return {}
  return { delay: 'fixed' in latency ? latency.fixed : [latency.p50, latency.p95] }
}

function writtenOut(
  body: Uint8Array | undefined,
  type = '',
): Pick<Case, 'json' | 'text' | 'base64'> {
  if (body === undefined) return {}
  const bytes = Buffer.from(body)
  const text = bytes.toString()
  if (!Buffer.from(text).equals(bytes)) return { base64: bytes.toString('base64') }
  if (!isJsonType(type)) return { text }
  try {
    return { json: JSON.parse(text) as unknown }
  } catch {
    return { text }
  }
}

/** MSW takes the first handler that fits: literal paths go before those with parameters. */
export function byPrecision(one: Operation, other: Operation): number {
  const parameters = (path: string): number => path.split('{').length
  return parameters(one.path) - parameters(other.path)
}

/** `/orders/{orderId}` as `/orders/:orderId`. */
export function mswPath({ path }: Operation): string {
  return path
    .replace(/[:*+?()]/g, '\\$&')
    .replace(/\{([^}]+)\}/g, (_, name: string) => `:${safeName(name)}`)
    .replace(/\\\?.*$/, '')
}

export function safeName(name: string): string {
  const safe = name.replace(/\W/g, '_')
  return /^\d/.test(safe) ? `_${safe}` : safe
}

function sampleParameters(operation: Operation): ReadonlyMap<string, string> {
  return new Map(
    operation
      .parameters()
      .filter((one) => one.in === 'path')
      .map((one) => [one.name, 'sample']),
  )
}

/** Which steps it is for: whoever reads the handlers finds the screens. */
export function commentOf(graph: Graph, operation: Operation): string {
  const steps = usageOf(graph, nameOf(operation.id)).callers.map(
    ({ title, step }) => `${title} (${step})`,
  )
  const text = `${nameOf(operation.id)}: ${steps.length === 0 ? 'no step calls it' : steps.join(', ')}`
  return text.replace(/\s+/g, ' ')
}

function fileText(
  graph: Graph,
  scenario: Scenario | undefined,
  handlers: readonly string[],
): string {
  const what =
    scenario === undefined ? 'on a good day' : `while ${scenario.name} is played: ${scenario.title}`
  return [
    `// ${`What ${graph.name === '' ? 'the API' : graph.name} answers ${what}`.replace(/\s+/g, ' ')}.`,
    '// Written by `throughline export --format msw`; written again, it is overwritten.',
    "import { HttpResponse, delay, http } from 'msw'",
    '',
    'export const handlers = [',
    ...handlers,
    ']',
    '',
    MSW_RUNTIME,
  ].join('\n')
}

/** JSON as a TypeScript literal, on one line where that is short. */
export function literal(value: unknown, indent: number): string {
  const short = JSON.stringify(value)
  if (short.length < 90) return short
  return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${' '.repeat(indent)}`)
}
