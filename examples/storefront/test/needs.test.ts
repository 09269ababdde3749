import { afterAll, beforeAll, expect, test } from 'vitest'
import { nodeOf, type NeedNode, type Operation } from '@throughline/core'
import type { Page, Route } from 'playwright-core'
import { inParallel } from './in-parallel.ts'
import { addressOf, callsOf, makeCall, openShop, play, settled, visit, type Shop } from './shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
}, 60_000)
afterAll(() => shop.close())

// A need is true when the screen looks different without the field, or with another value of it.
test('reads every field that the journeys say it needs', async () => {
  const unread: string[] = []
  await inParallel([1, 2], callsOf(shop.graph), async ({ step, call }) => {
    const operation = nodeOf(shop.graph, 'operation', call.operation)
    const needs = call.needs
      .flatMap((id) => nodeOf(shop.graph, 'need', id) ?? [])
      .filter((need) => need.field !== undefined)
    if (operation === undefined || needs.length === 0) return
    const { page, context } = await shop.open()
    const recorded = new Map<string, Answer>()
    let change = sameBody
    await context.route(`${shop.api}/**`, async (route) => {
      const key = `${route.request().method()} ${route.request().url()}`
      if (key.includes('/_throughline/')) return route.abort()
      let answer = recorded.get(key)
      if (answer === undefined) recorded.set(key, (answer = await fetched(route)))
      const { status, headers, body } = isCallOf(route, operation) ? change(answer) : answer
      return route.fulfill({
        status,
        headers,
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    })
    const look = async (): Promise<string> => {
      await visit(page, shop.app + addressOf(step))
      await settled(page)
      if (operation.method !== 'GET' && operation.method !== 'query') {
        await makeCall(page, call)
        await settled(page)
      }
      return appearance(page)
    }
    const isRead = async ({ path, field: id }: NeedNode): Promise<boolean> => {
      change = sameBody
      const before = await look()
      const schema = nodeOf(shop.graph, 'field', id)?.found.field.schema?.value
      for (const value of [undefined, 1, 7, 'Something else', 'text', ...enumOf(schema)]) {
        change = (answer) => altered(answer, path, value)
        if ((await look()) !== before) return true
      }
      return false
    }
    const unreadOnAGoodDay: NeedNode[] = []
    for (const need of needs) if (!(await isRead(need))) unreadOnAGoodDay.push(need)
    if (unreadOnAGoodDay.length > 0) {
      // Some fields count only when something is wrong: what exactly is wrong with a review.
      recorded.clear()
      await play(context, `${step.name}/${call.name}/invalid`)
      for (const need of unreadOnAGoodDay)
        if (!(await isRead(need)))
          unread.push(`${step.name} does not show ${need.path} of ${call.name}`)
    }
    // A call of a screen that was left may still be on its way.
    await context.unrouteAll({ behavior: 'ignoreErrors' })
    await context.close()
  })
  expect(unread).toEqual([])
}, 240_000)

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

async function fetched(route: Route): Promise<Answer> {
  const response = await route.fetch()
  const text = await response.text()
  return {
    status: response.status(),
    headers: response.headers(),
    body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text,
  }
}

function isCallOf(route: Route, operation: Operation): boolean {
  const request = route.request()
  const { pathname } = new URL(request.url())
  if (operation.protocol === 'graphql')
    return pathname === `/${operation.api}/graphql` && request.method() === 'POST'
  const path = operation.path.replace(/\{[^}]+\}/g, '[^/]+')
  return (
    request.method() === operation.method && new RegExp(`^/${operation.api}${path}$`).test(pathname)
  )
}

async function appearance(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      `${location.href} ${document.title} ${document.querySelector('.basket-link')?.outerHTML} ${document.querySelector('main')?.outerHTML}`,
  )
}

function enumOf(schema: unknown): readonly unknown[] {
  const values =
    schema !== null && typeof schema === 'object' ? Reflect.get(schema, 'enum') : undefined
  return Array.isArray(values) ? (values as unknown[]) : []
}

const sameBody = (answer: Answer): Answer => answer

function altered(answer: Answer, path: string, value: unknown): Answer {
  if (path.startsWith('header:')) {
    const { [path.slice(7).toLowerCase()]: _, ...headers } = answer.headers
    return { ...answer, headers }
  }
  const isGraphql = answer.body !== null && typeof answer.body === 'object' && 'data' in answer.body
  const segments = path.split(/\.|(?=\[\]|\{\})/).filter((one) => one !== '')
  return {
    ...answer,
    body: withValue(answer.body, isGraphql ? ['data', '{}', ...segments] : segments, value),
  }
}

function withValue(body: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value
  if (body === null || typeof body !== 'object') return body
  if (Array.isArray(body))
    return first === '[]' ? body.map((one) => withValue(one, rest, value)) : body
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, inner]) => {
      if (first !== '{}' && first !== name) return [[name, inner]]
      const next = withValue(inner, rest, value)
      return next === undefined ? [] : [[name, next]]
    }),
  )
}
