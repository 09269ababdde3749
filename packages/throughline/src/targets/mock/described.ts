import type { MediaType, ResponseDeclaration } from '@throughline/core'
import { agreed } from './agreed.ts'
import { withoutHeaders } from './answer.ts'
import type { Answer } from './answer.ts'
import { bytesOf, contentOf, isDataType, typeOf } from './body.ts'
import type { Content } from './body.ts'
import { comesInItems, itemStream } from './item-stream.ts'
import { mediaFor, notAcceptable } from './media-for.ts'
import { entityTag } from './partial-content.ts'
import { problemAnswer } from './problem.ts'
import {
  hasOnlyEmptyLists,
  isThing,
  withEmptyLists,
  withPathParameters,
  withoutOptional,
} from './reshape.ts'
import { responseHeaders } from './response-headers.ts'
import { isBodiless } from './response.ts'
import type { ChosenResponse } from './response.ts'
import type { Manner, RestCall } from './rest-call.ts'
import type { Because } from './traffic/told.ts'
import { madeUp } from './world/base.ts'
import type { Lived } from './world/scene.ts'

/** The answer as the contract describes it; `undefined` where it describes no response of this status. */
export function described(
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
  const headers = own === undefined ? stated : withOwn(stated, own)
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
  const all = ['Content-Type', type, ...headers]
  if (response.content.length > 1) all.push('Vary', 'Accept')
  if (status === 200) addValidators(all, response, body, isData)
  if (content.violation !== undefined) all.push('Throughline-Violation', content.violation)
  return {
    status,
    headers: all,
    body,
    lasting,
    because: becauseOf(content, inWorld !== undefined),
  }
}

/** What the contract says of headers, with what the world says of them. */
function withOwn(stated: readonly string[], { owns, headers = [] }: Lived): readonly string[] {
  const rest = owns === undefined || stated.length === 0 ? stated : withoutHeaders(stated, owns)
  return rest.length === 0 ? headers : headers.length === 0 ? rest : [...rest, ...headers]
}

function itemsIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function becauseOf({ example, violation }: Content, inWorld: boolean): Because {
  if (inWorld) return OF_WORLD
  if (example !== undefined) return { kind: 'example', example }
  return { kind: 'generated', ...(violation !== undefined && { passedOver: violation }) }
}

const OF_WORLD: Because = { kind: 'world' }

/** What a client needs to ask for less next time: a tag where the contract has one and on files, which come in pieces too. */
function addValidators(
  headers: string[],
  { headers: stated }: ResponseDeclaration,
  body: Uint8Array,
  isData: boolean,
): void {
  if (!isData) headers.push('ETag', entityTag(body), 'Accept-Ranges', 'bytes')
  else if (stated.some((one) => one.name.toLowerCase() === 'etag'))
    headers.push('ETag', entityTag(body))
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
