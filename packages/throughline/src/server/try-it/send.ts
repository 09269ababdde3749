import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { TryAnswer } from '@throughline/core'
import { decompressed } from '../../decompressed.ts'
import { isInside, isLocalName, isNowhere } from './inside.ts'
import { isDropped, type Outgoing } from './outgoing.ts'

type Received = Pick<
  TryAnswer,
  'status' | 'statusText' | 'headers' | 'body' | 'binary' | 'bytes' | 'cut' | 'ms'
>

/** Sends a request and reads its answer, whatever the status. Throws `NotSent` where none comes. */
export type Send = (outgoing: Outgoing, signal?: AbortSignal) => Promise<Received>

/** Nothing was sent, or nothing came back. */
export class NotSent extends Error {
  readonly status: 403 | 502 | 504
  readonly advice: string

  constructor(status: 403 | 502 | 504, message: string, advice: string) {
    super(message)
    this.name = 'NotSent'
    this.status = status
    this.advice = advice
  }
}

export interface SendOptions {
  /** Milliseconds until the whole answer must be there. */
  readonly within?: number
  /** Bytes of an answer that are read. */
  readonly most?: number
  /** How names become addresses. */
  readonly lookup?: typeof systemLookup
}

/** Sends over HTTP without following redirects, keeping cookies or reusing connections. Names are resolved once, and that address is used. */
export function sender({
  within = 30_000,
  most = 2_000_000,
  lookup = systemLookup,
}: SendOptions = {}): Send {
  return async (outgoing, signal) => {
    const { url, trusted } = outgoing
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (!trusted && isIP(host) !== 0 && isNowhere(host)) throw inside(url)
    const started = performance.now()
    const timer = AbortSignal.timeout(within)
    const ended = signal === undefined ? timer : AbortSignal.any([timer, signal])
    try {
      const answer = await answerTo(outgoing, ended, checked(lookup, trusted, url))
      const { bytes, cut } = await bytesOf(answer, most)
      return { ...readable(answer, bytes, cut, most), ms: Math.round(performance.now() - started) }
    } catch (error) {
      if (error instanceof NotSent) throw error
      if (timer.aborted)
        throw new NotSent(
          504,
          `${url.host} gave no answer within ${Math.round(within / 1000)} seconds`,
          'It may be slow, or the mock plays a timeout.',
        )
      throw new NotSent(
        502,
        `${url.host} did not answer: ${reasonOf(error)}`,
        'Look whether it runs and whether its address is right.',
      )
    }
  }
}

function answerTo(
  { method, url, headers, body }: Outgoing,
  signal: AbortSignal,
  lookup: LookupFunction,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const request = send(url, {
      method,
      headers: {
        ...headers,
        'accept-encoding': 'identity',
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      },
      agent: false,
      lookup,
      signal,
      insecureHTTPParser: false,
    })
    request.on('response', resolve)
    request.on('error', reject)
    request.on('upgrade', (_answer, socket) => {
      socket.destroy()
      reject(new Error('it wants to speak another protocol'))
    })
    request.end(body)
  })
}

/** Resolves a name; one that only a contract names must not lead into this machine or network (but may say so: `localhost`). */
function checked(lookup: typeof systemLookup, trusted: boolean, url: URL): LookupFunction {
  return (hostname, options, done) => {
    lookup(
      hostname,
      { ...options, all: true },
      (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => {
        const addresses = error === null ? found : []
        const [first] = addresses
        if (error !== null || first === undefined)
          return done(error ?? new Error('no address'), '', 0)
        const refused =
          !trusted && !isLocalName(hostname) && addresses.some((one) => isInside(one.address))
        if (refused) return done(inside(url), '', 0)
        if (options.all === true) return done(null, addresses)
        return done(null, first.address, first.family)
      },
    )
  }
}

function inside(url: URL): NotSent {
  return new NotSent(
    403,
    `${url.host} leads into this network`,
    'If that is meant, name it under environments in throughline.yaml.',
  )
}

async function bytesOf(
  answer: IncomingMessage,
  most: number,
): Promise<{ readonly bytes: Buffer; readonly cut: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > most) {
      answer.destroy()
      break
    }
  }
  return { bytes: Buffer.concat(chunks).subarray(0, most), cut: size > most }
}

function readable(
  answer: IncomingMessage,
  bytes: Buffer,
  cut: boolean,
  most: number,
): Omit<Received, 'ms'> {
  const plain = decompressed(bytes, answer.headers['content-encoding'], most)
  const text =
    plain === undefined ? undefined : textOf(plain, answer.headers['content-type'] ?? '', cut)
  const headers: { name: string; value: string }[] = []
  for (let index = 0; index + 1 < answer.rawHeaders.length; index += 2) {
    const name = answer.rawHeaders[index]!
    if (!isDropped(name) || /^content-length$/i.test(name))
      headers.push({ name, value: answer.rawHeaders[index + 1]! })
  }
  return {
    status: answer.statusCode ?? 0,
    statusText: answer.statusMessage ?? '',
    headers,
    body: text ?? '',
    binary: text === undefined,
    bytes: (plain ?? bytes).length,
    cut,
  }
}

/** `undefined` for what is no text. A cut answer may end within a character. */
function textOf(bytes: Buffer, type: string, cut: boolean): string | undefined {
  const charset = /;\s*charset="?([\w-]+)/i.exec(type)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: cut })
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : ''
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there',
    ECONNRESET: 'the connection was cut',
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'its name could not be resolved',
    ETIMEDOUT: 'the connection took too long',
    EHOSTUNREACH: 'it cannot be reached from here',
    ENETUNREACH: 'it cannot be reached from here',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'nobody vouches for its certificate',
    SELF_SIGNED_CERT_IN_CHAIN: 'nobody vouches for its certificate',
    CERT_HAS_EXPIRED: 'its certificate has expired',
  }
  return (
    words[code] ?? (inner instanceof Error ? inner.message.slice(0, 200) : 'the connection failed')
  )
}
