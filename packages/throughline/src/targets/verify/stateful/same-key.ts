import type { Operation } from '@throughline/core'
import { isFine, jsonOf } from '../exchange.ts'
import { asking, type Script } from '../talk.ts'
import { difference } from './same.ts'

/** `idempotency`: two requests with one Idempotency-Key are one. */
export function sameKey(operation: Operation): Script | undefined {
  const key = operation
    .parameters()
    .find((one) => one.in === 'header' && /^(x-)?idempotency-?key$/i.test(one.name))
  if (key === undefined) return undefined
  return async (talk) => {
    const send = () =>
      talk.ask(
        asking(talk, operation, {
          phase: 'stateful',
          name: 'same-key',
          parameters: { [`header.${key.name}`]: `throughline-${talk.seed}-${talk.started}` },
        }),
      )
    const first = await send()
    if (first === undefined || !isFine(first)) return
    const second = await send()
    if (second === undefined || !isFine(second)) return
    const changed = difference(jsonOf(first), jsonOf(second))
    if (changed !== undefined)
      talk.note(second, {
        check: 'idempotency',
        severity: 'error',
        message: `The same ${key.name} a second time did it a second time: \`${changed}\` is another.`,
        cause: 'same-key',
        at: `body:${changed}`,
      })
  }
}
