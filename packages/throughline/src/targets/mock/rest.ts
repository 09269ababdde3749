import { isJsonType } from '@throughline/core'
import type {
  Call,
  MediaType,
  Operation,
  RequestViolation,
  ResponseDeclaration,
} from '@throughline/core'
import { accepted } from './accept.ts'
import { agreed } from './agreed.ts'
import { headerNames, withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { bufferOf } from './buffer-of.ts'
import { bytesOf, contentOf, isDataType, isServable, typeOf, violationOf } from './body.ts'
import type { Content } from './body.ts'
import { comesInItems, itemStream } from './item-stream.ts'
import { delayOf } from './latency.ts'
import { seedLike } from './locale.ts'
import type { Effect } from './effect.ts'
import { malformed, withField } from './fault.ts'
import { dribbling, paceOf } from './pace.ts'
import { pairedExample } from './paired-example.ts'
import { entityTag } from './partial-content.ts'
import { overtaken } from './precondition.ts'
import { NONE, appliedText } from './prefer.ts'
import type { Preferences } from './prefer.ts'
import { problemAnswer, problemIn } from './problem.ts'
import type { Problem } from './problem.ts'
import {
  hasOnlyEmptyLists,
  isThing,
  withEmptyLists,
  withoutOptional,
  withPathParameters,
} from './reshape.ts'
import {
  isBodiless,
  refusalOf,
  responseOf,
  responseOfCondition,
  usualResponse,
} from './response.ts'
import type { ChosenResponse } from './response.ts'
import { requestRead } from './request-read.ts'
import { responseHeaders } from './response-headers.ts'
import { missingCredentials } from './security.ts'
import { madeUp, textOf } from './world/base.ts'
import type { Ground } from './world/base.ts'
import { lived } from './world/lived.ts'
import type { Lived } from './world/lived.ts'
import { wrongToken } from './world/sign-in.ts'
import type { Because } from './traffic/told.ts'
import type { World } from './world/worlds.ts'

/** What the answers of one mock have in common. */
export interface Manner {
  readonly seed: string
  readonly dynamic: boolean
  /** An example that breaks its schema becomes an error instead of a header. */
  readonly errors: boolean
  /** A workspace file; `undefined` where there is none. */
  readonly readFile: (path: string) => Uint8Array | undefined
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface RestCall extends Call {
  readonly operation: Operation
  readonly preferences: Preferences
  readonly effect: Effect | undefined
  /** As it came, without the query. */
  readonly path: string
  /** The world that the call reads and writes. */
  readonly world: World
  readonly ground: Ground
  /** Counts calls, so that a latency with percentiles varies from call to call. */
  readonly turn: number
  /** Who asks has been found good before. */
  readonly admitted?: boolean
  /** The request is not looked at: there is none, only an answer is wanted. */
  readonly unchecked?: boolean
}

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

const NO_NAMES: ReadonlySet<string> = new Set()

const INVALID: Problem = {
  title: 'Check what was entered and send it again',
  detail: 'The scenario that is played refuses every request as invalid.',
}

function problemOfStatus(status: number): Problem {
  return {
    title:
      TITLES[status] ??
      (status >= 500 ? 'Something broke at our end. Try again' : 'That did not work'),
  }
}

/** Titles that a person can act on. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Check what was entered and send it again',
  401: 'Sign in to go on',
  403: 'Ask somebody who may do this',
  404: 'This is not here any more',
  408: 'That took too long. Try again',
  409: 'Somebody has changed this meanwhile. Look again, then decide',
  410: 'This is gone for good',
  412: 'Somebody has changed this meanwhile. Look again, then decide',
  413: 'That is too big. Send something smaller',
  422: 'Check what was entered and send it again',
  429: 'Too many requests. Wait a moment, then try again',
  500: 'Something broke at our end. Try again',
  502: 'Something broke behind us. Try again in a moment',
  503: 'We are away for a moment. Try again soon',
  504: 'Somebody behind us took too long. Try again',
}

function fileAnswer(path: string, status: number, manner: Manner): Answer {
  const bytes = manner.readFile(path)
  if (bytes === undefined) {
    return problemAnswer(500, {
      title: `The scenario answers with the file ${path}, which is not in the workspace`,
      detail: 'Paths start at the workspace folder and stay inside it.',
    })
  }
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  return {
    status,
    headers: [
      'Content-Type',
      (Object.hasOwn(FILE_TYPES, extension) ? FILE_TYPES[extension] : undefined) ??
        'application/octet-stream',
      ...(status === 200 ? ['ETag', entityTag(bytes), 'Accept-Ranges', 'bytes'] : []),
    ],
    body: bytes,
  }
}

const FILE_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xml: 'application/xml',
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  gif: 'image/gif',
  zip: 'application/zip',
  gz: 'application/gzip',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  webm: 'video/webm',
  ics: 'text/calendar; charset=utf-8',
  yaml: 'application/yaml',
  yml: 'application/yaml',
}

/** The documented answer with this problem type (an example says so); else a problem of that type as the first documented error. */
function problemOfType(operation: Operation, type: string, seed: string): Answer {
  for (const response of operation.responses()) {
    for (const media of response.content) {
      const example = media.examples.find(
        ({ value }) =>
          value !== null && typeof value === 'object' && Reflect.get(value, 'type') === type,
      )
      if (example === undefined) continue
      const stated: unknown = Reflect.get(Object(example.value), 'status')
      const status = /^\d{3}$/.test(response.status)
        ? Number(response.status)
        : typeof stated === 'number'
          ? stated
          : 400
      return {
        status,
        headers: ['Content-Type', typeOf(media), ...responseHeaders(response, seed)],
        body: bytesOf(example.value, media.type, { schema: media.schema }),
      }
    }
  }
  const documented = operation
    .responses()
    .find(
      ({ status, content }) =>
        status.startsWith('4') && content.some((one) => /problem\+json/i.test(one.type)),
    )
  const chosen = responseOf(
    operation,
    documented === undefined ? 400 : Number(documented.status.replaceAll('X', '0')),
  )
  return problemIn(operation, chosen, { ...problemOfStatus(chosen.status), type }, seed)
}

function withExample(operation: Operation, example: string): ChosenResponse | undefined {
  const response = operation
    .responses()
    .find(({ content }) =>
      content.some(({ examples }) => examples.some((one) => one.name === example)),
    )
  if (response === undefined) return undefined
  return /^\d{3}$/.test(response.status)
    ? responseOf(operation, Number(response.status))
    : { status: usualResponse(operation).status, response }
}

/** The response that has an example which keeps to its schema. */
function withGoodExample(operation: Operation, example: string): ChosenResponse | undefined {
  const chosen = withExample(operation, example)
  const good = chosen?.response?.content.some((media) =>
    media.examples.some(
      (one) => one.name === example && violationOf(operation, media, one) === undefined,
    ),
  )
  return good === true ? chosen : undefined
}

/** Why a call is refused; `undefined` when nothing is wrong with it. */
function refusal(call: RestCall, seed: string): Answer | undefined {
  if (call.unchecked === true) return undefined
  const { operation } = call
  const challenges = call.admitted === true ? undefined : missingCredentials(operation, call)
  if (challenges !== undefined) {
    const problem = {
      title: 'Sign in to go on',
      detail: `This operation wants credentials: ${challenges.join(' or ')}. The mock takes any that are not empty.`,
    }
    const refusing = problemIn(
      operation,
      responseOf(operation, 401),
      problem,
      seed,
      challenges.flatMap((one) => ['WWW-Authenticate', one]),
    )
    return { ...refusing, because: { kind: 'credentials', detail: problem.detail } }
  }
  const { resources, seed: worldSeed } = call.ground
  const doors = operation.security().length === 0 ? [] : resources.doors()
  const wrong =
    doors.length === 0 || call.admitted === true
      ? undefined
      : wrongToken(operation, call, doors, worldSeed)
  if (wrong !== undefined) {
    const detail = `The mock did not give this token. ${doors[0]!.operation.method} ${doors[0]!.operation.path} gives one.`
    const refusing = problemIn(
      operation,
      responseOf(operation, 401),
      { title: 'Sign in to go on', detail },
      seed,
      ['WWW-Authenticate', wrong],
    )
    return { ...refusing, because: { kind: 'credentials', detail } }
  }
  const { violations } = requestRead(operation, call)
  if (violations.length === 0) return undefined
  return { ...refused(operation, violations, seed), because: { kind: 'refused', violations } }
}

function refused(
  operation: Operation,
  violations: readonly RequestViolation[],
  seed: string,
): Answer {
  const first = violations[0]!
  const type = violations.find((one) => one.reason === 'media-type')
  const detail =
    violations.length === 1
      ? `${first.message}.`
      : `${first.message}, and ${violations.length - 1} more.`
  const problem: Problem = {
    title:
      type === undefined
        ? 'The request breaks the contract. Mend it and send it again'
        : `Send the body as ${type.expected}`,
    detail,
    violations: violations.map(({ in: place, name, pointer, expected, got, message }) => ({
      in: place,
      ...(name !== undefined && { name }),
      pointer,
      expected,
      got,
      message,
    })),
  }
  return problemIn(
    operation,
    type === undefined ? refusalOf(operation) : responseOf(operation, 415),
    problem,
    seed,
  )
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

/** The answer as the contract describes it; `undefined` where it describes no response of this status. */
function described(
  call: RestCall,
  { status, response }: ChosenResponse,
  manner: Manner,
  seed: string,
  example?: string,
  applied: { example?: string; dynamic?: boolean; seed?: string } = {},
  own?: Lived,
): Answer | undefined {
  const { operation, preferences, effect } = call
  if (response === undefined) return undefined
  const stated = responseHeaders(response, seed)
  const headers =
    own === undefined
      ? stated
      : [...withoutHeaders(stated, own.owns ?? NO_NAMES), ...(own.headers ?? [])]
  const lasting = effect === undefined && (own?.lasting ?? true)
  if (isBodiless(status) || response.content.length === 0)
    return { status, headers, body: undefined, lasting }
  const media = mediaFor(response, call, example)
  if (media === undefined) return notAcceptable(call, response)
  const wantsExample = example !== undefined && media.examples.some((one) => one.name === example)
  const dynamic = preferences.dynamic ?? manner.dynamic
  const better = betterExample(call)
  const inWorld = own?.value !== undefined && isDataType(media.type) ? own.value : undefined
  const content: Content =
    inWorld === undefined
      ? contentOf(operation, media, {
          example,
          dynamic,
          seed,
          dataset: status < 400 ? call.ground.dataset : undefined,
          ...(better && status < 400 && { better }),
        })
      : { value: inWorld(media) }
  if (wantsExample && content.example === example && preferences.example === example)
    applied.example = example
  if (preferences.dynamic !== undefined) applied.dynamic = preferences.dynamic
  if (preferences.seed !== undefined && content.example === undefined)
    applied.seed = preferences.seed
  if (content.violation !== undefined && manner.errors) {
    return problemAnswer(500, {
      title: 'An example in the contract breaks its own schema. Mend the example or the schema',
      detail: content.violation,
    })
  }
  const type = typeOf(media)
  if (status < 400 && comesInItems(type, effect) && typeof content.value !== 'string') {
    const given = content.example === undefined ? undefined : itemsIn(content.value)
    const { dataset } = call.ground
    const lastEventId = call.header('last-event-id')
    return {
      status,
      headers: ['Content-Type', type, ...headers, 'Cache-Control', 'no-store'],
      body: undefined,
      stream: itemStream({ media, type, given, seed, dataset, lastEventId, effect }),
      because: becauseOf(content, false),
    }
  }
  const isData = isDataType(type)
  const value =
    isData && typeof content.value !== 'string'
      ? shaped(content, media, call, status, inWorld !== undefined)
      : content.value
  const given = content.example !== undefined
  const { schema, examples } = media
  const body = bytesOf(value, type, { given, schema, examples })
  const violation =
    content.violation === undefined ? [] : ['Throughline-Violation', content.violation]
  return {
    status,
    headers: [
      'Content-Type',
      type,
      ...headers,
      ...(response.content.length > 1 ? VARIES : []),
      ...(status === 200 ? validatorsOf(response, body, isData) : []),
      ...violation,
    ],
    body,
    lasting,
    because: becauseOf(content, inWorld !== undefined),
  }
}

function itemsIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
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

function becauseOf({ example, violation }: Content, inWorld: boolean): Because {
  if (inWorld) return { kind: 'world' }
  if (example !== undefined) return { kind: 'example', example }
  return { kind: 'generated', ...(violation !== undefined && { passedOver: violation }) }
}

const VARIES = ['Vary', 'Accept']

/** What a client needs to ask for less next time: a tag where the contract has one and on files, which come in pieces too. */
function validatorsOf(
  { headers }: ResponseDeclaration,
  body: Uint8Array,
  isData: boolean,
): readonly string[] {
  if (!isData) return ['ETag', entityTag(body), 'Accept-Ranges', 'bytes']
  return headers.some((one) => one.name.toLowerCase() === 'etag') ? ['ETag', entityTag(body)] : []
}

function shaped(
  content: Content,
  media: MediaType,
  call: RestCall,
  status: number,
  inWorld: boolean,
): unknown {
  const { effect } = call
  const { operation, pathParameters, ground } = call
  let value = content.value
  if (!inWorld) {
    const isMade = content.example === undefined
    if (isMade && status < 400) value = madeUp(value, operation, media, pathParameters, ground)
    else if (isMade) value = agreed(value, media.schema)
    else if (status < 400)
      value = withPathParameters(value, media.schema, operation.path, pathParameters)
  }
  if (effect?.empty === true) value = withEmptyLists(value, media.schema)
  if (effect?.minimal === true) value = withoutOptional(value, media.schema)
  return value
}

function betterExample({
  effect,
  operation,
  pathParameters,
}: RestCall): ((value: unknown) => boolean) | undefined {
  if (effect?.empty === true) return hasOnlyEmptyLists
  return pathParameters.size === 0
    ? undefined
    : (value) => isThing(value, operation.path, pathParameters)
}

function mediaFor(
  response: ResponseDeclaration,
  call: Call,
  example?: string,
): MediaType | undefined {
  const { ordered, types } = offerOf(response)
  if (example !== undefined) {
    const holder = ordered.find(({ examples }) => examples.some((one) => one.name === example))
    if (holder !== undefined) return holder
  }
  const type = accepted(call.header('accept'), types)
  return type === undefined ? undefined : ordered[types.indexOf(type)]
}

interface Offer {
  readonly ordered: readonly MediaType[]
  readonly types: readonly string[]
}

/** What can be written of a response, JSON first. */
function offerOf(response: ResponseDeclaration): Offer {
  let offer = offers.get(response)
  if (offer === undefined) {
    const servable = response.content.filter(isServable)
    const json = servable.filter((one) => isJsonType(one.type))
    const ordered = [...json, ...servable.filter((one) => !json.includes(one))]
    offers.set(response, (offer = { ordered, types: ordered.map(typeOf) }))
  }
  return offer
}

const offers = new WeakMap<ResponseDeclaration, Offer>()

function notAcceptable(call: Call, { content }: ResponseDeclaration): Answer {
  const offered = content.filter(isServable).map(typeOf)
  return problemAnswer(406, {
    title:
      offered.length === 0
        ? `The mock can't write ${content.map((one) => one.type).join(', ')}: give the response an example`
        : `Accept ${offered.join(' or ')}`,
    detail: `The request accepts only ${call.header('accept') ?? 'nothing'}.`,
    ...(offered.length > 0 && { offered }),
  })
}

/** The answer after a scenario's latency, headers and faults. */
function affected(
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
