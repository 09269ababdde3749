import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { FaultName } from './faults.ts'

// A backend as a team would write it by hand: it knows nothing of the code that tests it.

export interface Backend {
  readonly url: string
  /** From the next request on. */
  readonly faults: Set<FaultName>
  /** How many requests came in. */
  readonly requests: () => number
  /** Everything as it was at the start; faults stay. */
  readonly reset: () => void
  readonly close: () => Promise<void>
}

/** Who may come in, by token. */
export const tokens = { maya: 'token-of-maya', tom: 'token-of-tom' } as const

/** Listens on a free port of this machine, with these faults. */
export async function backend(...broken: readonly FaultName[]): Promise<Backend> {
  const faults = new Set(broken)
  let shop = newShop()
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    void bodyOf(request).then((body) => answered(shop, faults, request, body, response))
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    requests: () => requests,
    reset: () => {
      shop = newShop()
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

interface Order {
  readonly id: string
  owner: string
  productId: string
  quantity: number
  note?: string
  wrap?: string
  deliverOn?: string
  status: string
  readonly eta: string
  readonly placed: string
}

interface Profile {
  name: string
  email: string
  password?: string
}

interface Shop {
  readonly products: readonly Product[]
  readonly orders: Map<string, Order>
  readonly cancelled: Map<string, Order>
  readonly profiles: Map<string, Profile>
  readonly payments: Map<string, unknown>
  count: number
  maintenance: boolean
}

interface Product {
  readonly id: string
  readonly name: string
  readonly price: { readonly amount: number; readonly currency: string }
  readonly stock: string
  readonly category: string
}

function newShop(): Shop {
  const categories = ['bread', 'fruit', 'flowers']
  const products = Array.from({ length: 23 }, (_, at): Product => ({
    id: `p-${at + 1}`,
    name: `Product ${at + 1}`,
    price: { amount: 100 + at * 25, currency: 'EUR' },
    stock: at % 7 === 6 ? 'none' : at % 5 === 4 ? 'few' : 'plenty',
    category: categories[at % 3]!,
  }))
  const shop: Shop = {
    products,
    orders: new Map(),
    cancelled: new Map(),
    profiles: new Map([
      ['maya', { name: 'Maya Weber', email: 'maya@mail.example', password: 'a-long-password' }],
      ['tom', { name: 'Tom Baker', email: 'tom@mail.example' }],
    ]),
    payments: new Map(),
    count: 0,
    maintenance: false,
  }
  for (const owner of ['maya', 'tom', 'maya'])
    placed(shop, owner, { productId: 'p-1', quantity: 2 })
  return shop
}

function placed(shop: Shop, owner: string, order: NewOrder): Order {
  shop.count += 1
  const now = Date.UTC(2026, 4, 4, 9, 0) + shop.count * 60_000
  const made: Order = {
    id: `o-${shop.count}`,
    owner,
    ...order,
    status: 'placed',
    eta: new Date(now + 172_800_000).toISOString(),
    placed: new Date(now).toISOString(),
  }
  shop.orders.set(made.id, made)
  return made
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  } catch {
    // Whoever asked has gone.
  }
  return Buffer.concat(chunks).toString()
}

interface Asked {
  readonly shop: Shop
  readonly has: (fault: FaultName) => boolean
  readonly request: IncomingMessage
  readonly url: URL
  readonly body: string
  readonly response: ServerResponse
}

const allowed: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^\/products$/, ['GET']],
  [/^\/products\/[^/]+$/, ['GET']],
  [/^\/search$/, ['GET']],
  [/^\/profile$/, ['GET', 'PUT']],
  [/^\/orders$/, ['GET', 'POST']],
  [/^\/orders\/[^/]+$/, ['GET', 'PUT', 'DELETE']],
  [/^\/payments$/, ['POST']],
  [/^\/maintenance$/, ['POST']],
]

