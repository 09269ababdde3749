/**
 * The UTF-8 bytes of a text. Texts of a few kilobytes share memory with those before and after them: getting some for each
 * answer takes longer than writing it. Whoever keeps one for long takes a copy.
 */
export function textBytes(text: string): Buffer {
  const most = text.length * 3
  if (text.length < SHORTEST || most > SHARED / 4) return Buffer.from(text)
  if (shared.length - used < most) {
    shared = Buffer.allocUnsafeSlow(SHARED)
    used = 0
  }
  const from = used
  used += shared.write(text, from)
  return shared.subarray(from, used)
}

const SHARED = 256 * 1024
/** Node itself shares memory between shorter ones. */
const SHORTEST = 4000
let shared = Buffer.alloc(0)
let used = 0
