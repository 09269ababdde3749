/**
 * Which of the types on offer a client wants (RFC 9110, 12.5.1): the best quality wins, then the order of the offer.
 * `undefined` when it wants none of them. A +json type is taken for `application/json` as well.
 */
export function accepted(
  accept: string | undefined,
  offered: readonly string[],
): string | undefined {
  if (accept === undefined || accept.trim() === '' || accept === '*/*') return offered[0]
  const ranges = accept
    .slice(0, 2000)
    .split(',')
    .map(rangeOf)
    .filter((one) => one !== undefined)
  let best: string | undefined
  let quality = 0
  for (const type of offered) {
    const mine = qualityOf(bare(type), ranges)
    if (mine > quality) {
      best = type
      quality = mine
    }
  }
  return best
}

interface MediaRange {
  readonly type: string
  readonly quality: number
}

function rangeOf(text: string): MediaRange | undefined {
  const [type = '', ...parameters] = text.split(';').map((one) => one.trim().toLowerCase())
  if (!type.includes('/') && type !== '*') return undefined
  const q = parameters.find((one) => one.startsWith('q='))
  const quality = q === undefined ? 1 : Number(q.slice(2))
  return {
    type: type === '*' ? '*/*' : type,
    quality: Number.isFinite(quality) ? Math.min(1, Math.max(0, quality)) : 0,
  }
}

/** The most specific range that fits decides (section 12.5.1). */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const family = `${type.split('/')[0]}/*`
  const likeJson = type.endsWith('+json')
  const found =
    ranges.find((one) => one.type === type) ??
    (likeJson ? ranges.find((one) => one.type === 'application/json') : undefined) ??
    ranges.find((one) => one.type === family) ??
    ranges.find((one) => one.type === '*/*')
  return found?.quality ?? 0
}

function bare(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase()
}
