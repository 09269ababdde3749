import { webhooksOf } from '@throughline/core'
import type { Graph, Outgoing } from '@throughline/core'
import { jsonAnswer } from './answer.ts'
import type { Answer } from './answer.ts'
import { NOT_KEPT, only } from './control-answer.ts'
import { sendingOf } from './outgoing.ts'
import type { Outbox } from './outgoing.ts'
import { problemAnswer } from './problem.ts'
import { jsonObjectIn } from './request-json.ts'

/**
 *     GET  webhooks           the webhooks of every API, and what was sent lately
 *     POST webhooks/<name>    {"target": URL, "body": …}: sends it there; without a body, one that the contract describes
 */
export function webhookControl(
  { method, body }: { readonly method: string; readonly body?: Uint8Array | undefined },
  name: string | undefined,
  { graph, box, seed }: { readonly graph: Graph; readonly box: Outbox; readonly seed: string },
): Answer | Promise<Answer> {
  const webhooks = webhooksIn(graph)
  if (name === undefined)
    return (
      only(method, ['GET', 'HEAD']) ??
      jsonAnswer(
        200,
        {
          webhooks: webhooks.map(({ api, webhook }) => ({
            api,
            name: webhook.name,
            method: webhook.method,
            ...(webhook.title !== undefined && { title: webhook.title }),
          })),
          deliveries: box.deliveries(),
        },
        NOT_KEPT,
      )
    )
  const wrong = only(method, ['POST'])
  if (wrong !== undefined) return wrong
  const found = webhooks.find(
    ({ api, webhook }) => webhook.name === name || `${api}.${webhook.name}` === name,
  )
  if (found === undefined)
    return problemAnswer(404, {
      title: `No contract has a webhook ${name.slice(0, 100)}`,
      detail:
        webhooks.length === 0
          ? 'The contracts have none.'
          : `There are ${webhooks.map(({ webhook }) => webhook.name).join(', ')}.`,
    })
  const asked = jsonObjectIn(body)
  const target = asked?.['target']
  if (asked === undefined || typeof target !== 'string')
    return problemAnswer(400, { title: 'Send {"target": "http://localhost:3000/hooks"}' })
  const own = asked['seed']
  const sending = sendingOf(found.webhook, {
    url: target,
    seed: `${typeof own === 'string' || typeof own === 'number' ? own : seed} ${name}`,
    ...(asked['body'] !== undefined && { value: asked['body'] }),
  })
  return box.send(sending).then((delivery) => {
    if (delivery.problem === undefined) return jsonAnswer(200, { delivery }, NOT_KEPT)
    return problemAnswer(502, { title: `It was not sent: ${delivery.problem}`, delivery }, NOT_KEPT)
  })
}

function webhooksIn(graph: Graph): readonly { readonly api: string; readonly webhook: Outgoing }[] {
  return graph.apis.flatMap(({ name, contract }) =>
    contract === undefined ? [] : webhooksOf(contract).map((webhook) => ({ api: name, webhook })),
  )
}
