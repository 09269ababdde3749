/** Where two JSON values differ first; `undefined` where they do not. Times and versions of a change are no difference. */
export function difference(one: unknown, other: unknown, path = ''): string | undefined {
  if (Object.is(one, other)) return undefined
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return path
    for (const [at, item] of one.entries()) {
      const found = difference(item, other[at], `${path}[]`)
      if (found !== undefined) return found
    }
    return undefined
  }
  if (!isObject(one) || !isObject(other)) return path
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    if (changing.test(name)) continue
    const found = difference(one[name], other[name], path === '' ? name : `${path}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

const changing =
  /updated|modified|changed|version|revision|e_?tag|timestamp|^(now|time|date|ts)$|last_?(seen|access|read)|visits?$|views?$|request_?id|trace_?id/i

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
