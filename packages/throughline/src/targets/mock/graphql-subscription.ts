import { executeSync } from 'graphql'
import type { Contract } from '@throughline/core'
import type { Answer } from './answer.ts'
import type { Effect } from './effect.ts'
import type { Execution } from './graphql-execution.ts'
import type { GraphqlCall } from './graphql-call.ts'
import type { Changed } from './graphql-change.ts'
import { affected, spelledOut, wholeAnswer, withDrops } from './graphql-effects.ts'
import type { Framing } from './graphql-framing.ts'
import { happenings } from './graphql-happenings.ts'
import { usualCount } from './item-stream.ts'
import { pacedStream } from './paced-stream.ts'

interface Subscription {
  readonly contract: Contract
  readonly call: GraphqlCall
  readonly effects: ReadonlyMap<string, Effect>
  readonly args: Execution
  readonly framing: Framing
  /** Of an answer that refuses. */
  readonly type: string
}

/**
 * The answer to a subscription: some events at once, so that a page has something to show, and then one whenever the session
 * writes to the things that it tells of, by REST or by a mutation. It stays open unless a scenario ends it.
 */
export function subscribed(subscription: Subscription): Answer {
  const { contract, call, effects, framing, type } = subscription
  const all = [...effects.values()]
  // What cuts a line does so half-way.
  const refusal = wholeAnswer(
    all.filter(({ fault }) => fault?.kind !== 'timeout' && fault?.kind !== 'reset'),
    type,
  )
  if (refusal !== undefined) return affected(refusal, all, call, contract)
  const { delay, headers } = affected(
    {
      status: 200,
      headers: ['Content-Type', framing.type, 'Cache-Control', 'no-store'],
      body: undefined,
    },
    all,
    call,
    contract,
  )
  return {
    status: 200,
    headers,
    body: undefined,
    stream: streamOf(subscription),
    because: { kind: 'generated' },
    ...(delay !== undefined && { delay }),
  }
}

function streamOf(subscription: Subscription): NonNullable<Answer['stream']> {
  const { call, effects, framing } = subscription
  const [effect] = effects.values()
  const manner = effect?.stream
  return (send, finish = () => {}) => {
    const stopListening = listening(subscription, (happened) =>
      send(framing.next(resultOf(subscription, 0, happened))),
    )
    if (framing.begin !== '') send(framing.begin)
    const stop = pacedStream({
      ...manner,
      items: manner?.items ?? usualCount(call.filled.dataset),
      after: manner?.after ?? 'silence',
      fault: effect?.fault?.kind,
      textOf(turn, torn) {
        const json = resultOf(subscription, turn)
        return framing.next(torn ? json.slice(0, Math.ceil(json.length / 2)) : json)
      },
    })(send, (cut) => {
      stopListening()
      if (!cut && framing.end !== '') send(framing.end)
      finish(cut)
    })
    return () => {
      stop()
      stopListening()
    }
  }
}

/** One result of the subscription, as JSON. */
function resultOf({ args, effects }: Subscription, turn: number, happened?: Changed): string {
  const spelled = spelledOut(effects, 'application/json')?.body
  if (spelled !== undefined) return Buffer.from(spelled).toString()
  const { contextValue } = args
  const result = executeSync({
    ...args,
    contextValue: {
      ...contextValue,
      budget: { ...contextValue.budget },
      event: { turn, happened },
    },
  })
  return JSON.stringify(withDrops(result, effects))
}

/** Tells of what the session writes from now on, after it has written. Returns how to stop. */
function listening(
  { call, args, effects }: Subscription,
  tell: (happened: Changed) => void,
): () => void {
  const [effect] = effects.values()
  const news = effect?.fault === undefined ? happenings(args) : undefined
  if (news === undefined) return () => {}
  let due: NodeJS.Immediate | undefined
  const stop = call.world.subscribe(() => {
    due ??= setImmediate(() => {
      due = undefined
      for (const one of news()) tell(one)
    })
  })
  return () => {
    stop()
    clearImmediate(due)
  }
}
