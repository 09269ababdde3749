import { requestOf } from '@throughline/core'
import type { Call, Operation, ReadRequest } from '@throughline/core'

/** A request as the contract reads it. Read once, however many ask. */
export function requestRead(operation: Operation, call: Call): ReadRequest {
  if (latest?.call !== call) latest = { call, read: requestOf(operation)(call) }
  return latest.read
}

/** All who ask about a request do so before the next one comes. */
let latest: { readonly call: Call; readonly read: ReadRequest } | undefined