async function answered(
  shop: Shop,
  faults: ReadonlySet<FaultName>,
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://shop')
  const asked: Asked = { shop, has: (one) => faults.has(one), request, url, body, response }
  const { has } = asked
  const origin = request.headers.origin
  if (origin === 'http://localhost:5173' && !has('page-locked-out')) {
    response.setHeader('access-control-allow-origin', origin)
    response.setHeader('vary', 'origin')
  }
  const methods = allowed.find(([path]) => path.test(url.pathname))?.[1]
  const method = request.method ?? 'GET'
  if (methods === undefined) return problem(asked, 404, 'There is nothing here')
  if (method === 'OPTIONS') {
    if (!has('page-locked-out')) {
      response.setHeader('access-control-allow-methods', methods.join(', '))
      response.setHeader(
        'access-control-allow-headers',
        'authorization, content-type, idempotency-key',
      )
    }
    response.setHeader('allow', [...methods, 'OPTIONS'].join(', '))
    return end(response, 204)
  }
  if (!methods.includes(method)) {
    if (has('any-method')) return json(asked, 200, {})
    if (!has('allow-missing')) response.setHeader('allow', [...methods, 'OPTIONS'].join(', '))
    return problem(asked, 405, `${method} is not allowed here`)
  }
  if (shop.maintenance) return problem(asked, 503, 'We are counting our stock')
  switch (url.pathname.split('/')[1]) {
    case 'products':
      return url.pathname === '/products' ? products(asked) : product(asked)
    case 'search':
      return search(asked)
    case 'profile':
      return profile(asked)
    case 'orders':
      return url.pathname === '/orders' ? orders(asked) : order(asked)
    case 'payments':
      return payments(asked)
    default:
      return maintenance(asked)
  }
}

async function products(asked: Asked): Promise<void> {
  const { shop, has, url, request, response } = asked
  const limit = wholeIn(url, 'limit', 1, has('limit-unbounded') ? 1e9 : 50, 10)
  const category = url.searchParams.get('category')
  const cursor = url.searchParams.get('cursor')
  if (limit === undefined) return problem(asked, 400, 'The limit is a number from 1 to 50')
  if (category !== null && !['bread', 'fruit', 'flowers'].includes(category))
    return problem(asked, 400, 'There is no such category')
  if (cursor !== null && lengthOf(cursor) > 40)
    return problem(asked, 400, 'This is no cursor of ours')
  if (has('connection-cut') && category === 'flowers') {
    request.socket.destroy()
    return
  }
  const all = shop.products.filter((one) => category === null || one.category === category)
  const from = /^c\d+$/.test(cursor ?? '') ? Number(cursor!.slice(1)) : 0
  const start = Math.max(
    0,
    from + (from > 0 ? (has('pages-overlap') ? -1 : has('pages-skip') ? 1 : 0) : 0),
  )
  const items = all.slice(start, start + limit).map((one) => shownProduct(one, has))
  const more = from + limit < all.length
  const etag = `"${category ?? 'all'}-${from}-${limit}"`
  response.setHeader('cache-control', has('never-cached') ? 'no-store' : 'public, max-age=60')
  response.setHeader('etag', etag)
  if (request.headers['if-none-match'] === etag) return end(response, 304)
  if (has('slow-shelves')) await new Promise((waited) => setTimeout(waited, 900))
  json(asked, has('undocumented-status') ? 206 : 200, {
    items,
    total: all.length + (has('total-wrong') ? 3 : 0),
    next: more || has('pages-endless') ? `c${more ? from + limit : 0}` : null,
    ...(has('heavy-shelves') && { padding: 'x'.repeat(60_000) }),
  })
}

function product(asked: Asked): void {
  const { shop, has, url, response } = asked
  const id = lastOf(url)
  if (!/^p-[0-9]+$/.test(id)) return problem(asked, 400, 'Products have ids like p-7')
  const found = shop.products.find((one) => one.id === id)
  if (found === undefined) return problem(asked, 404, 'This product is gone')
  if (has('never-ends') && found.stock === 'none') {
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.write('{"id":')
  }
  if (has('html-answer')) {
    response.setHeader('content-type', 'text/html')
    return void response.end(JSON.stringify(shownProduct(found, has)))
  }
  json(asked, 200, shownProduct(found, has))
}

function search(asked: Asked): void {
  const { shop, has, url } = asked
  const words = url.searchParams.get('q')
  if (words === null) return problem(asked, 400, 'Say what to look for')
  if (has('empty-search-crashes') && words === '') return crash(asked)
  if (has('unicode-crashes') && /[^\p{ASCII}\u0080-\u00ff]/u.test(words)) return crash(asked)
  if (lengthOf(words) > 60) return problem(asked, 400, 'That is too long to look for')
  const found = shop.products.filter((one) => one.name.toLowerCase().includes(words.toLowerCase()))
  json(
    asked,
    200,
    found.slice(0, 20).map((one) => shownProduct(one, has)),
  )
}

