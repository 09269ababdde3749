import { nameOf, usageOf } from '@throughline/core'
import type { Graph, TrafficCall, UsedBy } from '@throughline/core'
import { headerOf } from '../answer.ts'
import { idOfExchange } from './traffic.ts'
import type { Exchange } from './traffic.ts'

/** An exchange in a line, with the steps that make such a call. */
export function callOf(exchange: Exchange, graph: Graph): TrafficCall {
  const { told, answer, session } = exchange
  const { delay, fault, status } = answer
  const violation = violationOf(exchange)
  return {
    id: idOfExchange(exchange.number),
    number: exchange.number,
    at: new Date(exchange.at).toISOString(),
    method: exchange.method,
    url: exchange.url,
    operations: told.operations.map((one) => nameOf(one.id)),
    steps: stepsOf(exchange, graph),
    status,
    ms: Math.round((exchange.work + (delay ?? 0)) * 10) / 10,
    because: told.because.kind,
    why: sentenceOf(exchange),
    ...(fault !== undefined && { fault }),
    ...(delay !== undefined && { delay: Math.round(delay) }),
    ...(told.scenario !== undefined && { scenario: told.scenario.name }),
    ...(violation !== undefined && { violation }),
    ...(session !== '' && { session }),
  }
}

/** Once each; those of the step that is played first. */
function stepsOf({ told }: Exchange, graph: Graph): readonly UsedBy[] {
  const found = new Map<string, UsedBy>()
  for (const { id } of told.operations)
    for (const { step, title, journey, line, url } of usageOf(graph, nameOf(id)).callers)
      if (!found.has(step)) found.set(step, { step, title, journey, line, url })
  const played = told.scenario?.step
  return [...found.values()].toSorted(
    (one, other) => Number(other.step === played) - Number(one.step === played),
  )
}

function violationOf({ told, answer }: Exchange): string | undefined {
  if (told.because.kind === 'refused') {
    const [first, ...others] = told.because.violations
    if (first !== undefined)
      return others.length === 0 ? first.message : `${first.message}, and ${others.length} more`
  }
  return headerOf(answer, 'throughline-violation')
}

function sentenceOf({ told, answer }: Exchange): string {
  const { scenario, because, preferences } = told
  const rule = scenario?.looks.find((one) => one.not === undefined)
  const wanted =
    preferences?.code !== undefined
      ? ` for Prefer: code=${preferences.code}`
      : preferences?.example !== undefined
        ? ` for Prefer: example=${preferences.example}`
        : ''
  const played =
    scenario === undefined || rule === undefined
      ? ''
      : scenario.kind === 'state'
        ? `The state ${scenario.name} is played: `
        : `Rule ${rule.rule + 1} of the scenario ${scenario.name}: `
  return `${played}${contentWords()}${wanted}`

  function contentWords(): string {
    if (answer.fault === 'timeout') return 'no answer ever comes'
    if (answer.fault === 'reset') return 'the connection is cut'
    const capital = (text: string): string =>
      played === '' ? text.charAt(0).toUpperCase() + text.slice(1) : text
    switch (because.kind) {
      case 'example':
        return capital(`the example ${because.example} of the contract`)
      case 'generated':
        return because.passedOver === undefined
          ? capital('made up from the schema')
          : capital('made up from the schema, as an example breaks it')
      case 'world':
        return capital("what this session's world holds")
      case 'missing':
        return capital(because.detail)
      case 'spelled-out':
        return capital('the scenario says so')
      case 'refused':
        return capital('the request breaks the contract')
      case 'credentials':
        return capital('the request has no credentials that the operation takes')
      case 'unrouted':
        return because.nearest[0] === undefined
          ? capital('no operation answers this address')
          : capital(`no operation answers this address; the nearest is ${because.nearest[0]}`)
      case 'replayed':
        return capital('an earlier answer again, by its token')
      case 'backend':
        return capital(`the real backend answered: ${because.address}`)
      case 'bare':
        return capital('the contract describes no content for this status')
    }
  }
}
