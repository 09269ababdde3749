/** Bytes as people write them: `20kB`, `1.5MB`, `900B`. */
export function sizeText(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return undefined
  if (bytes >= 1_000_000 && bytes % 10_000 === 0) return `${bytes / 1_000_000}MB`
  if (bytes >= 1000 && bytes % 10 === 0) return `${bytes / 1000}kB`
  return `${bytes}B`
}
