import { Failure } from './failure.js'
import { api, patience } from './settings.js'

/**
 * Sends one request and gives `{ body, headers }`, or throws a `Failure`. Never waits longer than `patience`,
 * for the whole answer, not only its first byte. `signal` is the screen's: a person who left wants no answer.
 */
export async function ask(path, { method = 'GET', query = {}, json, signal } = {}) {
  const url = new URL(api + path)
  for (const [name, value] of Object.entries(query)) if (value) url.searchParams.set(name, value)
  const limit = AbortSignal.timeout(patience)
  try {
    const response = await fetch(url, {
      method,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      credentials: 'include',
      headers: {
        accept: 'application/json, application/problem+json',
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
    const text = await response.text()
    if (!response.ok)
      throw new Failure('refused', { status: response.status, problem: problemOf(text) })
    return { body: parsed(text), headers: response.headers }
  } catch (error) {
    if (error instanceof Failure || signal?.aborted) throw error
    throw new Failure(limit.aborted ? 'timeout' : 'offline', { cause: error })
  }
}

/** The answer if it has the shape that a screen can't do without. */
export function shaped(answer, hasShape) {
  if (!isObject(answer.body) || !hasShape(answer.body)) throw new Failure('invalid')
  return answer
}

export const isObject = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Failure('invalid', { cause })
  }
}

function problemOf(text) {
  try {
    const problem = JSON.parse(text)
    return isObject(problem) ? problem : {}
  } catch {
    return {}
  }
}
