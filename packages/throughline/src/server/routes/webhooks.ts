import { usageOf } from '@throughline/core'
import type { Graph, UsedBy } from '@throughline/core'
import type { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { draftOf, sendablesIn } from '../../targets/mock/sendable.ts'
import { problem } from '../problem.ts'

export interface WebhookOptions {
  readonly graph: () => Graph
  readonly mockUrl: string
  /** Asks the mock, as a program of this machine does. */
  readonly ask: (request: Request) => Promise<Response>
}

/** What the APIs of the workspace send of their own accord, and the way to have the mock send it now. */
export function webhookRoutes(app: Hono, { graph, mockUrl, ask }: WebhookOptions): void {
  const notKept = { 'cache-control': 'no-store' }
  const own = `${mockUrl}/_throughline/webhooks`

  app.get('/api/webhooks', async (context) => {
    const { deliveries } = (await (await ask(new Request(own))).json()) as {
      readonly deliveries: readonly object[]
    }
    const webhooks = sendablesIn(graph())
      .slice(0, mostAtOnce)
      .map((one) => {
        const { id, api, operation, outgoing } = one
        const { kind, name, method, title, expression } = outgoing
        const draft = draftOf(one, '1')
        return {
          id,
          kind,
          api,
          name,
          method,
          ...(title !== undefined && { title }),
          ...(operation !== undefined && { operation }),
          ...(expression !== undefined && { to: expression }),
          ...(draft !== undefined && { draft }),
          steps: operation === undefined ? [] : stepsOf(graph(), operation),
        }
      })
    return context.json({ webhooks, sent: deliveries.toReversed() }, 200, notKept)
  })

  const tooLong = (): Response =>
    problem(413, 'This is too long to be sent', 'A body may have 2 MB.')
  app.post(
    '/api/webhooks/:id',
    bodyLimit({ maxSize: 5_000_000, onError: tooLong }),
    async (context) => {
      const asked = sendingIn(await context.req.json().catch(() => undefined))
      if ('wrong' in asked) return problem(400, asked.wrong)
      const answer = await ask(
        new Request(`${own}/${encodeURIComponent(context.req.param('id'))}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(asked),
        }),
      )
      const said = (await answer.json()) as Readonly<Record<string, unknown>>
      if (answer.ok) return context.json(said['delivery'] as object, 200, notKept)
      return problem(
        answer.status,
        String(said['title']),
        typeof said['detail'] === 'string' ? said['detail'] : undefined,
      )
    },
  )
}

const mostAtOnce = 1000

/** Reads what anybody may have sent; a sentence where it is wrong. */
function sendingIn(
  sent: unknown,
): { readonly target: string; readonly body?: unknown } | { readonly wrong: string } {
  const { target, body } = Object(sent) as Readonly<Record<string, unknown>>
  if (typeof target !== 'string' || target.length > 2000)
    return { wrong: 'Send { "target": "http://localhost:3000/hooks" }' }
  if (body === undefined) return { target }
  try {
    return { target, body: JSON.parse(typeof body === 'string' ? body : '') as unknown }
  } catch {
    return { wrong: 'The body is not JSON' }
  }
}

function stepsOf(graph: Graph, operation: string): readonly UsedBy[] {
  const steps = usageOf(graph, operation).callers.map(({ step, title, journey, line, url }) => ({
    step,
    title,
    journey,
    line,
    url,
  }))
  return [...new Map(steps.map((one) => [one.step, one])).values()]
}
