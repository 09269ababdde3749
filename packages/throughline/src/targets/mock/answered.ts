import type { Operation } from '@throughline/core'
import type { Answer } from './answer.ts'
import { preflight } from './cors.ts'
import { asGraphql } from './graphql-turn.ts'
import { locate } from './locate.ts'
import type { Located } from './locate.ts'
import type { MockRequest } from './mock-request.ts'
import { hybridGraphql, hybridRest, undescribed } from './passed-on.ts'
import { preferencesIn, preferencesOf } from './prefer.ts'
import type { Preferences } from './prefer.ts'
import { isKept } from './ready-answers.ts'
import { replayed } from './replayed.ts'
import { asRest } from './rest-turn.ts'
import { sessionOf } from './session.ts'
import { NOTHING_TRIMMED, trimOf, trimmed } from './trim/trim.ts'
import type { Trim } from './trim/trim.ts'
import { unrouted } from './unrouted.ts'
import type { Works } from './works.ts'
import { collectionKey, isPersonal } from './world/scene.ts'

/** Answers `/_throughline/…`. */
export type Control = (
  request: MockRequest,
  path: string,
  query: string,
) => Answer | Promise<Answer>

/** The answer to a request, from whoever it is for: what was kept, the mock's own addresses, an earlier answer, an API. */
export function answered(
  works: Works,
  request: MockRequest,
  control: Control,
): Answer | Promise<Answer> {
  const plain = isPlain(works, request)
  const key = plain ? keyOf(works, request) : undefined
  const kept = key === undefined ? undefined : keptFor(works, key, request)
  if (kept !== undefined) return kept
  const { method, url, header } = request
  const question = url.indexOf('?')
  const path = question === -1 ? url : url.slice(0, question)
  const { query, preferences } = preferencesIn(question === -1 ? '' : url.slice(question + 1))
  if (path.startsWith('/_throughline')) return control(request, path, query)
  if (
    works.options.cors !== false &&
    method === 'OPTIONS' &&
    header('access-control-request-method') !== undefined
  )
    return preflight(header)
  const token = plain ? undefined : header('throughline-replay')
  if (token !== undefined) return replayed(works, token, request, path, query)
  const found = locate(works.apis, request, path, query)
  if (found.kind === 'rest')
    return ofOperation(works, found, {
      request,
      path,
      query,
      preferences: plain ? preferences : preferencesOf(header('prefer'), preferences),
      plain,
      key,
    })
  const { backends } = works.options
  if (found.kind === 'graphql')
    return backends === undefined
      ? asGraphql(works, found.api, request, query)
      : hybridGraphql(works, backends, found.api, request, { path, query })
  if (path === '/' && method === 'GET' && /text\/html/.test(header('accept') ?? ''))
    return TO_OVERVIEW
  return (
    (backends && undescribed(works, backends, request, { path, query })) ??
    unrouted(works.apis, found.match, method, path, works.manner.seed)
  )
}

/** Whether nothing but method, address and body says what is wanted. */
function isPlain({ playing, settings }: Works, { header }: MockRequest): boolean {
  return (
    playing === undefined &&
    settings.isEmpty() &&
    header('prefer') === undefined &&
    header('throughline-scenario') === undefined &&
    header('throughline-persona') === undefined &&
    header('throughline-replay') === undefined &&
    header('throughline-minimal') === undefined &&
    header('throughline-tombstone') === undefined
  )
}

/** What plain requests that may get the same answer have in common. */
function keyOf(
  { apis }: Works,
  { method, url, header, body, api }: MockRequest,
): string | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || body !== undefined) return undefined
  if (header('cookie')?.includes('throughline-') === true) return undefined
  const where = apis.length < 2 ? '' : (api ?? header('host') ?? '')
  return `${where} ${header('accept') ?? ''} ${url}`
}

function keptFor({ ready, world }: Works, key: string, request: MockRequest): Answer | undefined {
  const kept = ready.get(key)
  if (kept?.reads === undefined) return kept?.answer
  return world.of(sessionOf(request)).touched(kept.reads) ? undefined : kept.answer
}

interface OperationRequest {
  readonly request: MockRequest
  readonly path: string
  readonly query: string
  readonly preferences: Preferences
  readonly plain: boolean
  readonly key: string | undefined
}

function ofOperation(
  works: Works,
  { api, match: { operation, pathParameters } }: Extract<Located, { kind: 'rest' }>,
  { request, path, query, preferences, plain, key }: OperationRequest,
): Answer | Promise<Answer> {
  const { backends, trim: usualTrim = NOTHING_TRIMMED } = works.options
  const resources = api.resources()
  const whole = (backends === undefined ? asRest : hybridRest)(works, {
    request,
    operation,
    pathParameters,
    path,
    query,
    preferences,
    resources,
  })
  const trim = plain ? usualTrim : trimOf(request.header, usualTrim)
  const answer = trim === NOTHING_TRIMMED ? whole : leftOut(works, whole, operation, trim)
  if (answer instanceof Promise || key === undefined || answer.lasting !== true) return answer
  if (isKept(operation, api.resources) && works.ready.isWorthwhile(key, answer)) {
    const ground = works.grounds.of(resources)
    if (!isPersonal(operation, ground))
      works.ready.keep(key, answer, collectionKey(operation, pathParameters, ground))
  }
  return answer
}

function leftOut(
  { graph }: Works,
  answer: Answer | Promise<Answer>,
  operation: Operation,
  trim: Trim,
): Answer | Promise<Answer> {
  const trimming = (one: Answer): Answer => trimmed(one, operation, graph, trim)
  return answer instanceof Promise ? answer.then(trimming) : trimming(answer)
}

/** Somebody opened the mock's address in a browser. */
const TO_OVERVIEW: Answer = {
  status: 303,
  headers: ['Location', '/_throughline/'],
  body: undefined,
}
