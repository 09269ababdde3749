/** A 32-bit number that depends on every part: the same parts give the same number, in any process. */
export function hashOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const part of parts) {
    const text = String(part)
    for (let index = 0; index < text.length; index++) {
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    }
    hash = Math.imul(hash ^ 0xff, 0x01000193) // so that `a`, `bc` and `ab`, `c` differ
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** At least 0, less than 1; the same parts give the same chance. */
export function chanceOf(...parts: readonly (string | number)[]): number {
  return hashOf(...parts) / 2 ** 32
}
