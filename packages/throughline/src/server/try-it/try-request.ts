import type { TryRequest } from '@throughline/core'

const longest = 2_000_000
const most = 500

/** The body of `POST /api/try`, everything looked at; `wrong` says what is not as described. */
export function tryRequestIn(
  body: unknown,
): (Required<Omit<TryRequest, 'body'>> & Pick<TryRequest, 'body'>) | { readonly wrong: string } {
  if (!isRecord(body)) return { wrong: 'The body must be a JSON object with operation and target' }
  const { operation, target, pathParameters = {}, query = {}, headers = {}, body: text } = body
  if (typeof operation !== 'string' || operation === '')
    return { wrong: 'operation must be a name such as store.getBasket' }
  if (typeof target !== 'string' || target === '')
    return { wrong: 'target must be mock, the name of an environment, or a server of the contract' }
  if (!isTexts(pathParameters)) return { wrong: 'pathParameters must be an object of texts' }
  if (!isQuery(query)) return { wrong: 'query must be an object of texts, or of lists of texts' }
  if (!isTexts(headers)) return { wrong: 'headers must be an object of texts' }
  if (text !== undefined && typeof text !== 'string') return { wrong: 'body must be a text' }
  if (text !== undefined && text.length > longest) return { wrong: 'body may have 2 MB' }
  return {
    operation,
    target,
    pathParameters,
    query,
    headers,
    ...(text !== undefined && { body: text }),
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    isRecord(value) &&
    Object.keys(value).length <= most &&
    Object.values(value).every((one) => typeof one === 'string')
  )
}

function isQuery(value: unknown): value is Readonly<Record<string, string | readonly string[]>> {
  return (
    isRecord(value) &&
    Object.keys(value).length <= most &&
    Object.values(value).every(
      (one) =>
        typeof one === 'string' ||
        (Array.isArray(one) && one.length <= most && one.every((item) => typeof item === 'string')),
    )
  )
}
