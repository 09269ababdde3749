import { child, isObject, type Site } from '../../text/site.ts'
import { resolve } from '../reference.ts'

/** The text that an object has of its own under a key; numbers count as texts (an unquoted version). */
export function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key)
  if (typeof found === 'number') return String(found)
  return typeof found === 'string' ? found : undefined
}

export function isTrue(value: unknown, key: string): boolean {
  return valueAt(value, key) === true
}

export function valueAt(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The object or list under a key, after references. `undefined` for anything else. */
export function objectAt(site: Site, key: string): Site | undefined {
  const found = child(site, key)
  if (found === undefined) return undefined
  const target = resolve(found)
  return isObject(target.value) ? target : undefined
}

/** Named objects below a site, in order, references followed and extensions (`x-`) left out. */
export function namedObjects(site: Site | undefined): readonly (readonly [string, Site])[] {
  if (site === undefined || !isObject(site.value)) return []
  const named: [string, Site][] = []
  for (const name of Object.keys(site.value)) {
    if (name.startsWith('x-')) continue
    const found = objectAt(site, name)
    if (found !== undefined) named.push([name, found])
  }
  return named
}

/** The items of a list, references followed; nothing for what is no list. */
export function itemsAt(site: Site, key: string): readonly Site[] {
  const list = child(site, key)
  if (list === undefined || !Array.isArray(list.value)) return []
  return list.value.map((value: unknown, index) =>
    resolve({ document: list.document, value, parent: list, key: index }),
  )
}

export function textsAt(value: unknown, key: string): readonly string[] | undefined {
  const found = valueAt(value, key)
  if (typeof found === 'string') return [found]
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : undefined
}

/** Computes on first use, then remembers. */
export function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => (known ??= { value: compute() }).value
}
