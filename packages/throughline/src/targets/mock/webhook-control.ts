import type { Graph } from '@throughline/core'
import { jsonAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { NOT_KEPT, only } from './control-answer.ts'
import { sendingOf } from './outgoing.ts'
import type { Outbox } from './outgoing.ts'
import { problemAnswer } from './problem.ts'
import { jsonObjectIn } from './request-json.ts'
import { sendableNamed, sendablesIn } from './sendable.ts'
import type { Sendable } from './sendable.ts'

/**
 *     GET  webhooks           the webhooks and callbacks of every API, and what was sent lately
 *     POST webhooks/<name>    {"target": URL, "body": …}: sends it there; without a body, one that the contract describes
 */
export function webhookControl(
  { method, body }: { readonly method: string; readonly body?: Uint8Array | undefined },
  name: string | undefined,
  { graph, box, seed }: { readonly graph: Graph; readonly box: Outbox; readonly seed: string },
): Answer | Promise<Answer> {
  const all = sendablesIn(graph)
  if (name === undefined)
    return (
      only(method, ['GET', 'HEAD']) ??
      jsonAnswer(
        200,
        {
          webhooks: all.filter((one) => one.operation === undefined).map(listed),
          callbacks: all.filter((one) => one.operation !== undefined).map(listed),
          deliveries: box.deliveries(),
        },
        NOT_KEPT,
      )
    )
  const wrong = only(method, ['POST'])
  if (wrong !== undefined) return wrong
  const found = sendableNamed(all, name)
  if (found === undefined)
    return problemAnswer(404, {
      title: `No contract has a webhook or a callback ${name.slice(0, 100)}`,
      detail:
        all.length === 0
          ? 'The contracts have none.'
          : `There are ${all.map((one) => one.id).join(', ')}.`,
    })
  const asked = jsonObjectIn(body)
  const target = asked?.['target']
  if (asked === undefined || typeof target !== 'string')
    return problemAnswer(400, { title: 'Send {"target": "http://localhost:3000/hooks"}' })
  const own = asked['seed']
  const sending = sendingOf(found.outgoing, {
    url: target,
    seed: `${typeof own === 'string' || typeof own === 'number' ? own : seed} ${found.id}`,
    ...(asked['body'] !== undefined && { value: asked['body'] }),
  })
  return box.send(sending).then((delivery) => {
    if (delivery.problem === undefined) return jsonAnswer(200, { delivery }, NOT_KEPT)
    return problemAnswer(502, { title: `It was not sent: ${delivery.problem}`, delivery }, NOT_KEPT)
  })
}

function listed({ api, operation, outgoing }: Sendable): object {
  const { name, method, title, expression } = outgoing
  return {
    api,
    ...(operation !== undefined && { operation }),
    name,
    method,
    ...(title !== undefined && { title }),
    ...(expression !== undefined && { to: expression }),
  }
}
