import { conformance, nodeOf, tryTargets } from '@throughline/core'
import type { TryAnswer } from '@throughline/core'
import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { LiveWorkspace } from '../live.ts'
import { problem } from '../problem.ts'
import { NotSent, type Send } from '../try-it/send.ts'
import { outgoingOf } from '../try-it/outgoing.ts'
import { tryRequestIn } from '../try-it/try-request.ts'

export interface TryOptions {
  readonly live: LiveWorkspace
  readonly mockUrl: string
  readonly send: Send
}

/** Sends one request to the mock or to a server that the workspace names, and says whether the answer keeps the contract. */
export function tryRoutes(app: Hono, { live, mockUrl, send }: TryOptions): void {
  const tooLong = (): Response =>
    problem(413, 'The request is too long to be tried', 'A body may have 2 MB.')
  app.post('/api/try', bodyLimit({ maxSize: mostBytes, onError: tooLong }), async (context) => {
    const asked = tryRequestIn(await context.req.json().catch(() => undefined))
    if ('wrong' in asked) return problem(400, asked.wrong)
    const { graph } = live.current
    const operation = nodeOf(graph, 'operation', `op:${asked.operation}`)
    if (operation === undefined)
      return problem(
        404,
        `No contract has the operation ${asked.operation.slice(0, 100)}`,
        'It may have been renamed: the list of operations shows the names.',
      )
    const targets = tryTargets(graph, operation, mockUrl)
    const target = targets.find((one) => one.target === asked.target)
    if (target === undefined)
      return problem(
        403,
        `${operation.api} names no server ${asked.target.slice(0, 200)}`,
        `Requests go only to ${targets.map((one) => one.target).join(', ')}. Name others under environments in throughline.yaml.`,
      )
    const outgoing = outgoingOf(operation, target, asked)
    if ('wrong' in outgoing) return problem(400, outgoing.wrong)
    try {
      const received = await send(outgoing, context.req.raw.signal)
      const header = (name: string): string | undefined =>
        received.headers.find((one) => one.name.toLowerCase() === name)?.value
      const { body, binary, cut } = received
      const answer: TryAnswer = {
        method: outgoing.method,
        url: outgoing.url.href,
        ...received,
        ...conformance(operation, { status: received.status, header, body, opaque: binary || cut }),
      }
      return context.json(answer, 200, { 'cache-control': 'no-store' })
    } catch (error) {
      if (error instanceof NotSent) return problem(error.status, error.message, error.advice)
      throw error
    }
  })
}

/** A body of 2 MB, escaped as JSON, and what stands around it. */
const mostBytes = 5_000_000