function profile(asked: Asked): void {
  const { shop, has, request, response, body } = asked
  const who = somebody(asked)
  if (who === undefined) return
  const own = shop.profiles.get(who)!
  if (request.method === 'PUT') {
    const sent = objectIn(asked, body)
    if (sent === undefined) return
    const { name, email, password } = sent
    const strange = Object.keys(sent).some((key) => !['name', 'email', 'password'].includes(key))
    if (has('null-crashes') && Object.values(sent).includes(null)) return crash(asked)
    const wrong =
      strange ||
      !isText(name, 1, 80) ||
      !(typeof email === 'string' && /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$/.test(email)) ||
      (Object.hasOwn(sent, 'password') && !isText(password, 8, 72))
    if (wrong) return problem(asked, 422, 'Look at the name, the address and the password again')
    if (has('unicode-refused') && /[^\u0020-\u007e]/.test(name))
      return problem(asked, 422, 'Names have letters from a to z')
    Object.assign(own, { name, email }, typeof password === 'string' && { password })
  }
  if (has('truncated-json')) {
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.end('{"name":"Maya Weber","email":"maya@')
  }
  const { password, ...shown } = own
  json(
    asked,
    200,
    has('password-returned') ? { ...shown, password: password ?? 'hunter2hunter2' } : shown,
  )
}

function orders(asked: Asked): void {
  const { shop, has, url, request, response } = asked
  const who = somebody(asked)
  if (who === undefined) return
  if (request.method === 'GET') {
    const limit = wholeIn(url, 'limit', 1, 50, 10)
    const offset = wholeIn(url, 'offset', 0, 10_000, 0)
    if (limit === undefined || offset === undefined)
      return problem(asked, 400, 'Limit and offset are numbers')
    const own = [...shop.orders.values()].filter((one) => one.owner === who).toReversed()
    const items = own.slice(offset, offset + limit).map((one) => shownOrder(one, has))
    return json(asked, 200, { items, total: own.length })
  }
  const sent = newOrderIn(asked)
  if (sent === undefined) return
  const made = placed(shop, who, sent.order)
  const id = sent.id ?? made.id
  if (sent.id !== undefined) {
    shop.orders.delete(made.id)
    shop.orders.set(id, { ...made, id })
  }
  if (has('created-nowhere')) shop.orders.delete(id)
  if (!has('location-missing')) response.setHeader('location', `/orders/${id}`)
  json(asked, 201, shownOrder({ ...made, id }, has))
}

function order(asked: Asked): void {
  const { shop, has, url, request, response } = asked
  const who = has('open-orders') && request.method === 'GET' ? 'maya' : somebody(asked)
  if (who === undefined) return
  const id = lastOf(url)
  if (!/^o-[0-9]+$/.test(id)) return problem(asked, 400, 'Orders have ids like o-7')
  const found =
    shop.orders.get(id) ??
    (has('cancelled-still-there') && request.method === 'GET' ? shop.cancelled.get(id) : undefined)
  if (found === undefined) {
    if (request.method === 'DELETE' && shop.cancelled.has(id) && has('second-delete-crashes'))
      return crash(asked)
    if (request.method !== 'PUT' || newOrderIn(asked) !== undefined)
      problem(asked, 404, 'We do not know this order')
    return
  }
  const foreign = found.owner !== who
  if (
    foreign &&
    !(has('others-orders-shown') && request.method === 'GET') &&
    !(has('others-orders-cancelled') && request.method === 'DELETE')
  )
    return problem(asked, 404, 'We do not know this order')
  switch (request.method) {
    case 'DELETE':
      shop.orders.delete(id)
      shop.cancelled.set(id, found)
      return end(response, 204)
    case 'PUT': {
      const before = { ...found }
      const sent = newOrderIn(asked, (raw) => {
        const { quantity } = raw
        if (has('refused-yet-changed') && typeof quantity === 'number')
          found.quantity = Math.min(99, Math.max(1, Math.trunc(quantity)))
      })
      if (sent === undefined) return
      const { note: _note, wrap: _wrap, deliverOn: _day, ...kept } = found
      const next: Order = { ...kept, ...sent.order }
      if (has('put-adds-up')) next.quantity = Math.min(99, before.quantity + sent.order.quantity)
      shop.orders.set(id, next)
      return json(asked, 200, shownOrder(next, has))
    }
    default: {
      const etag = `"${createHash('sha256').update(JSON.stringify(found)).digest('hex').slice(0, 16)}"`
      response.setHeader('etag', etag)
      if (request.headers['if-none-match'] === etag && !has('etag-ignored'))
        return end(response, 304)
      json(asked, 200, shownOrder(found, has))
    }
  }
}

