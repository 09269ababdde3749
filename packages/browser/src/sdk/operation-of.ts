import type { ApiConfiguration } from './configuration.ts'

/** Which operation of the contracts an address is, and what else to call it. Neither the address nor its values go any further. */
export function operationOf(
  apis: readonly ApiConfiguration[],
  method: string,
  { host, origin, pathname }: URL,
  body?: unknown,
): readonly [operation: string, name: string] {
  for (const [base, routes, documents] of apis) {
    const found =
      RegExp(base).exec(origin + pathname) ??
      (origin === location.origin && RegExp(base).exec(pathname))
    if (!found) continue
    const document =
      documents && /"operationName":\s*"(\w+)|\b(?:query|mutation)\s+(\w+)/.exec(body as string)
    if (document) {
      const name = document[1] ?? document[2]!
      return [documents[name] ?? '', name]
    }
    const route = routes.find(
      ([verb, expression]) => (!method || verb === method) && RegExp(expression).test(found[1]!),
    )
    if (route) return [route[2], '']
  }
  return ['', `${host}/*`]
}
