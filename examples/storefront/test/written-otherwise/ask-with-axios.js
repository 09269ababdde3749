// The shop's `parts/ask.js` as a team that uses axios would have written it.
import axios from './axios.js'
import { Failure } from './failure.js'
import { api, patience } from './settings.js'

const client = axios.create({ baseURL: api, timeout: patience, withCredentials: true })

export async function ask(path, { method = 'GET', query = {}, json, signal } = {}) {
  const params = Object.fromEntries(Object.entries(query).filter(([, value]) => value))
  try {
    const { data, headers } = await client.request({
      url: path,
      method,
      params,
      data: json,
      signal,
    })
    return { body: data, headers }
  } catch (error) {
    if (signal?.aborted) throw error
    if (error.response === undefined)
      throw new Failure(error.code === 'ECONNABORTED' ? 'timeout' : 'offline', { cause: error })
    const { status, data } = error.response
    throw new Failure('refused', { status, problem: isObject(data) ? data : {} })
  }
}

export function shaped(answer, hasShape) {
  if (!isObject(answer.body) || !hasShape(answer.body)) throw new Failure('invalid')
  return answer
}

export const isObject = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