function payments(asked: Asked): void {
  const { shop, has, request, body } = asked
  const who = somebody(asked)
  if (who === undefined) return
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' ? !has('key-optional') : key.length < 8 || key.length > 64)
    return problem(asked, 400, 'Send an Idempotency-Key of 8 to 64 characters')
  const sent = objectIn(asked, body)
  if (sent === undefined) return
  const { orderId, method, cardNumber } = sent
  const strange = Object.keys(sent).some(
    (one) => !['orderId', 'method', 'cardNumber'].includes(one),
  )
  const wrong =
    strange ||
    typeof orderId !== 'string' ||
    !/^o-[0-9]+$/.test(orderId) ||
    (method !== 'card' && method !== 'transfer') ||
    (Object.hasOwn(sent, 'cardNumber') &&
      !(typeof cardNumber === 'string' && /^[0-9]{12,19}$/.test(cardNumber)))
  if (wrong) return problem(asked, 422, 'Look at the order and the card again')
  const found = shop.orders.get(orderId)
  if (found === undefined || found.owner !== who)
    return problem(asked, 404, 'We do not know this order')
  const kept = typeof key === 'string' ? shop.payments.get(`${who} ${key}`) : undefined
  if (kept !== undefined && !has('paid-twice')) return json(asked, 201, kept)
  shop.count += 1
  const made = { id: `pay-${shop.count}`, orderId, method }
  if (typeof key === 'string') shop.payments.set(`${who} ${key}`, made)
  json(asked, 201, made)
}

function maintenance(asked: Asked): void {
  if (somebody(asked) === undefined) return
  if (asked.has('maintenance-mode')) asked.shop.maintenance = true
  end(asked.response, 202)
}

interface NewOrder {
  readonly productId: string
  readonly quantity: number
  readonly note?: string
  readonly wrap?: string
  readonly deliverOn?: string
}

/** What was ordered; `undefined` when that was refused already. `before` sees it before anybody has looked at it. */
function newOrderIn(
  asked: Asked,
  before: (raw: Readonly<Record<string, unknown>>) => void = () => {},
): { readonly order: NewOrder; readonly id?: string } | undefined {
  const { has, body, shop } = asked
  const sent = objectIn(asked, body)
  if (sent === undefined) return undefined
  before(sent)
  const { productId, note, wrap, deliverOn, id } = sent
  let { quantity } = sent
  const known = [
    'productId',
    'quantity',
    'note',
    'wrap',
    'deliverOn',
    ...(has('client-sets-id') ? ['id'] : []),
  ]
  if (has('null-crashes') && Object.values(sent).includes(null)) return crash(asked)
  if (has('long-note-crashes') && typeof note === 'string' && note.length > 150) return crash(asked)
  if (has('quantity-as-text') && typeof quantity === 'string' && quantity !== '')
    quantity = Number(quantity) || 1
  const given = (name: string): boolean => Object.hasOwn(sent, name)
  const wrong =
    Object.keys(sent).some((one) => !known.includes(one)) ||
    (given('productId') || !has('product-optional')
      ? typeof productId !== 'string' || !/^p-[0-9]+$/.test(productId)
      : false) ||
    typeof quantity !== 'number' ||
    !Number.isInteger(quantity) ||
    quantity < (has('quantity-zero') ? 0 : 1) ||
    quantity > (has('quantity-unbounded') ? 1e9 : 99) ||
    (given('note') && !isText(note, 0, has('any-length-note') ? 1e9 : 200)) ||
    (given('wrap') &&
      !(has('any-wrap')
        ? typeof wrap === 'string'
        : ['none', 'paper', 'box'].includes(wrap as string))) ||
    (given('deliverOn') &&
      !(typeof deliverOn === 'string' && (has('any-date') || isDate(deliverOn))))
  if (wrong) return problem(asked, 422, 'Look at the order again')
  if (has('ninety-nine-refused') && quantity === 99)
    return problem(asked, 422, 'We do not have so many')
  if (has('note-demanded') && note === undefined) return problem(asked, 422, 'Say something')
  return {
    order: {
      productId: typeof productId === 'string' ? productId : shop.products[0]!.id,
      // What was taken by mistake is kept within what may be shown.
      quantity: Math.min(99, Math.max(1, quantity as number)),
      ...(typeof note === 'string' && { note: Array.from(note).slice(0, 200).join('') }),
      ...(typeof wrap === 'string' && {
        wrap: ['none', 'paper', 'box'].includes(wrap) ? wrap : 'none',
      }),
      ...(typeof deliverOn === 'string' && isDate(deliverOn) && { deliverOn }),
    },
    ...(typeof id === 'string' && /^o-[0-9]+$/.test(id) && { id }),
  }
}

