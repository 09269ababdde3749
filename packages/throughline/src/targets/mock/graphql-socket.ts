import type { IncomingMessage, ServerResponse } from 'node:http'
import { GraphQLSchema, parse } from 'graphql'
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql'
import { handleProtocols, makeServer } from 'graphql-ws'
import type { SubscribePayload } from 'graphql-ws'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import type { Answer } from './answer.ts'
import { LINES } from './graphql-framing.ts'
import { isRecord } from './graphql-response.ts'
import type { MockRequest } from './mock-request.ts'
import type { Served } from './listen.ts'

/**
 * Speaks GraphQL over a WebSocket (subprotocol `graphql-transport-ws`). Each operation is a request of its own, with the
 * headers that the connection was opened with and those that its `connection_init` names: scenarios, sessions and the
 * list of what was asked know it as any other.
 */
export function overSocket(
  mock: Served,
  url: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { socket } = response
  if (socket === null || socket.destroyed) return
  response.detachSocket(socket)
  socket.setNoDelay(true).setKeepAlive(true, LOOK_AFTER)
  sockets.handleUpgrade(request, socket, Buffer.alloc(0), (line) =>
    talk(mock, url, request.headers, line),
  )
}

/** Milliseconds of silence until the other side is asked whether it is still there. */
const LOOK_AFTER = 30_000

const sockets = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  maxPayload: 1_000_000,
  handleProtocols: (offered) => handleProtocols(offered),
})

type Headers = NonNullable<MockRequest['headers']>

function talk(mock: Served, url: string, headers: Headers, line: WebSocket): void {
  const server = makeServer({
    async onSubscribe({ connectionParams, subscriptions }, id, payload) {
      const isFull = Object.keys(subscriptions).length > MOST_AT_ONCE
      const own = requestOf(url, headers, connectionParams, payload)
      const results = isFull ? failing([TOO_MANY]) : told(await mock.answer(own), id, line)
      return { schema: ANY, document: RUN, contextValue: await results }
    },
    subscribe: ({ contextValue }) => contextValue as Results,
    // It is as it stands in JSON.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors) =>
      errors.flatMap((one) =>
        one.originalError instanceof Refused ? one.originalError.errors : one.toJSON(),
      ),
  })
  const closed = server.opened(
    {
      protocol: line.protocol,
      send: (text) => line.send(text),
      close: (code, reason) => line.close(code, reason),
      onMessage: (hear) =>
        line.on('message', (data) => {
          hear(Buffer.isBuffer(data) ? data.toString() : '').catch(() => line.close(1011))
        }),
    },
    undefined,
  )
  // What a client does wrong ends its connection, and nothing else.
  line.on('error', () => line.terminate())
  line.once('close', (code, reason) => void closed(code, reason.toString()))
}

const MOST_AT_ONCE = 100

/** The mock has run it already: these only lead to its results. */
const ANY = new GraphQLSchema({})
const RUN = parse('subscription { run }')

const TOO_MANY = { message: `At most ${MOST_AT_ONCE} operations run at once` }

/** What a client asks over the connection, as if it had come by itself. */
function requestOf(
  url: string,
  opened: Headers,
  params: Readonly<Record<string, unknown>> | undefined,
  payload: SubscribePayload,
): MockRequest {
  const headers: Record<string, Headers[string]> = {
    ...Object.fromEntries(Object.entries(opened).filter(([name]) => !OF_THE_SWITCH.test(name))),
    ...namedIn(params),
    ...namedIn(params?.['headers']),
    'content-type': 'application/json',
    accept: `${LINES}, application/json`,
  }
  return {
    method: 'POST',
    url,
    headers,
    header(name) {
      const value = Object.hasOwn(headers, name) ? headers[name] : undefined
      return typeof value === 'object' ? value.join(', ') : value
    },
    body: Buffer.from(JSON.stringify(payload)),
  }
}

const OF_THE_SWITCH =
  /^(connection|upgrade|origin|content-length|transfer-encoding|sec-websocket-.*|sec-fetch-.*)$/

/** Browsers cannot send headers with a WebSocket: clients name them when they have connected. */
function namedIn(params: unknown): Readonly<Record<string, string>> {
  if (!isRecord(params)) return {}
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'string' && /^(authorization|prefer|throughline-[a-z]+)$/i.test(name)
        ? [[name.toLowerCase(), value]]
        : [],
    ),
  )
}

type Several = AsyncGenerator<ExecutionResult, void, void>
type Results = Several | ExecutionResult

/** What an answer gives over the connection: results, or the errors that there are instead. */
async function told(
  { delay = 0, fault, stream, body }: Answer,
  id: string,
  line: WebSocket,
): Promise<Results> {
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
  if (fault !== undefined && fault !== 'timeout') line.terminate()
  if (fault !== undefined) return streamed(SILENCE, id, line)
  if (stream !== undefined) return streamed(stream, id, line)
  const value = resultIn(Buffer.from(body ?? []).toString(), id, line)
  if (value === undefined) return streamed(SILENCE, id, line)
  if (Object.hasOwn(value, 'data')) return value
  return failing((value.errors ?? [value]).map(errorOf))
}

const SILENCE: NonNullable<Answer['stream']> = () => () => {}

/** A result as it was written. One that no client can read goes to it as it is. */
function resultIn(json: string, id: string, line: WebSocket): ExecutionResult | undefined {
  try {
    const value: unknown = JSON.parse(json)
    if (isRecord(value)) return value
  } catch {
    line.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${json}`)
  }
  return undefined
}

/** An entry of `errors`, or a problem of the mock (RFC 9457). */
function errorOf(value: unknown): GraphQLFormattedError {
  const { message, title, extensions } = isRecord(value) ? value : {}
  const text = typeof message === 'string' ? message : title
  return {
    message: typeof text === 'string' ? text : 'That did not work',
    ...(isRecord(extensions) && { extensions }),
  }
}

class Refused extends Error {
  readonly errors: readonly GraphQLFormattedError[]

  constructor(errors: readonly GraphQLFormattedError[]) {
    super('refused')
    this.errors = errors
  }
}

async function* failing(errors: readonly GraphQLFormattedError[]): Several {
  yield* []
  throw new Refused(errors)
}

/** The results of a stream as they come. Unlike a generator function, it can be left while it waits. */
function streamed(stream: NonNullable<Answer['stream']>, id: string, line: WebSocket): Several {
  const ready: ExecutionResult[] = []
  const state = { over: false }
  let wake = (): void => {}
  const stop = stream(
    (text) => {
      const result = resultIn(text, id, line)
      if (result !== undefined) ready.push(result)
      // Whoever does not read would fill the memory.
      if (line.bufferedAmount > MOST_WAITING) line.terminate()
      wake()
    },
    (cut) => {
      if (cut) line.terminate()
      state.over = true
      wake()
    },
  )
  const end = (): IteratorReturnResult<void> => {
    state.over = true
    stop()
    wake()
    return { done: true, value: undefined }
  }
  const self: Several = {
    async next() {
      while (ready.length === 0 && !state.over)
        await new Promise<void>((resolve) => (wake = resolve))
      const value = ready.shift()
      return value === undefined ? { done: true, value } : { done: false, value }
    },
    return: () => Promise.resolve(end()),
    throw(error) {
      end()
      return Promise.reject(error instanceof Error ? error : new Error(String(error)))
    },
    [Symbol.asyncIterator]: () => self,
    [Symbol.asyncDispose]: async () => void end(),
  }
  return self
}

/** Bytes that wait for a slow client. */
const MOST_WAITING = 4_000_000
