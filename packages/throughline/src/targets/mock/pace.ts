import type { Pace } from './answer.ts'

/** A line that carries this many bytes a second, in pieces that a person does not notice. */
export function paceOf(bytesPerSecond: number): Pace {
  const every = bytesPerSecond < 20 ? Math.ceil(1000 / bytesPerSecond) : 50
  return { bytes: Math.max(1, Math.round((bytesPerSecond * every) / 1000)), every }
}

/** In drops, so that any body takes about four seconds. */
export function dribbling(length: number): Pace {
  return { bytes: Math.max(1, Math.ceil(length / 40)), every: 100 }
}

/**
 * Hands out a body in pieces, the first at once, the last with `last`. `send` says whether there is still somebody to take
 * it. Returns how to stop.
 */
export function paced(
  body: Uint8Array,
  { bytes, every }: Pace,
  send: (piece: Uint8Array, last: boolean) => void,
): () => void {
  let at = 0
  const next = (): void => {
    const piece = body.subarray(at, at + bytes)
    at += bytes
    const last = at >= body.length
    if (last) clearInterval(timer)
    send(piece, last)
  }
  const timer = setInterval(next, every)
  next()
  return () => clearInterval(timer)
}
