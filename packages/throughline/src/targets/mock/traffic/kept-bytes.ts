import { bufferOf } from '../buffer-of.ts'

/** Memory for bytes that are kept for a while: given back by those who are done with it, and used again. */
export interface KeptBytes {
  /** Memory whose last so many bytes in use are the taker's, who lets go of it once. */
  readonly take: (size: number) => Shelf
  readonly letGo: (shelf: Shelf) => void
}

/** Memory that several hold at once. */
export interface Shelf {
  readonly bytes: Buffer
  used: number
  holders: number
  /** Somebody has been given a view of it: it is not used again. */
  lent: boolean
}

/**
 * What a log keeps of each call would be new memory each time, old when it is given up: the kind that takes the garbage
 * collector longest. Here it is the same memory, again and again.
 */
export function keptBytes(size = 256 * 1024, mostSpare = 8): KeptBytes {
  const spare: Shelf[] = []
  let current = shelfOf(0)
  return {
    take(wanted) {
      if (wanted > size) return taken(shelfOf(wanted), wanted)
      if (current.bytes.length - current.used < wanted) {
        if (current.holders === 0 && current.bytes.length === size && !current.lent)
          current.used = 0
        else current = spare.pop() ?? shelfOf(size)
      }
      return taken(current, wanted)
    },
    letGo(shelf) {
      shelf.holders--
      if (shelf.holders > 0 || shelf.lent || shelf === current || shelf.bytes.length !== size)
        return
      shelf.used = 0
      if (spare.length < mostSpare) spare.push(shelf)
    },
  }
}

/** The bytes that lie there, to keep. */
export function view(shelf: Shelf, from: number, length: number): Uint8Array {
  shelf.lent = true
  return shelf.bytes.subarray(from, from + length)
}

function shelfOf(size: number): Shelf {
  return { bytes: bufferOf(new Uint8Array(size)), used: 0, holders: 0, lent: false }
}

function taken(shelf: Shelf, size: number): Shelf {
  shelf.used += size
  shelf.holders++
  return shelf
}
