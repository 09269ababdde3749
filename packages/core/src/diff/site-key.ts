import type { Site } from '../text/site.ts'

const ids = new WeakMap<object, number>()
let last = 0

/** Which place of which document a site is: two sites that were reached in different ways have the same key. */
export function siteKey(site: Site): string {
  const document = idOf(site.document)
  const { value, parent } = site
  if (value !== null && typeof value === 'object') return `${document}:${idOf(value)}`
  const holder = parent?.value
  return holder !== null && typeof holder === 'object'
    ? `${document}:${idOf(holder)}/${site.key}`
    : `${document}:/${site.key}`
}

function idOf(object: object): number {
  let id = ids.get(object)
  if (id === undefined) ids.set(object, (id = ++last))
  return id
}
