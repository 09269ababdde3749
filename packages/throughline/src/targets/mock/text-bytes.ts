/**
 * The UTF-8 bytes of a text. Texts of a few kilobytes share memory with those before and after them: getting some for each
 * answer takes longer than writing it. Whoever keeps one for long takes a copy.
 */
export function textBytes(text: string): Buffer {
  return text.length < SHORTEST || text.length * 3 > SHARED / 4
    ? Buffer.from(text)
    : sharedBytes(text.length * 3, (memory, start) => start + memory.write(text, start))
}

/** As many bytes as `write` needs, `most` at most: it is told where they begin, and says where they end. Shared as above. */
export function sharedBytes(
  most: number,
  write: (memory: Buffer, start: number) => number,
): Buffer {
  if (most > SHARED / 4) {
    const own = Buffer.allocUnsafeSlow(most)
    return own.subarray(0, write(own, 0))
  }
  if (shared.length - used < most) {
    shared = Buffer.allocUnsafeSlow(SHARED)
    used = 0
  }
  const start = used
  used = write(shared, start)
  return shared.subarray(start, used)
}

/**
 * Nobody looks at these bytes any more. Where they were the last ones taken, the next are written in their place, which the
 * processor still has at hand: fresh memory each time would take longer than writing an answer of some kilobytes.
 */
export function giveBack(bytes: Uint8Array): void {
  const isLast = bytes.buffer === shared.buffer && bytes.byteOffset + bytes.length === used
  if (isLast) used = bytes.byteOffset
}

const SHARED = 256 * 1024
/** Node itself shares memory between shorter ones. */
const SHORTEST = 4000
let shared = Buffer.alloc(0)
let used = 0
