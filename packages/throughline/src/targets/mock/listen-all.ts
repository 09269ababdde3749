import { atOwnPort } from './at-own-port.ts'
import { listen } from './listen.ts'
import type { ListenOptions, Listening, Served } from './listen.ts'

interface ListeningAll extends Listening {
  /** The addresses of APIs with a port of their own, by their names. */
  readonly own: ReadonlyMap<string, string>
}

/** Serves a mock, and some of its APIs at the root of ports of their own. Where one is not to be had, none is taken. */
export async function listenAll(
  mock: Served,
  ports: ReadonlyMap<string, number>,
  options: ListenOptions,
): Promise<ListeningAll> {
  const whole = await listen(mock, options)
  const own = new Map<string, Listening>()
  const close = async (): Promise<void> => {
    await Promise.all([whole, ...own.values()].map((one) => one.close()))
  }
  try {
    for (const [api, port] of ports)
      own.set(api, await listen(atOwnPort(mock, api), { ...options, port }))
  } catch (error) {
    await close()
    throw error
  }
  return { ...whole, own: new Map([...own].map(([api, { url }]) => [api, url])), close }
}
