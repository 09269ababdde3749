import { canonical } from './equal.ts'

/**
 * A short name for a finding, a change or a version: 16 hexadecimal digits from its rule, what it is about and its values. It stays the same
 * when messages are reworded, lines move or other changes come and go.
 */
export function fingerprintOf(parts: readonly unknown[]): string {
  const text = canonical(parts)
  return hash(text, 0x9e3779b9) + hash(text, 0x85ebca6b)
}

/** MurmurHash3's mixing over UTF-16 units: no secret depends on it, it only has to spread well. */
function hash(text: string, seed: number): string {
  let h = seed
  for (let index = 0; index < text.length; index++) {
    let k = Math.imul(text.charCodeAt(index), 0xcc9e2d51)
    k = (k << 15) | (k >>> 17)
    h ^= Math.imul(k, 0x1b873593)
    h = (h << 13) | (h >>> 19)
    h = (Math.imul(h, 5) + 0xe6546b64) | 0
  }
  h ^= text.length
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, '0')
}
