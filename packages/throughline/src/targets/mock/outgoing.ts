import {
  callbacksOf,
  expressionText,
  isJsonType,
  mainContent,
  validatorOf,
} from '@throughline/core'
import type { Example, Happened, MediaType, Operation, Outgoing } from '@throughline/core'
import { headerOf, headerText } from './answer.ts'
import type { Answer } from './answer.ts'
import { bytesOf, typeOf } from './body.ts'
import { generatedValue } from './generated.ts'
import { withProperties } from './reshape.ts'

/** A request that the mock sends of its own accord. */
export interface Sending {
  readonly kind: Outgoing['kind']
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

/** What became of one: what the target answered, or why nothing came. */
export type Sent =
  | {
      readonly status: number
      /** Milliseconds until the answer began. */
      readonly ms?: number
      /** The beginning of the answer, where it is text. */
      readonly body?: string
    }
  | { readonly problem: string }

/** A request that was sent, or that was not because its target is not allowed. */
export interface Delivery {
  readonly kind: Outgoing['kind']
  readonly name: string
  readonly method: string
  readonly url: string
  readonly status?: number
  readonly ms?: number
  readonly body?: string
  readonly problem?: string
}

export interface Outbox {
  /** The latest, oldest first. */
  readonly deliveries: () => readonly Delivery[]
  /** Sends it if its target is allowed; never rejects. */
  readonly send: (sending: Sending) => Promise<Delivery>
}

const MOST_DELIVERIES = 100

/**
 * Sends requests to this machine, and to hosts that somebody allowed. Nothing else leaves the mock: a contract or a
 * request that names an address of somebody's network must not make it knock there.
 */
export function outbox(
  allowed: readonly string[] | 'none',
  deliver: (sending: Sending) => Promise<Sent>,
  onDelivery: (delivery: Delivery) => void,
): Outbox {
  const kept: Delivery[] = []
  let under = 0
  return {
    deliveries: () => kept,
    async send(sending) {
      const { kind, name, method, url } = sending
      const refused =
        under >= MOST_UNDER_WAY ? 'too many requests are under way' : refusalOf(url, allowed)
      under++
      let sent: Sent
      try {
        sent = refused === undefined ? await deliver(sending) : { problem: refused }
      } catch (error) {
        sent = { problem: error instanceof Error ? error.message : 'it failed' }
      } finally {
        under--
      }
      const delivery: Delivery = { kind, name, method, url: url.slice(0, 2000), ...sent }
      kept.push(delivery)
      if (kept.length > MOST_DELIVERIES) kept.shift()
      onDelivery(delivery)
      return delivery
    },
  }
}

/** A client that makes the mock call back itself would go round for ever. */
const MOST_UNDER_WAY = 20

/** Why nothing is sent there; `undefined` where something may be. */
function refusalOf(url: string, allowed: readonly string[] | 'none'): string | undefined {
  if (allowed === 'none') return 'callbacks are off'
  if (!URL.canParse(url)) return 'this is no URL'
  const { protocol, hostname, host } = new URL(url)
  if (protocol !== 'http:' && protocol !== 'https:') return 'only http and https are sent to'
  if (isLoopback(hostname) || allowed.includes(hostname) || allowed.includes(host)) return undefined
  return `${hostname} is not this machine: allow it with --callbacks allow=${hostname}`
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}

/** Over the network: no redirects are followed, only the beginning of the answer is read, and after ten seconds it is given up. */
export async function deliverByFetch({ method, url, headers, body }: Sending): Promise<Sent> {
  const started = performance.now()
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
    ...(body !== undefined && { body: new Uint8Array(body) }),
  })
  const ms = Math.round(performance.now() - started)
  const read = await beginningOf(response)
  return { status: response.status, ms, ...(read !== '' && { body: read }) }
}

/** `''` for what is no text. */
async function beginningOf({ headers, body }: Response): Promise<string> {
  if (body === null) return ''
  const isText = /^text\/|json|xml|urlencoded/i.test(headers.get('content-type') ?? '')
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    if (!isText) break
    text += decoder.decode(chunk, { stream: true })
    if (text.length >= MOST_READ) break
  }
  return text.slice(0, MOST_READ)
}

const MOST_READ = 16_000

/** What an answered call makes the API send: each callback whose address can be found in the call. */
export function callbacksAfter(
  operation: Operation,
  happened: Happened,
  seed: string,
): readonly Sending[] {
  return callbacksOf(operation).flatMap((callback) => {
    const url = expressionText(callback.expression ?? '', happened)
    if (url === undefined || url === '') return []
    return [sendingOf(callback, { url, seed, about: happened.response.body })]
  })
}

/** The answer as runtime expressions see it. */
export function answerAsHappened(answer: Answer): Happened['response'] {
  let body: unknown
  if (answer.body !== undefined && isJsonType(headerOf(answer, 'content-type') ?? '')) {
    try {
      body = JSON.parse(Buffer.from(answer.body).toString()) as unknown
    } catch {
      // a fault has broken it: there is nothing to look at
    }
  }
  return { status: answer.status, header: (name) => headerOf(answer, name), body }
}

/** One request, with a body that the contract describes: about the same thing as `about`, as far as it has the same properties. */
export function sendingOf(
  outgoing: Outgoing,
  {
    url,
    seed,
    about,
    value,
  }: {
    readonly url: string
    readonly seed: string
    readonly about?: unknown
    /** The body itself, instead of a made-up one. */
    readonly value?: unknown
  },
): Sending {
  const media = mainContent(outgoing.requestBody()?.content ?? [])
  const headers: Record<string, string> = { 'user-agent': 'Throughline mock' }
  for (const { name, in: place, required, schema, examples } of outgoing.parameters()) {
    if (place !== 'header' || !required || !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) continue
    const made =
      examples[0]?.value ?? (schema && generatedValue(schema, `${seed} ${name}`, { name }))
    if (typeof made === 'string' || typeof made === 'number')
      headers[name] = headerText(String(made))
  }
  headers[`throughline-${outgoing.kind}`] = headerText(outgoing.name)
  let body: Uint8Array | undefined
  if (media !== undefined) {
    const type = typeOf(media)
    headers['content-type'] = type
    const made = value ?? madeBody(media, seed)
    const same = value === undefined ? sameIn(made, about) : {}
    body = bytesOf(withProperties(made, same, media.schema, 'request'), type, {
      schema: media.schema,
    })
  }
  const { kind, name, method } = outgoing
  const isBodiless = method === 'GET' || method === 'HEAD'
  return { kind, name, method, url, headers, body: isBodiless ? undefined : body }
}

/** An example that keeps to its schema, else something made up. */
function madeBody({ examples, schema }: MediaType, seed: string): unknown {
  const isGood = (one: Example): boolean =>
    one.external === undefined &&
    (schema === undefined || validatorOf(schema).test(one.value, { direction: 'request' }))
  const example = examples.find(isGood)
  if (example !== undefined) return example.value
  return schema === undefined ? {} : generatedValue(schema, seed, { direction: 'request' })
}

function sameIn(made: unknown, about: unknown): Readonly<Record<string, unknown>> {
  if (made === null || typeof made !== 'object' || about === null || typeof about !== 'object')
    return {}
  return Object.fromEntries(
    Object.entries(about).filter(([name, value]) => {
      return Object.hasOwn(made, name) && typeof value === typeof Reflect.get(made, name)
    }),
  )
}
