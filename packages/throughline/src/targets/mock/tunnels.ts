import { ServerResponse } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Tunnel } from './answer.ts'
import { leaveSoon } from './wire-limits.ts'

/** Connections that wanted to switch to another protocol, from the request until they end. */
export interface Tunnels {
  /**
   * What to answer such a request with, as if it were a plain one; its connection ends with the answer, unless
   * `switchTo` takes it over. `undefined` where the connection is still busy with an earlier request: it is closed.
   */
  take(request: IncomingMessage, socket: Duplex, head: Uint8Array): ServerResponse | undefined
  /** So many at once that no more should be taken. */
  readonly isFull: () => boolean
  close(): void
}

export function tunnels(most = 1000): Tunnels {
  const open = new Set<Duplex>()
  return {
    take(request, socket, head) {
      socket.on('error', ignored)
      // Answers go out in the order of requests, so this one cannot be answered yet.
      const isBusy = Reflect.get(socket, '_httpMessage') != null
      if (isBusy || !(socket instanceof Socket)) {
        socket.destroy()
        return undefined
      }
      open.add(socket)
      socket.once('close', () => open.delete(socket))
      socket.setTimeout(0)
      if (head.length > 0) socket.unshift(head)
      const response = new ServerResponse(request)
      response.shouldKeepAlive = false
      response.assignSocket(socket)
      response.once('finish', () => {
        response.detachSocket(socket)
        socket.resume()
        socket.end()
        leaveSoon(socket)
      })
      return response
    },
    isFull: () => open.size > most,
    close() {
      for (const socket of open) socket.destroy()
    },
  }
}

/** Says that the protocol is switched, and lets everything through from one side to the other until either ends. */
export function switchTo(
  response: ServerResponse,
  { socket: there, head }: Tunnel,
  headers: readonly string[],
): void {
  const here = response.socket
  there.on('error', ignored)
  if (here === null || here.destroyed || there.destroyed) {
    there.destroy()
    here?.destroy()
    return
  }
  response.writeHead(101, [...headers])
  response.flushHeaders()
  response.detachSocket(here)
  if (head.length > 0) here.write(head)
  here.pipe(there).pipe(here)
  for (const [one, other] of [
    [here, there],
    [there, here],
  ] as const) {
    if (one instanceof Socket) one.setNoDelay(true).setKeepAlive(true, LOOK_AFTER)
    one.once('close', () => {
      other.end()
      leaveSoon(other)
    })
  }
}

/** Milliseconds of silence until the other side is asked whether it is still there. */
const LOOK_AFTER = 30_000

function ignored(): void {}
