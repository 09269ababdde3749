import { successResponse } from '@throughline/core'
import type { Operation, ResponseDeclaration } from '@throughline/core'

/** A status, and what the contract says about it. */
export interface ChosenResponse {
  readonly status: number
  /** `undefined` where the contract does not describe this status. */
  readonly response: ResponseDeclaration | undefined
}

/** The answer of a good day: the success response, else a redirect (some operations only lead on), else 204. */
export function usualResponse(operation: Operation): ChosenResponse {
  let chosen = goodDays.get(operation)
  if (chosen === undefined) {
    const response =
      successResponse(operation) ??
      operation.responses().find((one) => /^3(\d\d|XX)$/.test(one.status))
    chosen = { status: response === undefined ? 204 : numberOf(response.status, 200), response }
    goodDays.set(operation, chosen)
  }
  return chosen
}

const goodDays = new WeakMap<Operation, ChosenResponse>()

/** What the contract says about one status: itself, its class (`4XX`), or `default` for errors. */
export function responseOf(operation: Operation, status: number): ChosenResponse {
  const all = operation.responses()
  const response =
    all.find((one) => one.status === String(status)) ??
    all.find((one) => one.status === `${Math.floor(status / 100)}XX`) ??
    (status >= 400 ? all.find((one) => one.status === 'default') : undefined)
  return { status, response }
}

/** The answer for `404` or for a class such as `5xx`: a documented status of the class, best the one people meet most. */
export function responseOfCondition(operation: Operation, condition: string): ChosenResponse {
  if (/^\d{3}$/.test(condition)) return responseOf(operation, Number(condition))
  const family = condition.charAt(0)
  const documented = operation
    .responses()
    .map((one) => one.status)
    .filter((one) => /^\d{3}$/.test(one) && one.startsWith(family))
  const usual = USUAL[family] ?? []
  const status = usual.find((one) => documented.includes(one)) ?? documented[0] ?? usual[0] ?? '200'
  return responseOf(operation, Number(status))
}

/** The status for a request that breaks the contract: the one it documents, 422 before 400; else 400. */
export function refusalOf(operation: Operation): ChosenResponse {
  const all = operation.responses()
  const exact = all.find((one) => one.status === '422') ?? all.find((one) => one.status === '400')
  if (exact !== undefined) return { status: Number(exact.status), response: exact }
  return responseOf(operation, 400)
}

const USUAL: Readonly<Record<string, readonly string[]>> = {
  '4': ['400', '404', '409', '422', '403', '401'],
  '5': ['503', '500'],
}

function numberOf(status: string, otherwise: number): number {
  if (/^\d{3}$/.test(status)) return Number(status)
  return /^\dXX$/.test(status) ? Number(status.charAt(0)) * 100 : otherwise
}

/** Statuses that never have a body (RFC 9110, 15 and 6.4.1). */
export function isBodiless(status: number): boolean {
  return status < 200 || status === 204 || status === 205 || status === 304
}
