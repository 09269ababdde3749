import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from './answer.ts'
import { problemAnswer } from './problem.ts'

/**
 * The protocol that a request would like to switch to (RFC 9110, 7.8): `websocket`. `undefined` where there is none, or
 * where it is only another way to speak HTTP: then the answer comes as if nobody had asked, as with a request that has a body.
 */
export function upgradeOf(headers: IncomingHttpHeaders): string | undefined {
  if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0)
    return undefined
  const wanted = (headers.upgrade ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && !/^(h2c?|http|tls)(\/|$)/i.test(one))
  return wanted.length === 0 ? undefined : wanted.join(', ')
}

/**
 * The answer to a request that wants to switch to another protocol: the backend's, or the error that the mock has for it.
 * What would be a success over HTTP is 501, because the mock itself speaks nothing else but GraphQL over WebSockets.
 */
export function switched(
  answer: Answer | Promise<Answer>,
  protocol: string,
): Answer | Promise<Answer> {
  return answer instanceof Promise
    ? answer.then((one) => ownOrRefused(one, protocol))
    : ownOrRefused(answer, protocol)
}

function ownOrRefused(answer: Answer, protocol: string): Answer {
  const { status, fault, told, delay } = answer
  if (answer.speaks !== undefined) return answer
  const because = told?.because.kind
  const isError = status >= 400 && because !== 'unrouted' && because !== undefined
  if (answer.passed === true || fault !== undefined || isError) return answer
  answer.flow?.destroy()
  const problem = problemAnswer(501, {
    title: `Nobody here speaks ${protocol.slice(0, 50)}. Pass this connection on with --proxy http://localhost:8080`,
    detail:
      'The mock answers over HTTP. An API that has a backend passes WebSockets on to it, where neither --mock-only nor a stage, a scenario or a data set lets the mock answer.',
  })
  if (told === undefined) return problem
  const { token: _, ...kept } = told
  const bare = {
    ...kept,
    because: { kind: 'missing' as const, detail: `no ${protocol.slice(0, 50)}` },
  }
  return { ...problem, told: bare, ...(delay !== undefined && { delay }) }
}
