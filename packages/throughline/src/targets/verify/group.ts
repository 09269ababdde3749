import { createHash } from 'node:crypto'
import { hurtBy, redactionOf, scrubbed, type Graph, type Operation } from '@throughline/core'
import type { Observation } from './check-kind.ts'
import { describedStatus } from './coverage.ts'
import { curlOf } from './curl.ts'
import { textOf, type Exchange } from './exchange.ts'
import type { Finding } from './finding.ts'

/**
 * Puts what was observed together by its cause: a thousand answers with one fault are one finding. What the policy or a contract
 * classifies stands in no message and in no answer that is shown.
 */
export interface Grouped {
  readonly add: (exchange: Exchange, observation: Observation) => Finding
  readonly count: () => number
  readonly fingerprintOf: (operation: Operation, observation: Observation) => string
  /** Worst first, then what hurts most steps. */
  readonly findings: () => readonly Finding[]
}

export function grouped(graph: Graph, seed: number): Grouped {
  const found = new Map<string, Kept>()
  const redaction = redactionOf(graph)
  return {
    add(exchange, observation) {
      const { operation } = exchange.case
      const { check, severity, message, at, field } = observation
      const fingerprint = fingerprintOf(operation, observation)
      const before = found.get(fingerprint)
      const smallest = before === undefined || sizeOf(exchange) < before.size
      const finding: Kept = {
        fingerprint,
        check,
        severity,
        operation: { id: operation.name, method: operation.method, path: operation.path },
        message: before?.message ?? withoutValues(exchange)(message),
        ...(at !== undefined && { at }),
        steps: before?.steps ?? stepsHurt(graph, operation, field),
        count: (before?.count ?? 0) + 1,
        size: smallest ? sizeOf(exchange) : before.size,
        reproduce: smallest ? reproduceOf(exchange, seed, shownBody) : before.reproduce,
      }
      found.set(fingerprint, finding)
      return finding
    },
    count: () => found.size,
    fingerprintOf,
    findings: () =>
      [...found.values()]
        .map(({ size: _size, ...finding }) => finding)
        .toSorted(
          (a, b) =>
            rank(a) - rank(b) ||
            b.steps.length - a.steps.length ||
            a.operation.path.localeCompare(b.operation.path, 'en') ||
            a.fingerprint.localeCompare(b.fingerprint, 'en'),
        ),
  }

  function withoutValues({ outcome, case: { operation } }: Exchange): (said: string) => string {
    if (outcome.kind !== 'answered') return (said) => said
    const type = outcome.headers.get('content-type') ?? ''
    const status = describedStatus(operation, outcome.status) ?? ''
    return redaction.about(operation, type, textOf(outcome), status)
  }

  /** The beginning of an answer, for people. What is no JSON is searched for what looks like a secret. */
  function shownBody({ outcome, case: { operation } }: Exchange): string {
    if (outcome.kind !== 'answered') return ''
    const text = textOf(outcome)
    const type = outcome.headers.get('content-type') ?? ''
    const status = describedStatus(operation, outcome.status) ?? ''
    const clean = redaction.body(operation, type, text, status)
    if (clean === undefined) return scrubbed(text, longestShown)
    return (clean === compact(text) ? text : clean).slice(0, longestShown)
  }
}

const longestShown = 600

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return text
  }
}

function fingerprintOf({ id }: Operation, { check, cause }: Observation): string {
  return createHash('sha256')
    .update(JSON.stringify([check, id, cause]))
    .digest('hex')
    .slice(0, 16)
}

interface Kept extends Finding {
  /** Of the smallest request that showed it, in characters. */
  readonly size: number
}

function rank({ severity }: Finding): number {
  return ['error', 'warning', 'info'].indexOf(severity)
}

/** Steps whose screens need the field that is wrong; all that call the operation where no field is meant. */
function stepsHurt(
  graph: Graph,
  operation: Operation,
  field: string | undefined,
): readonly string[] {
  const hurt = hurtBy(graph, operation, field ?? '')
  return [...new Set(hurt.map(({ step }) => step))]
}

function sizeOf({ url, case: { request } }: Exchange): number {
  return url.length + (request.body?.length ?? 0) + request.headers.length * 20
}

function reproduceOf(
  exchange: Exchange,
  seed: number,
  bodyOf: (exchange: Exchange) => string,
): Finding['reproduce'] {
  const { outcome } = exchange
  return {
    curl: curlOf(exchange),
    seed,
    case: exchange.case.id,
    ...(outcome.kind === 'answered' && {
      answer: { status: outcome.status, body: bodyOf(exchange) },
    }),
  }
}
