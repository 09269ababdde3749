import { demandOf, type Tagged } from './demand.ts'
import type { Site } from '../text/site.ts'
import { validatorOf } from './validate.ts'

/**
 * The alternative that goes with what is known of a value: what its tag says, else the one that has most of its properties
 * and takes each of them as it is. `undefined` where nothing tells.
 */
export function likest(
  branches: readonly Site[],
  known: Readonly<Record<string, unknown>>,
  tagged: Tagged | undefined,
): number | undefined {
  const tag =
    tagged !== undefined && Object.hasOwn(known, tagged.property)
      ? known[tagged.property]
      : undefined
  const told = typeof tag === 'string' ? tagged?.tags.get(tag) : undefined
  if (told !== undefined && told >= 0) return told
  const shared = branches.map((branch) => sharedWith(branch, known))
  const most = Math.max(...shared)
  return most > Math.min(...shared) ? shared.indexOf(most) : undefined
}

/** How many properties an alternative and a value have in common; -1 where one of them cannot be as it is. */
function sharedWith(branch: Site, known: Readonly<Record<string, unknown>>): number {
  let count = 0
  for (const [name, sites] of demandOf([branch], { branch: () => 0 }).properties) {
    if (!Object.hasOwn(known, name)) continue
    if (!sites.every((site) => validatorOf(site).test(known[name]))) return -1
    count++
  }
  return count
}
