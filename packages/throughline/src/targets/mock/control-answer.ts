import type { Answer } from './answer.ts'
import { problemAnswer } from './problem.ts'

/** Headers of answers that tell how things are right now. */
export const NOT_KEPT = ['Cache-Control', 'no-store']

/** The refusal of a method that an address does not have; `undefined` for one that it has. */
export function only(method: string, allowed: readonly string[]): Answer | undefined {
  if (allowed.includes(method)) return undefined
  const text = allowed.join(', ')
  return problemAnswer(405, { title: `${method.slice(0, 20)} is not allowed here. Use ${text}` }, [
    'Allow',
    text,
  ])
}
