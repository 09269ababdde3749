import type { Operation } from '@throughline/core'
import { affected } from './affected.ts'
import { headerNames, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { bytesOf, typeOf } from './body.ts'
import { bufferOf } from './buffer-of.ts'
import { described } from './described.ts'
import type { Effect } from './effect.ts'
import { malformed } from './fault.ts'
import { fileAnswer } from './file-answer.ts'
import { comesInItems } from './item-stream.ts'
import { seedLike } from './locale.ts'
import { mediaFor } from './media-for.ts'
import { pairedExample } from './paired-example.ts'
import { overtaken } from './precondition.ts'
import { NONE, appliedText } from './prefer.ts'
import { problemOfStatus } from './problem-of-status.ts'
import { problemOfType } from './problem-of-type.ts'
import { problemAnswer, problemIn } from './problem.ts'
import type { Problem } from './problem.ts'
import { refusal } from './refusal.ts'
import { responseHeaders } from './response-headers.ts'
import {
  isBodiless,
  refusalOf,
  responseOf,
  responseOfCondition,
  usualResponse,
} from './response.ts'
import type { ChosenResponse } from './response.ts'
import type { Manner, RestCall } from './rest-call.ts'
import { withExample, withGoodExample } from './with-example.ts'
import { textOf } from './world/base.ts'
import { lived } from './world/lived.ts'
import type { Lived } from './world/scene.ts'

/**
 * The answer of one operation. What a scenario says about the outcome goes before everything; then credentials, then the
 * request itself, then what the client prefers, then the answer of a good day.
 */
export function restAnswer(call: RestCall, manner: Manner): Answer {
  const { effect, operation } = call
  const seed = seedOf(call, manner)
  const answer =
    (effect && outcomeOf(effect, call, manner, seed)) ??
    refusal(call, seed) ??
    answerOf(call, manner, seed)
  return effect === undefined
    ? answer
    : affected(answer, effect, operation, call.turn, manner.now())
}

/** Same seed, same call, same answer. */
function seedOf(
  { operation, pathParameters, query, body, preferences }: RestCall,
  manner: Manner,
): string {
  const path = textOf(pathParameters)
  const sorted = query === '' ? '' : query.split('&').toSorted().join('&')
  const sent = body === undefined || body.length > 100_000 ? '' : bufferOf(body).toString('latin1')
  const own = preferences.seed === undefined ? manner.seed : seedLike(preferences.seed, manner.seed)
  return `${own} ${operation.id} ${path} ${sorted} ${sent}`
}

/** What a scenario answers without looking at the request; `undefined` when it only colours the usual answer. */
function outcomeOf(
  effect: Effect,
  call: RestCall,
  manner: Manner,
  seed: string,
): Answer | undefined {
  const { operation } = call
  const broken = effect.fault?.kind
  if ((broken === 'timeout' || broken === 'reset') && !isStream(call, effect)) {
    return { status: 503, headers: [], body: undefined, fault: broken }
  }
  if (effect.file !== undefined)
    return fileAnswer(effect.file, Number(effect.status ?? 200), manner)
  if (effect.text !== undefined) return textAnswer(effect.text, effect, call, seed)
  if (Object.hasOwn(effect, 'body')) {
    const chosen =
      effect.status === undefined
        ? usualResponse(operation)
        : responseOfCondition(operation, effect.status)
    const media = chosen.response && mediaFor(chosen.response, call)
    const headers = chosen.response === undefined ? [] : responseHeaders(chosen.response, seed)
    if (effect.body === undefined || effect.body === null || isBodiless(chosen.status))
      return { status: chosen.status, headers, body: undefined }
    const type =
      media === undefined
        ? typeof effect.body === 'string'
          ? 'text/plain; charset=utf-8'
          : 'application/json'
        : typeOf(media)
    return {
      status: chosen.status,
      headers: ['Content-Type', type, ...headers],
      body: bytesOf(effect.body, type, { schema: media?.schema }),
    }
  }
  if (effect.problem !== undefined) return problemOfType(operation, effect.problem, seed)
  if (effect.invalid === true) {
    const chosen = refusalOf(operation)
    const known = chosen.response !== undefined && /^(400|422|4XX)$/.test(chosen.response.status)
    if (known)
      return described(call, chosen, manner, seed) ?? problemIn(operation, chosen, INVALID, seed)
    const usual = answerOf(call, manner, seed)
    return usual.body === undefined
      ? problemAnswer(400, INVALID)
      : { ...usual, body: malformed(usual.body), lasting: false }
  }
  if (effect.status === undefined && effect.example === undefined) return undefined
  const chosen =
    effect.status === undefined
      ? (withExample(operation, effect.example!) ?? usualResponse(operation))
      : responseOfCondition(operation, effect.status)
  // A good answer is given to good requests only.
  if (chosen.status < 400)
    return (
      refusal(call, seed) ??
      described(call, chosen, manner, seed, effect.example) ?? {
        status: chosen.status,
        headers: [],
        body: undefined,
      }
    )
  const headers = chosen.status === 429 || chosen.status === 503 ? ['Retry-After', '3'] : []
  const answer = described(call, chosen, manner, seed, effect.example)
  if (answer === undefined)
    return problemIn(operation, chosen, problemOfStatus(chosen.status), seed, headers)
  return {
    ...answer,
    headers: [...withoutHeaders(headers, headerNames(answer.headers)), ...answer.headers],
  }
}

/** What a template became, in the type that the contract has for it. */
function textAnswer(text: string, effect: Effect, call: RestCall, seed: string): Answer {
  const { operation } = call
  const { status, response } =
    effect.status === undefined
      ? usualResponse(operation)
      : responseOfCondition(operation, effect.status)
  const headers = response === undefined ? [] : responseHeaders(response, seed)
  if (isBodiless(status)) return { status, headers, body: undefined }
  const media = response && mediaFor(response, call)
  const type = media === undefined ? textType(text) : typeOf(media)
  return { status, headers: ['Content-Type', type, ...headers], body: Buffer.from(text) }
}

function textType(text: string): string {
  const start = text.trimStart()
  if (/^[[{]/.test(start)) return 'application/json'
  return start.startsWith('<') ? 'application/xml' : 'text/plain; charset=utf-8'
}

const INVALID: Problem = {
  title: 'Check what was entered and send it again',
  detail: 'The scenario that is played refuses every request as invalid.',
}

/** The answer of a good day, or the one that the client prefers. */
function answerOf(call: RestCall, manner: Manner, seed: string): Answer {
  const { operation, preferences } = call
  const applied: { code?: number; example?: string; dynamic?: boolean; seed?: string } = {}
  let chosen = usualResponse(operation)
  const pair = preferences === NONE ? pairedExample(operation, call) : undefined
  const paired = pair === undefined ? undefined : withGoodExample(operation, pair)
  // A refusal that the contract pairs with this request leaves the world as it was.
  if (paired !== undefined && paired.status >= 400) {
    const answer = described(call, paired, manner, seed, pair)
    if (answer !== undefined) return answer
  }
  const late =
    preferences === NONE
      ? overtaken(call.header('if-match'), () => asItIs(call, manner))
      : undefined
  if (late !== undefined) return inTheWay(late, call, manner, seed)
  const own = preferences === NONE ? lived(call, call.world, call.ground) : undefined
  if (own?.problem !== undefined) return inTheWay(own.problem, call, manner, seed)
  if (preferences.code !== undefined) {
    chosen = responseOf(operation, preferences.code)
    applied.code = preferences.code
  } else if (preferences.example !== undefined) {
    chosen = withExample(operation, preferences.example) ?? chosen
  }
  const answer =
    described(
      call,
      paired ?? chosen,
      manner,
      seed,
      preferences.example ?? (paired && pair),
      applied,
      own,
    ) ?? bare(operation, chosen, seed, own)
  if (Object.keys(applied).length > 0) {
    return {
      ...answer,
      headers: [...answer.headers, 'Preference-Applied', appliedText(applied)],
      lasting: false,
    }
  }
  return answer
}

/** What a reader would get of the thing that a call is about to change; `undefined` where nobody can read it. */
function asItIs(call: RestCall, manner: Manner): Answer | undefined {
  const role = call.ground.resources.role(call.operation)
  const operation = role?.kind === 'whole' ? role.resource.read?.operation : undefined
  if (operation === undefined || operation === call.operation) return undefined
  return restAnswer(
    { ...call, effect: undefined, operation, method: 'GET', body: undefined, unchecked: true },
    manner,
  )
}

/** What the world says no to, as the contract puts it: its own example, else its shape with our words. */
function inTheWay(
  problem: NonNullable<Lived['problem']>,
  call: RestCall,
  manner: Manner,
  seed: string,
): Answer {
  const chosen = responseOf(call.operation, problem.status)
  const { status: _, ...words } = problem
  const shown = chosen.response?.content.some((one) => one.examples.length > 0) === true
  const answer =
    (shown ? described(call, chosen, manner, seed) : undefined) ??
    problemIn(call.operation, chosen, words, seed)
  const because = { kind: 'missing', detail: problem.detail ?? problem.title } as const
  return { ...answer, because, lasting: false }
}

/** A status that the contract says nothing about, asked for all the same. */
function bare(
  operation: Operation,
  chosen: ChosenResponse,
  seed: string,
  own: Lived | undefined,
): Answer {
  if (chosen.status >= 400)
    return problemIn(operation, chosen, problemOfStatus(chosen.status), seed)
  const headers = own?.headers ?? []
  return { status: chosen.status, headers, body: undefined, lasting: own?.lasting ?? true }
}

/** Whether this call is answered item by item: then faults act in the middle. */
function isStream(call: RestCall, effect: Effect): boolean {
  const { status, response } =
    effect.status === undefined
      ? usualResponse(call.operation)
      : responseOfCondition(call.operation, effect.status)
  const media = status < 400 && response !== undefined ? mediaFor(response, call) : undefined
  return media !== undefined && comesInItems(typeOf(media), effect)
}
