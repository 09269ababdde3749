import type { Operation } from '@throughline/core'
import { headerNames, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Effect } from './effect.ts'
import { malformed, withField } from './fault.ts'
import { delayOf } from './latency.ts'
import { dribbling, paceOf } from './pace.ts'

/** The answer after a scenario's latency, headers and faults. */
export function affected(
  answer: Answer,
  effect: Effect,
  operation: Operation,
  turn: number,
  now: number,
): Answer {
  const { fault, latency } = effect
  let { body } = answer
  let headers = answer.headers
  if (effect.headers !== undefined) {
    const own = Object.entries(effect.headers).filter(
      ([name, value]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[\r\n\0]/.test(value),
    )
    const flat = own.flat()
    headers = [...withoutHeaders(headers, headerNames(flat)), ...flat]
  }
  if (body !== undefined && (fault?.kind === 'drop' || fault?.kind === 'null')) {
    try {
      body = Buffer.from(
        JSON.stringify(
          fault.paths.reduce(
            (value, path) => withField(value, path, fault.kind),
            JSON.parse(Buffer.from(body).toString()) as unknown,
          ),
        ),
      )
    } catch {
      // not JSON: there is no field to take away
    }
  }
  if (fault?.kind === 'malformed' && answer.stream === undefined)
    body = malformed(body ?? new Uint8Array())
  if (effect.stale !== undefined) headers = aged(headers, effect.stale, now)
  const whole = answer.stream === undefined
  const broken =
    whole && (fault?.kind === 'timeout' || fault?.kind === 'reset' || fault?.kind === 'truncate')
      ? fault.kind
      : undefined
  return {
    status: answer.status,
    headers,
    body,
    ...(answer.because !== undefined && { because: answer.because }),
    ...(latency !== undefined && { delay: delayOf(latency, operation.id, turn) }),
    ...(broken !== undefined && { fault: broken }),
    ...(effect.bandwidth !== undefined && { pace: paceOf(effect.bandwidth) }),
    ...(fault?.kind === 'dribble' && { pace: dribbling(body?.length ?? 0) }),
    ...(answer.stream !== undefined && { stream: answer.stream }),
  }
}

/** As a cache in between has kept it (RFC 9111, 5.1). */
function aged(headers: readonly string[], age: number, now: number): readonly string[] {
  return [
    ...withoutHeaders(headers, AGES),
    'Age',
    String(Math.round(age / 1000)),
    'Date',
    new Date(now - age).toUTCString(),
  ]
}

const AGES: ReadonlySet<string> = new Set(['age', 'date'])
