import type { Operation } from '@throughline/core'
import type { Answer } from './answer.ts'
import { bytesOf, typeOf } from './body.ts'
import { problemOfStatus } from './problem-of-status.ts'
import { problemIn } from './problem.ts'
import { responseHeaders } from './response-headers.ts'
import { responseOf } from './response.ts'

/** The documented answer with this problem type (an example says so); else a problem of that type as the first documented error. */
export function problemOfType(operation: Operation, type: string, seed: string): Answer {
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
