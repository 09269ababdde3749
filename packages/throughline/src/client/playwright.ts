// `throughline/playwright`: the mock as one browser sees it. Imports nothing of Playwright.
import { randomUUID } from 'node:crypto'
import type { CallFilter, ConnectOptions, Expected, MockCall, MockClient } from './client-types.ts'
import { mockClient } from './mock-client.ts'

export type * from './client-types.ts'

/** What is used of Playwright's `Page`. */
export interface PageLike {
  context(): ContextLike
}

/** What is used of Playwright's `BrowserContext`. */
export interface ContextLike {
  route(url: (url: URL) => boolean, handler: (route: RouteLike) => Promise<void>): Promise<unknown>
}

/** What is used of Playwright's `Route`. */
export interface RouteLike {
  request(): { headers(): Record<string, string> }
  fallback(options: { headers: Record<string, string> }): Promise<void>
}

export type PlaywrightOptions = Omit<ConnectOptions, 'session'>

/**
 * The mock as the browser context of a page sees it: with a session of its own, so that tests run side by side. From now on
 * everything that the context's pages ask of the mock is of that session. The same page always gets the same one.
 */
export function mockOf(page: PageLike, options: PlaywrightOptions = {}): Promise<MockClient> {
  const context = page.context()
  let client = clients.get(context)
  if (client === undefined) clients.set(context, (client = connected(context, options)))
  return client
}

const clients = new WeakMap<ContextLike, Promise<MockClient>>()

async function connected(context: ContextLike, options: PlaywrightOptions): Promise<MockClient> {
  const session = randomUUID()
  const client = mockClient({ ...options, session })
  const { origin } = new URL(client.url)
  const own = (url: URL): boolean =>
    url.origin === origin || (isLoopback(url.hostname) && url.port === new URL(origin).port)
  await context.route(own, (route) =>
    route.fallback({ headers: { ...route.request().headers(), 'throughline-session': session } }),
  )
  return client
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

/** Plays a scenario or a state (`checkout/basket/timeout`) for this page; `null` is back to normal. */
export async function scenario(
  page: PageLike,
  name: string | null,
  options?: PlaywrightOptions,
): Promise<void> {
  await (await mockOf(page, options)).play(name)
}

/** Nothing is played for this page, its world is as it was at first, and its calls are forgotten. */
export async function resetWorld(page: PageLike, options?: PlaywrightOptions): Promise<void> {
  await (await mockOf(page, options)).reset()
}

/** What this page has asked of the mock, oldest first. */
export async function calls(
  page: PageLike,
  filter?: CallFilter,
  options?: PlaywrightOptions,
): Promise<readonly MockCall[]> {
  return (await mockOf(page, options)).calls(filter)
}

/** Throws, with the nearest calls in its message, where this page has not made such calls as often as expected. */
export async function expectCalled(
  page: PageLike,
  filter: CallFilter,
  expected?: Expected,
  options?: PlaywrightOptions,
): Promise<readonly MockCall[]> {
  return (await mockOf(page, options)).expectCalled(filter, expected)
}

/** For `test.extend`: a fixture `mock`, with the page's own session, reset after each test. */
export const mockFixture = {
  mock: async (
    { page }: { page: PageLike },
    use: (mock: MockClient) => Promise<void>,
  ): Promise<void> => {
    const mock = await mockOf(page)
    await use(mock)
    await mock.reset()
  },
}
