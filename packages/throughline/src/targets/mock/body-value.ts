import { requestOf } from '@throughline/core'
import type { Call, Operation } from '@throughline/core'

/** XML and forms as the contract reads them; the rest as JSON or text, whatever the contract says. */
export function bodyValue(call: Call, operation: Operation): unknown {
  const { body, header } = call
  if (body === undefined || body.length === 0) return undefined
  const type = header('content-type') ?? ''
  const read = /[/+]xml|multipart\//i.test(type) ? requestOf(operation)(call).body : undefined
  if (read !== undefined) return read
  const text = Buffer.from(body).toString()
  return /urlencoded/i.test(type) ? Object.fromEntries(new URLSearchParams(text)) : parsedOr(text)
}

export function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
