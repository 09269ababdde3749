import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http'
import { decodedBeacon, type EvidenceEvent } from '@throughline/core'
import { sdkBundles } from '../../../scripts/pack-sdk.mjs'
import type { Configuration } from '../src/sdk/configuration.ts'

/** A shop's pages with its API on one origin, and on another what receives beacons. */
export interface Receiver {
  readonly shop: string
  readonly collector: string
  /** What the script is told; tests change it before they open a page. */
  configuration: Configuration
  /** Which fields the contracts have, for the script that records reads. */
  fields: Readonly<Record<string, readonly string[]>>
  /** What the API answers. */
  body: string
  /** Attributes of the script tag, and what the page does before it. */
  tag: string
  before: string
  /** How beacons are answered. */
  answer: { status: number; headers?: Record<string, string> }
  /** Bodies of the beacons that were taken (answered with 2xx), and of all. */
  readonly taken: string[]
  readonly tried: string[]
  readonly asked: { readonly url: string; readonly headers: IncomingHttpHeaders }[]
  /** Everything taken so far, without the same batch twice. */
  events(): readonly EvidenceEvent[]
  close(): Promise<void>
}

export async function openReceiver(): Promise<Receiver> {
  const scripts = await sdkBundles()
  const shop = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost')
    const api = /^\/(api|graphql)(\/|$)/.test(pathname)
    if (!api) {
      response.writeHead(200, {
        'content-type': 'text/html',
        // No inline script or style, nothing evaluated: what a careful shop allows.
        'content-security-policy': `default-src 'none'; script-src 'nonce-x' ${receiver.collector}; connect-src 'self' ${receiver.collector} http://localhost:1`,
      })
      response.end(
        `<!doctype html><title>Shop</title><script nonce="x">${receiver.before}</script>` +
          `<script src="${receiver.collector}/sdk.js" data-key="k1" ${receiver.tag}></script>` +
          '<main><button id="pay">Pay</button><button id="coupon">Coupon</button><p id="note"></p></main>',
      )
      return
    }
    receiver.asked.push({ url: request.url!, headers: request.headers })
    const wait = Number(new URL(request.url!, 'http://localhost').searchParams.get('wait') ?? 0)
    const status = pathname.endsWith('/17') ? 404 : 200
    setTimeout(() => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'server-timing': 'app;dur=40',
      })
      response.end(receiver.body)
    }, wait)
  })
  const collector = createServer((request, response) => {
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'retry-after',
    }
    const answer = async (): Promise<void> => {
      const body = await bodyOf(request)
      const { pathname } = new URL(request.url!, 'http://localhost')
      if (pathname === '/v1/beacon' && request.method === 'POST') {
        receiver.tried.push(body)
        const { status, headers } = receiver.answer
        if (status < 300) receiver.taken.push(body)
        response.writeHead(status, { ...cors, ...headers }).end()
      } else if (pathname === '/sdk.js')
        response
          .writeHead(200, { 'content-type': 'text/javascript' })
          .end(
            `(function(configuration){${scripts['sdk.js']}})(${JSON.stringify(receiver.configuration)})`,
          )
      else if (pathname === '/sdk-reads.js')
        response
          .writeHead(200, { ...cors, 'content-type': 'text/javascript' })
          .end(
            `const throughlineFields = ${JSON.stringify(receiver.fields)}\n${scripts['sdk-reads.js']}`,
          )
      else if (pathname === '/sdk-survey.js')
        response
          .writeHead(200, { ...cors, 'content-type': 'text/javascript' })
          .end(scripts['sdk-survey.js'])
      else {
        receiver.asked.push({ url: request.url!, headers: request.headers })
        response.writeHead(request.method === 'OPTIONS' ? 204 : 200, cors).end('{}')
      }
    }
    void answer()
  })
  const receiver: Receiver = {
    shop: await listening(shop),
    collector: await listening(collector),
    configuration,
    fields: {},
    body: '{"items":[1,2,3]}',
    tag: '',
    before: '',
    answer: { status: 204 },
    taken: [],
    tried: [],
    asked: [],
    events() {
      const seen = new Set<string>()
      return receiver.taken.flatMap((text) => {
        const beacon = decodedBeacon(text, Date.now() + 1000)
        if ('problem' in beacon) throw new Error(`${beacon.problem}\n${text}`)
        if (beacon.rejected > 0) throw new Error(`${beacon.rejected} rows rejected\n${text}`)
        if (seen.has(beacon.batch)) return []
        seen.add(beacon.batch)
        return beacon.events
      })
    },
    async close() {
      for (const server of [shop, collector]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
  return receiver
}

export const configuration: Configuration = {
  routes: [
    ['^/basket/?$', '/basket', 'gifts/basket', 'checkout/basket'],
    ['^/payment/?$', '/payment', 'checkout/payment'],
    ['^/products/[^/]+/?$', '/products/:productId', 'checkout/product'],
  ],
  apis: [
    [
      '^(?:/api)(/.*|$)',
      [
        ['GET', '^/basket/?$', 'store.getBasket'],
        ['POST', '^/basket/?$', 'store.addToBasket'],
        ['GET', '^/orders/[^/]+/?$', 'store.getOrder'],
      ],
    ],
    ['^(?:/graphql)(/.*|$)', [], { ProductReviews: 'reviews.productReviews' }],
  ],
  states: {
    'checkout/basket': [['404', 'store.getOrder', '404', '[role=alert]', 'no longer']],
  },
  trace: [],
  surveys: [],
  delays: [],
  shares: [1, 1, 0],
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const place = server.address()
      resolve(`http://localhost:${typeof place === 'object' ? place?.port : ''}`)
    })
  })
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (text += part))
    request.on('end', () => resolve(text))
  })
}
