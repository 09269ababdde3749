import { headerOf } from './answer.ts'
import type { Answer } from './answer.ts'
import type { Problem } from './problem.ts'

/**
 * Why a change is refused that was meant for another version of the thing (`If-Match`: RFC 9110, 13.1.1). `undefined`
 * where nothing is in the way: nothing was asked, the contract gives the thing no tag, or there is no such thing, which
 * the change finds out by itself.
 */
export function overtaken(
  known: string | undefined,
  current: () => Answer | undefined,
): (Problem & { readonly status: number }) | undefined {
  if (known === undefined || known.trim() === '*') return undefined
  const now = current()
  const tag = now?.status === 200 ? headerOf(now, 'etag') : undefined
  // Tags are compared as they stand: a weak one never holds for a change.
  if (tag === undefined || tagsIn(known).includes(tag)) return undefined
  return {
    status: 412,
    title: 'Somebody has changed this meanwhile. Look again, then decide',
    detail: `The change was meant for ${known.slice(0, 100)}, and by now this is ${tag}.`,
  }
}

function tagsIn(list: string): readonly string[] {
  return list
    .slice(0, 4000)
    .split(',')
    .map((one) => one.trim())
}
