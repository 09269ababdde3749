import type { Operation } from '@throughline/core'
import type { Answer } from './answer.ts'
import { hashOf } from './chance.ts'
import type { Resources } from './world/resources.ts'

/** Answers that are sent again as they are. */
export interface ReadyAnswers {
  readonly get: (key: string) => Ready | undefined
  /** Whether somebody has asked this lately and the answer is not too long: what is asked once is not worth keeping. */
  readonly isWorthwhile: (key: string, answer: Answer) => boolean
  /** `reads` is the collection that the answer depends on. */
  readonly keep: (key: string, answer: Answer, reads: string | undefined) => void
  readonly forget: () => void
}

interface Ready {
  readonly answer: Answer
  /** Holds for those who have not written to this collection. */
  readonly reads: string | undefined
}

/** At most so many answers, and so many bytes of them: then all go. */
export function readyAnswers(most = 4000, mostBytes = 32_000_000): ReadyAnswers {
  const ready = new Map<string, Ready>()
  const asked = new Uint32Array(8192)
  let size = 0

  return {
    get: (key) => ready.get(key),
    isWorthwhile: (key, answer) => sizeOf(key, answer) <= mostBytes / 8 && askedBefore(key),
    keep(key, answer, reads) {
      const own = sizeOf(key, answer)
      if (ready.size >= most || size + own > mostBytes) forget()
      // On its own, an answer does not hold the memory of those that were made beside it.
      const { body } = answer
      ready.set(key, {
        answer: body === undefined ? answer : { ...answer, body: new Uint8Array(body) },
        reads,
      })
      size += own
    },
    forget,
  }

  function forget(): void {
    ready.clear()
    size = 0
  }

  /** Two questions in a place forget each other. */
  function askedBefore(key: string): boolean {
    const hash = hashOf(key)
    const place = hash % asked.length
    const before = asked[place] === hash
    asked[place] = hash
    return before
  }
}

function sizeOf(key: string, { body }: Answer): number {
  return (body?.length ?? 0) + key.length + 200
}

/** Whether an answer to this operation depends on its URL alone: nobody need sign in, and nobody can. */
export function isKept(operation: Operation, resources: () => Resources): boolean {
  const security = operation.security()
  return (
    (security.length === 0 ||
      (security.some((all) => all.length === 0) && resources().doors().length === 0)) &&
    !operation.parameters().some((one) => one.in === 'header' || one.in === 'cookie')
  )
}
