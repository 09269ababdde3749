import { isJsonType } from '@throughline/core'
import type { Call, MediaType, ResponseDeclaration } from '@throughline/core'
import { accepted } from './accept.ts'
import type { Answer } from './answer.ts'
import { isServable, typeOf } from './body.ts'
import { problemAnswer } from './problem.ts'

/** How a response is written for a client: the type that it wants, or the one that has the example; `undefined` where there is none. */
export function mediaFor(
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

/** 406, with what there would be. */
export function notAcceptable(call: Call, { content }: ResponseDeclaration): Answer {
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