/** The JSON object of a body; `undefined` when something else was refused already. */
function objectIn(asked: Asked, body: string): Readonly<Record<string, unknown>> | undefined {
  const type = asked.request.headers['content-type'] ?? 'application/json'
  let value: unknown
  try {
    if (/^application\/json\b/i.test(type)) value = JSON.parse(body)
  } catch {
    if (asked.has('broken-json-crashes')) return crash(asked)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return problem(asked, 422, 'Send a JSON object')
  return value as Readonly<Record<string, unknown>>
}

/** Who asks; `undefined` when nobody known does, which is answered already. */
function somebody(asked: Asked): string | undefined {
  const { has, request, response } = asked
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
  const known = Object.entries(tokens).find(([, one]) => one === token)?.[0]
  if (known !== undefined) return known
  if (token !== undefined && has('any-token')) return 'maya'
  if (!has('who-is-it-missing')) response.setHeader('www-authenticate', 'Bearer realm="shop"')
  return problem(asked, 401, 'Sign in first')
}

function shownProduct(product: Product, has: Asked['has']): unknown {
  const { amount, currency } = product.price
  return {
    ...product,
    price: {
      amount: has('amount-as-text') ? String(amount) : amount,
      ...(!has('currency-missing') && { currency }),
    },
    ...(has('name-null') && product.id.endsWith('3') && { name: null }),
    ...(has('new-stock-value') && product.stock === 'few' && { stock: 'running-out' }),
    ...(has('extra-property') && { internalScore: 7 }),
  }
}

function shownOrder({ owner: _owner, eta, placed, ...rest }: Order, has: Asked['has']): unknown {
  const time = (text: string): string =>
    has('bad-date') ? text.slice(0, 19).replace('T', ' ') : text
  return { ...rest, placed: time(placed), ...(!has('eta-missing') && { eta: time(eta) }) }
}

/** Gives nothing, so that whoever refuses can end with it. */
function problem(asked: Asked, status: number, title: string): undefined {
  const { has, request, response } = asked
  if (has('html-error')) {
    response.writeHead(status, { 'content-type': 'text/html' })
    return void response.end(`<h1>${title}</h1>`)
  }
  const text = JSON.stringify({
    type: 'about:blank',
    ...(!has('untitled-error') && { title }),
    status,
    ...(has('stack-in-error') && { detail: new Error('wrong').stack }),
    ...(has('token-in-error') && {
      detail: `You came with ${request.headers.authorization ?? 'nothing'}`,
    }),
  })
  response.writeHead(status, { 'content-type': 'application/problem+json' })
  response.end(text)
  return undefined
}

function crash(asked: Asked): undefined {
  return problem(asked, 500, 'Something broke')
}

function json({ response }: Asked, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status)
  response.end()
}

function lastOf(url: URL): string {
  try {
    return decodeURIComponent(url.pathname.split('/').at(-1) ?? '')
  } catch {
    return ''
  }
}

/** A whole number of the query; `undefined` for anything else that stands there. */
function wholeIn(
  url: URL,
  name: string,
  least: number,
  most: number,
  usual: number,
): number | undefined {
  const text = url.searchParams.get(name)
  if (text === null) return usual
  const value = Number(text)
  return /^-?\d+$/.test(text) && value >= least && value <= most ? value : undefined
}

function isText(value: unknown, least: number, most: number): value is string {
  return typeof value === 'string' && lengthOf(value) >= least && lengthOf(value) <= most
}

/** As JSON Schema counts: code points. */
function lengthOf(text: string): number {
  return Array.from(text).length
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
