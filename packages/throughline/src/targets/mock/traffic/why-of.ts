import { nameOf, operationAddress } from '@throughline/core'
import type { Graph, Operation, TrafficHeader, TrafficWhy } from '@throughline/core'
import { headerOf } from '../answer.ts'
import { scenarioNamed } from '../scenario.ts'
import { callOf } from './call-of.ts'
import { curlOf } from './curl-of.ts'
import { answerToken } from './replay-token.ts'
import type { Exchange } from './traffic.ts'

/** Why an exchange went as it went. Everything is worked out now, from what was decided then. */
export function whyOf(exchange: Exchange, graph: Graph, base: string): TrafficWhy {
  const { told, answer, headers } = exchange
  const [operation] = told.operations
  const given = headerOf(answer, 'throughline-replay')
  // In a rush of calls the mock has no time to pack every answer; now there is.
  const token =
    given?.startsWith('0.') === true && !exchange.cut ? (answerToken(answer) ?? given) : given
  const sent = textOf(exchange.body)
  const shown = textOf(answer.body?.subarray(0, MOST_SHOWN))
  return {
    ...callOf(exchange, graph),
    request: {
      headers: Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [{ name, value: shownHeader(name, String(value)) }],
      ),
      bytes: exchange.sent,
      ...(sent !== undefined && { body: sent.slice(0, MOST_SHOWN) }),
    },
    response: {
      headers: pairsOf(answer.headers),
      bytes: answer.body?.length ?? 0,
      ...(shown !== undefined && { body: shown }),
    },
    ...(operation !== undefined && { route: routeOf(operation, told.pathParameters) }),
    validation: validationOf(exchange),
    decisions: decisionsOf(exchange),
    notTaken: [...rulesNotTaken(exchange, graph), ...answersNotTaken(exchange)],
    nearest: told.because.kind === 'unrouted' ? told.because.nearest : [],
    ...(token !== undefined && {
      replay: {
        token,
        portable: !token.startsWith('0.'),
        curl: curlOf(exchange, base, token),
      },
    }),
  }
}

/** As much of a body as somebody reads. */
const MOST_SHOWN = 4000

function pairsOf(flat: readonly string[]): readonly TrafficHeader[] {
  return flat.flatMap((name, index) =>
    index % 2 === 0 ? [{ name, value: shownHeader(name, flat[index + 1] ?? '') }] : [],
  )
}

/** What lets somebody in is not for everybody who reads along. */
function shownHeader(name: string, value: string): string {
  if (/^(authorization|proxy-authorization)$/i.test(name))
    return value.replace(/\s+\S.*$/s, ' ••••').replace(/^\S{20,}$/, '••••')
  if (/cookie|token|secret|api-?key|password/i.test(name)) return '••••'
  return value.slice(0, 2000)
}

/** `undefined` for what is no text. */
function textOf(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

function routeOf(
  { id, method, path }: Operation,
  parameters: ReadonlyMap<string, string> = new Map(),
): NonNullable<TrafficWhy['route']> {
  return {
    operation: nameOf(id),
    method,
    path,
    parameters: [...parameters].map(([name, value]) => ({ name, value })),
    url: operationAddress(nameOf(id)),
  }
}

function validationOf({ told }: Exchange): TrafficWhy['validation'] {
  switch (told.because.kind) {
    case 'refused':
      return {
        result: 'invalid',
        violations: told.because.violations.map(({ in: place, name, pointer, message }) => ({
          where: `${place}${name === undefined ? '' : ` ${name}`}${pointer === '' ? '' : ` ${pointer}`}`,
          message,
        })),
      }
    case 'example':
    case 'generated':
    case 'world':
    case 'missing':
      // An error that a scenario or a preference wants is given whatever the request is like.
      return { result: told.scenario === undefined ? 'valid' : 'not-checked', violations: [] }
    default:
      return { result: 'not-checked', violations: [] }
  }
}

function decisionsOf({ told, answer, session }: Exchange): TrafficWhy['decisions'] {
  const { scenario, because, preferences, dataset, seed } = told
  const decisions: { what: string; detail: string }[] = []
  const taken = scenario?.looks.find((one) => one.not === undefined)
  if (scenario !== undefined) {
    const rule =
      taken === undefined
        ? 'no rule of it is about this call'
        : scenario.kind === 'state'
          ? scenario.title
          : `rule ${taken.rule + 1}`
    decisions.push({ what: `Scenario ${scenario.name}`, detail: rule })
  }
  if (answer.fault !== undefined) decisions.push({ what: 'Fault', detail: answer.fault })
  if (answer.delay !== undefined)
    decisions.push({
      what: 'Latency',
      detail: `${Math.round(answer.delay)} ms before the first byte`,
    })
  for (const [name, value] of Object.entries(preferences ?? {}))
    decisions.push({ what: `Prefer: ${name}=${String(value)}`, detail: 'as the request wants' })
  if (because.kind === 'example')
    decisions.push({ what: `Example ${because.example}`, detail: 'as the contract has it' })
  if (because.kind === 'generated')
    decisions.push({ what: 'Made up', detail: `from the schema, with the seed ${seed}` })
  if (because.kind === 'world' || because.kind === 'missing')
    decisions.push({
      what: `World of ${session === '' ? 'everybody' : `the session ${session}`}`,
      detail: because.kind === 'missing' ? because.detail : `with the seed ${seed}`,
    })
  if (because.kind === 'backend')
    decisions.push({ what: 'Real backend', detail: `${because.address} answered, not the mock` })
  if (because.kind === 'credentials') decisions.push({ what: 'Security', detail: because.detail })
  if (dataset !== '')
    decisions.push({ what: `Data set ${dataset}`, detail: 'fills what is made up' })
  return decisions
}

function rulesNotTaken({ told }: Exchange, graph: Graph): TrafficWhy['notTaken'] {
  const { scenario } = told
  if (scenario === undefined) return []
  const looked = scenario.looks.flatMap(({ rule, not }) =>
    not === undefined ? [] : [{ what: `Rule ${rule + 1} of ${scenario.name}`, detail: not }],
  )
  const taken = scenario.looks.find((one) => one.not === undefined)?.rule
  const rules = scenarioNamed(graph, scenario.name)?.rules ?? []
  const seen = new Set(scenario.looks.map((one) => one.rule))
  const others = rules.flatMap((_, rule) =>
    seen.has(rule)
      ? []
      : [
          {
            what: `Rule ${rule + 1} of ${scenario.name}`,
            detail:
              taken !== undefined && rule > taken
                ? `rule ${taken + 1} came first`
                : 'it is about other operations',
          },
        ],
  )
  return [...looked, ...others].slice(0, 50)
}

/** Examples and statuses that the contract has besides. */
function answersNotTaken({ told, answer }: Exchange): TrafficWhy['notTaken'] {
  const [operation] = told.operations
  if (operation?.protocol !== 'rest') return []
  const { because } = told
  const passed = because.kind === 'generated' ? because.passedOver : undefined
  return operation.responses().flatMap(({ status, content }) => {
    const isThis =
      status === String(answer.status) || status === `${Math.floor(answer.status / 100)}XX`
    if (!isThis) return [{ what: `Status ${status}`, detail: `Prefer: code=${status} gives it` }]
    const names = new Set(content.flatMap((one) => one.examples.map((example) => example.name)))
    return [...names].flatMap((name) => {
      if (because.kind === 'example' && because.example === name) return []
      const isBroken = passed?.includes(`"${name}"`) === true
      return [
        {
          what: `Example ${name}`,
          detail: isBroken ? passed : `Prefer: example=${name} gives it`,
        },
      ]
    })
  })
}
