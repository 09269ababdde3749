import { jsonAnswer } from './answer.ts'
import type { Answer } from './answer.ts'

/** A GraphQL response, in the media type that was asked for. */
export function graphqlAnswer(
  status: number,
  value: object,
  type: string,
  headers: readonly string[] = [],
): Answer {
  return jsonAnswer(status, value, headers, type)
}

/** An entry of `errors`. */
export function errorOf(message: string, code: string): object {
  return { message, extensions: { code } }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
