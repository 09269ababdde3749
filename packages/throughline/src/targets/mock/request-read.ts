import { requestOf } from '@throughline/core'
import type { Call, Operation, ReadRequest } from '@throughline/core'

/** A request as the contract reads it. Read once, however many ask. */
export function requestRead(operation: Operation, call: Call): ReadRequest {
  let read = known.get(call)
  if (read === undefined) known.set(call, (read = requestOf(operation)(call)))
  return read
}

const known = new WeakMap<Call, ReadRequest>()
