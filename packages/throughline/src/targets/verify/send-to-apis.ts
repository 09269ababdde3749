import { senderTo, type Sender, type SendOptions } from './send.ts'

/** Sends each case to the address of its API. What has none is not sent: its outcome says so. `where` names the environment. */
export function senderToApis(
  where: string,
  addresses: Iterable<readonly [api: string, address: string]>,
  options: Omit<SendOptions, 'target'>,
): Sender {
  const senders = new Map(
    [...addresses].map(([api, target]) => [api, senderTo({ ...options, target })]),
  )
  const [first] = senders.values()
  const somewhere = first ?? senderTo({ ...options, target: 'http://localhost' })
  return {
    plain: somewhere.plain,
    async send(one, signal) {
      const sender = senders.get(one.operation.api)
      if (sender !== undefined) return sender.send(one, signal)
      return {
        case: one,
        url: one.request.path,
        sent: [],
        at: Date.now(),
        ms: 0,
        outcome: {
          kind: 'failed',
          why: 'refused',
          message: `${where} has no ${one.operation.api}`,
        },
      }
    },
    async close() {
      await Promise.all([...new Set([somewhere, ...senders.values()])].map((one) => one.close()))
    },
  }
}
