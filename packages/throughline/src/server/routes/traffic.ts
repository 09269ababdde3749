import type { Graph, Traffic } from '@throughline/core'
import type { Hono } from 'hono'
import { callOf } from '../../targets/mock/traffic/call-of.ts'
import type { Traffic as TrafficLog } from '../../targets/mock/traffic/traffic.ts'
import { whyOf } from '../../targets/mock/traffic/why-of.ts'
import { problem } from '../problem.ts'

/** What has been asked of the mock, for the studio's own page. */
export function trafficRoutes(app: Hono, { log, graph, mockUrl }: TrafficOptions): void {
  const since = (number: number): Traffic => ({
    calls: log
      .all()
      .filter((one) => one.number > number)
      .slice(-mostAtOnce)
      .map((one) => callOf(one, graph())),
    last: log.next() - 1,
  })
  const notKept = { 'cache-control': 'no-store' }

  app.get('/api/traffic', (context) => {
    const asked = context.req.query('since') ?? '0'
    if (!/^\d{1,15}$/.test(asked))
      return problem(400, 'since is the number of a call', 'It is the `last` of an earlier answer.')
    return context.json(since(Number(asked)), 200, notKept)
  })

  app.delete('/api/traffic', (context) => {
    log.clear()
    return context.json(since(0), 200, notKept)
  })

  app.get('/api/traffic/:id', (context) => {
    const exchange = log.get(context.req.param('id'))
    if (exchange === undefined)
      return problem(
        404,
        'Nobody remembers this call any more',
        'The mock remembers its last 1,000 calls, until it ends or somebody clears them.',
      )
    return context.json(whyOf(exchange, graph(), mockUrl), 200, notKept)
  })
}

/** Tells that something was asked, a few times a second at most. Returns how to stop. */
export function noticed(log: TrafficLog, tell: (last: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = log.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      tell(log.next() - 1)
    }, every).unref()
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}

/** Milliseconds. */
const every = 250

export interface TrafficOptions {
  readonly log: TrafficLog
  readonly graph: () => Graph
  readonly mockUrl: string
}

const mostAtOnce = 500
