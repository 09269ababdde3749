import { callbacksOf, isJsonType, mainContent, nameOf, webhooksOf } from '@throughline/core'
import type { Graph, Outgoing } from '@throughline/core'
import { sendingOf } from './outgoing.ts'

/** A webhook or a callback that the mock can send when somebody asks for it. */
export interface Sendable {
  /** `store.orderShipped`; a callback with its operation: `store.createPayment.paid`. */
  readonly id: string
  readonly api: string
  readonly outgoing: Outgoing
  /** The operation that a callback belongs to: `store.createPayment`. */
  readonly operation?: string
}

/** Everything that the APIs of a workspace send of their own accord, in the order of the contracts: webhooks, then callbacks. */
export function sendablesIn({ apis }: Graph): readonly Sendable[] {
  return apis.flatMap(({ name: api, contract }) =>
    contract === undefined
      ? []
      : [
          ...webhooksOf(contract).map((outgoing) => ({
            id: `${api}.${outgoing.name}`,
            api,
            outgoing,
          })),
          ...contract.operations.flatMap((one) =>
            callbacksOf(one).map((outgoing) => {
              const operation = nameOf(one.id)
              return { id: `${operation}.${outgoing.name}`, api, outgoing, operation }
            }),
          ),
        ],
  )
}

/** The one that is called so: by its id, or by its name alone. */
export function sendableNamed(all: readonly Sendable[], name: string): Sendable | undefined {
  return all.find((one) => one.id === name) ?? all.find((one) => one.outgoing.name === name)
}

/** The body that goes out where nobody gives another, as JSON with lines; `undefined` where it is none, or something else. */
export function draftOf({ id, outgoing }: Sendable, seed: string): string | undefined {
  const media = mainContent(outgoing.requestBody()?.content ?? [])
  if (media === undefined || !isJsonType(media.type)) return undefined
  const { body } = sendingOf(outgoing, { url: '', seed: `${seed} ${id}` })
  if (body === undefined) return undefined
  const text = Buffer.from(body).toString()
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
