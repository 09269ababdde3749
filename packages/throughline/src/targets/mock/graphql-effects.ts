import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql'
import type { Contract } from '@throughline/core'
import type { Answer } from './answer.ts'
import type { Effect } from './effect.ts'
import { malformed, withField } from './fault.ts'
import type { GraphqlCall } from './graphql-call.ts'
import { operationNamed, responseKey, topFields } from './graphql-document.ts'
import type { Params } from './graphql-params.ts'
import { errorOf, graphqlAnswer, isRecord } from './graphql-response.ts'
import { delayOf } from './latency.ts'
import { sessionOf } from './session.ts'

/** What a scenario does to each field at the top of the query, by response key. */
export function effectsOf(
  contract: Contract,
  call: GraphqlCall,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  params: Params,
): ReadonlyMap<string, Effect> {
  const effects = new Map<string, Effect>()
  for (const field of topFields(document, operation)) {
    const one = operationNamed(contract, operation, field)
    const effect =
      one &&
      call.effect({
        operations: [one],
        body: () => params.variables,
        query: () => new Map(new URLSearchParams(call.query)),
        header: call.request.header,
        path: new Map(),
        session: sessionOf(call.request),
        now: call.now,
      })
    if (effect !== undefined) effects.set(responseKey(field), effect)
  }
  return effects
}

/** Outcomes that are no business of a single field. */
export function wholeAnswer(effects: readonly Effect[], type: string): Answer | undefined {
  for (const { fault, status, body } of effects) {
    if (fault?.kind === 'timeout' || fault?.kind === 'reset')
      return { status: 503, headers: [], body: undefined, fault: fault.kind }
    if (status === undefined || body !== undefined) continue
    const number = /^\d{3}$/.test(status) ? Number(status) : status === '5xx' ? 503 : 0
    const code = GATEWAY.get(number) ?? (number >= 500 ? 'INTERNAL_SERVER_ERROR' : undefined)
    if (code === undefined) continue
    const wait =
      number === 429 || number === 503
        ? ['Retry-After', '3']
        : number === 401
          ? ['WWW-Authenticate', 'Bearer']
          : []
    return graphqlAnswer(
      number,
      { errors: [errorOf(MESSAGES.get(number) ?? 'Something broke at our end. Try again', code)] },
      type,
      wait,
    )
  }
  return undefined
}

const GATEWAY = new Map([
  [401, 'UNAUTHENTICATED'],
  [403, 'FORBIDDEN'],
  [429, 'TOO_MANY_REQUESTS'],
  [503, 'SERVICE_UNAVAILABLE'],
])
const MESSAGES = new Map([
  [401, 'Sign in to go on'],
  [403, 'Ask somebody who may do this'],
  [429, 'Too many requests. Wait a moment, then try again'],
  [503, 'We are away for a moment. Try again soon'],
])

/** A scenario's own body: a whole GraphQL answer, or the value of its field. */
export function spelledOut(effects: ReadonlyMap<string, Effect>, type: string): Answer | undefined {
  for (const [key, effect] of effects) {
    if (!Object.hasOwn(effect, 'body')) continue
    const { body } = effect
    const whole = isRecord(body) && (Object.hasOwn(body, 'data') || Object.hasOwn(body, 'errors'))
    const status = /^\d{3}$/.test(effect.status ?? '') ? Number(effect.status) : 200
    return graphqlAnswer(status, whole ? body : { data: { [key]: body } }, type)
  }
  return undefined
}

/** The outcome without the fields that a scenario drops. */
export function withDrops(result: ExecutionResult, effects: ReadonlyMap<string, Effect>): object {
  const { data } = result
  let changed: Readonly<Record<string, unknown>> | null | undefined = data
  for (const [key, { fault }] of effects) {
    if (
      (fault?.kind === 'drop' || fault?.kind === 'null') &&
      changed &&
      Object.hasOwn(changed, key)
    ) {
      for (const path of fault.paths)
        changed = { ...changed, [key]: withField(changed[key], path, fault.kind) }
    }
  }
  return {
    ...(result.errors && { errors: result.errors.map((one) => one.toJSON()) }),
    ...(changed !== undefined && { data: changed }),
  }
}

/** The answer with what scenarios do to it on its way: late, cut, with other headers. */
export function affected(
  answer: Answer,
  effects: readonly Effect[],
  call: GraphqlCall,
  contract: Contract,
): Answer {
  let { body } = answer
  let delay = 0
  let fault = answer.fault
  const headers = [...answer.headers]
  for (const effect of effects) {
    if (effect.latency !== undefined)
      delay = Math.max(delay, delayOf(effect.latency, contract.api, call.turn))
    if (effect.fault?.kind === 'malformed' && body !== undefined) body = malformed(body)
    if (effect.fault?.kind === 'truncate') fault = 'truncate'
    for (const [name, value] of Object.entries(effect.headers ?? {})) {
      if (/^[\w!#$%&'*+.^`|~-]+$/.test(name) && !/[\r\n\0]/.test(value)) headers.push(name, value)
    }
  }
  return {
    ...answer,
    headers,
    body,
    ...(delay > 0 && { delay }),
    ...(fault !== undefined && { fault }),
  }
}
