import type { Answer } from './answer.ts'
import type { StreamManner } from './effect.ts'
import type { Fault } from './fault.ts'

interface PacedItems extends StreamManner {
  readonly items: number
  readonly fault: Fault['kind'] | undefined
  /** `torn` asks for an item that breaks off, framed as if it were whole. */
  readonly textOf: (turn: number, torn: boolean) => string
}

/** One text after another. Faults act half-way: that is where a page has something to lose. */
export function pacedStream({
  items: count,
  fault: failing,
  every = failing === 'dribble' ? 1000 : EVERY,
  after = 'end',
  textOf,
}: PacedItems): NonNullable<Answer['stream']> {
  const half = Math.floor(count / 2)
  return (send, finish = () => {}) => {
    let turn = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const next = (): void => {
      const fault = turn === half ? failing : undefined
      if (fault === 'timeout') return // silence: the line stays open
      if (fault === 'reset') return finish(true)
      if (turn >= count && after !== 'continue') {
        if (after !== 'silence') finish(after === 'reset')
        return
      }
      const text = textOf(turn, fault === 'malformed')
      if (fault === 'truncate') {
        send(text.slice(0, Math.ceil(text.length / 2)))
        return finish(true)
      }
      send(text)
      turn++
      timer = setTimeout(next, Math.max(turn > count ? LEAST : 0, every))
    }
    next()
    return () => clearTimeout(timer)
  }
}

/** Milliseconds between items where nobody says. */
const EVERY = 100
/** A stream that goes on for ever leaves the machine some rest. */
const LEAST = 5
