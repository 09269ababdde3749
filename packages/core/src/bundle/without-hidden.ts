import { holdsNames, isData } from '../1-parse/reference.ts'
import { deepest } from '../text/limits.ts'
import type { Path } from '../text/origin.ts'
import { childrenOf, isObject, pathOf, rootOf, type Document, type Site } from '../text/site.ts'
import type { Removal } from './removal.ts'

type Raw = Readonly<Record<string, unknown>>

/**
 * A contract of one file without the values for which `because` gives a reason, and without all that only leads to them:
 * references, `required` names, properties of examples, links, tags and paths that are left with nothing.
 */
export function withoutHidden(
  document: Document,
  because: (value: Raw) => string | undefined,
): { readonly value: unknown; readonly removed: readonly Removal[] } {
  const root = rootOf(document)
  const sites: Site[] = []
  collect(root, sites)
  const hidden = new Map<unknown, string>()
  for (const { value } of sites) {
    if (value === document.value || !isObject(value)) continue
    const why = because(value)
    if (why !== undefined) hidden.set(value, why)
  }
  if (hidden.size === 0) return { value: document.value, removed: [] }
  hideReferences(sites, document.value, hidden)
  const removed: Removal[] = []
  const gone = goneOperations(sites, hidden)
  const exampleSchemas = new Map<unknown, unknown[]>()
  for (const { value } of sites)
    if (isObject(value) && isObject(value['schema']) && isObject(value['examples']))
      for (const one of Object.values(value['examples'])) {
        const target = dereferenced(document.value, one)
        exampleSchemas.set(target, [...(exampleSchemas.get(target) ?? []), value['schema']])
      }

  const trim = (data: unknown, schema: unknown, depth = 0): unknown => {
    if (depth > 60 || data === null || typeof data !== 'object') return data
    const seen = dereferenced(document.value, schema)
    if (!isObject(seen)) return data
    let trimmed: unknown = data
    for (const key of ['allOf', 'oneOf', 'anyOf'])
      for (const one of Array.isArray(seen[key]) ? (seen[key] as readonly unknown[]) : [])
        trimmed = trim(trimmed, one, depth + 1)
    if (Array.isArray(trimmed))
      return trimmed.map((one: unknown) => trim(one, seen['items'], depth + 1))
    const properties = isObject(seen['properties']) ? seen['properties'] : {}
    return Object.fromEntries(
      Object.entries(trimmed as object).flatMap(([key, one]: [string, unknown]) => {
        if (!Object.hasOwn(properties, key))
          return [[key, trim(one, seen['additionalProperties'], depth + 1)]]
        return hidden.has(properties[key]) ? [] : [[key, trim(one, properties[key], depth + 1)]]
      }),
    )
  }

  const cut = (site: Site): unknown => {
    const { value } = site
    if (value === null || typeof value !== 'object' || isData(site)) return value
    if (Array.isArray(value))
      return [...childrenOf(site)].filter((one) => !hidden.has(one.value)).map(cut)
    const raw = value as Raw
    const isNames = holdsNames(site)
    const schema = isObject(raw['schema']) ? raw['schema'] : raw
    const kept: (readonly [string, unknown])[] = []
    for (const one of childrenOf(site)) {
      const key = String(one.key)
      if (hidden.has(one.value)) continue
      if (isNames) kept.push([key, cut(one)])
      else if (key === 'required' && Array.isArray(one.value) && isObject(raw['properties'])) {
        const properties = raw['properties']
        const names = (one.value as readonly unknown[]).filter(
          (name) => typeof name !== 'string' || !hidden.has(Reflect.get(properties, name)),
        )
        if (names.length > 0) kept.push([key, names])
      } else if (exampleKeys.has(key) && (key !== 'examples' || Array.isArray(one.value)))
        kept.push([
          key,
          key === 'examples'
            ? (one.value as readonly unknown[]).map((data) => trim(data, schema))
            : trim(one.value, schema),
        ])
      else if (key === 'examples' && isObject(one.value) && site.document.dialect === 'swagger-2.0')
        kept.push([key, mapValues(one.value, (data) => trim(data, schema))])
      else if (key === 'value' && exampleSchemas.has(raw)) {
        let data: unknown = one.value
        for (const known of exampleSchemas.get(raw) ?? []) data = trim(data, known)
        kept.push([key, data])
      } else if (branches.has(key) && Array.isArray(one.value)) {
        const left = cut(one) as readonly unknown[]
        if (left.length > 0 || one.value.length === 0) kept.push([key, left])
      } else if (key === 'mapping' && isObject(one.value) && site.key === 'discriminator')
        kept.push([
          key,
          mapValuesLeft(one.value, (name) => !leadsToHidden(document.value, name, hidden)),
        ])
      else kept.push([key, cut(one)])
    }
    return Object.fromEntries(kept)
  }

  const value = withoutEmptied(cut(root), gone)
  for (const site of sites) {
    const why = hidden.get(site.value)
    if (why === undefined || isInsideHidden(site, hidden)) continue
    const path = pathOf(site)
    removed.push({ what: whatIs(path), path, why })
  }
  return { value, removed }
}

const exampleKeys: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'x-example'])
const branches: ReadonlySet<string> = new Set(['allOf', 'oneOf', 'anyOf'])

function collect(site: Site, into: Site[], depth = 0): void {
  if (site.value === null || typeof site.value !== 'object' || depth > deepest) return
  into.push(site)
  for (const one of childrenOf(site)) if (!isData(one)) collect(one, into, depth + 1)
}

/** What is only a reference to something hidden is hidden with it. */
function hideReferences(
  sites: readonly Site[],
  document: unknown,
  hidden: Map<unknown, string>,
): void {
  const references = sites.filter(
    ({ value }) => isObject(value) && typeof value['$ref'] === 'string',
  )
  for (let before = -1; before !== hidden.size;) {
    before = hidden.size
    for (const { value } of references) {
      if (hidden.has(value)) continue
      const why = hidden.get(pointed(document, (value as Raw)['$ref']))
      if (why !== undefined) hidden.set(value, why)
    }
  }
}

function leadsToHidden(
  document: unknown,
  name: unknown,
  hidden: ReadonlyMap<unknown, string>,
): boolean {
  if (typeof name !== 'string') return false
  return [name, `#/components/schemas/${name}`].some((one) => {
    const target = pointed(document, one)
    return target !== undefined && hidden.has(target)
  })
}

function dereferenced(document: unknown, value: unknown): unknown {
  let here = value
  for (let steps = 0; steps < 20; steps++) {
    if (!isObject(here) || typeof here['$ref'] !== 'string') return here
    here = pointed(document, here['$ref'])
  }
  return undefined
}

/** What a pointer into the same document leads to. */
function pointed(document: unknown, reference: unknown): unknown {
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return undefined
  let here: unknown = document
  for (const part of reference.slice(2).split('/')) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~')
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined
    here = Reflect.get(here, key)
  }
  return here
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

interface Gone {
  readonly ids: ReadonlySet<string>
  readonly tags: ReadonlySet<string>
}

/** Names of operations that are no more, and tags that only they had. */
function goneOperations(sites: readonly Site[], hidden: ReadonlyMap<unknown, string>): Gone {
  const ids = new Set<string>()
  const lost = new Set<string>()
  const kept = new Set<string>()
  for (const site of sites) {
    const path = pathOf(site)
    if (!isOperation(path) || !isObject(site.value)) continue
    const isGone = hidden.has(site.value) || isInsideHidden(site, hidden)
    const id = site.value['operationId']
    if (isGone && typeof id === 'string') ids.add(id)
    const tags: unknown = site.value['tags']
    for (const tag of Array.isArray(tags) ? tags : [])
      if (typeof tag === 'string') (isGone ? lost : kept).add(tag)
  }
  return { ids, tags: new Set([...lost].filter((tag) => !kept.has(tag))) }
}

const methods = /^(?:get|put|post|delete|options|head|patch|trace|query)$/

function isOperation(path: Path): boolean {
  return (
    path.length === 3 &&
    (path[0] === 'paths' || path[0] === 'webhooks') &&
    methods.test(String(path[2]))
  )
}

function isInsideHidden(site: Site, hidden: ReadonlyMap<unknown, string>): boolean {
  for (let here = site.parent; here !== undefined; here = here.parent)
    if (hidden.has(here.value)) return true
  return false
}

/** Paths without operations, links to what is gone and tags that nobody has are left out too. */
function withoutEmptied(document: unknown, gone: Gone): unknown {
  if (!isObject(document)) return document
  let value: Raw = document
  for (const key of ['paths', 'webhooks']) {
    const items = value[key]
    if (!isObject(items)) continue
    const left = mapValuesLeft(
      items,
      (item, path) =>
        path.startsWith('x-') ||
        !isObject(item) ||
        Object.keys(item).some(
          (name) => methods.test(name) || name === '$ref' || name === 'additionalOperations',
        ),
    )
    value = { ...value, [key]: left }
  }
  if (Array.isArray(value['tags']) && gone.tags.size > 0)
    value = {
      ...value,
      tags: (value['tags'] as readonly unknown[]).filter(
        (tag) => !isObject(tag) || typeof tag['name'] !== 'string' || !gone.tags.has(tag['name']),
      ),
    }
  return gone.ids.size === 0 ? value : withoutLinks(value, gone.ids, 0)
}

function withoutLinks(value: unknown, ids: ReadonlySet<string>, depth: number): unknown {
  if (value === null || typeof value !== 'object' || depth > deepest) return value
  if (Array.isArray(value)) return value.map((one) => withoutLinks(one, ids, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      key === 'links' && isObject(one)
        ? mapValuesLeft(
            one,
            (link) =>
              !isObject(link) ||
              typeof link['operationId'] !== 'string' ||
              !ids.has(link['operationId']),
          )
        : withoutLinks(one, ids, depth + 1),
    ]),
  )
}

function mapValues(value: Raw, change: (one: unknown) => unknown): Raw {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]))
}

function mapValuesLeft(value: Raw, keeps: (one: unknown, key: string) => boolean): Raw {
  return Object.fromEntries(Object.entries(value).filter(([key, one]) => keeps(one, key)))
}

/** `GET /admin/stock`, `Product.margin`: as people would say it. */
function whatIs(path: Path): string {
  const [first, second, third] = path
  if ((first === 'paths' || first === 'webhooks') && path.length === 2) return String(second)
  if (isOperation(path)) return `${String(third).toUpperCase()} ${String(second)}`
  const inSchemas =
    first === 'components' && second === 'schemas' ? 2 : first === 'definitions' ? 1 : 0
  if (inSchemas > 0) {
    const names = path
      .slice(inSchemas)
      .filter((part, index, all) => part !== 'properties' || all[index - 1] === 'properties')
    return names.map(String).join('.')
  }
  if (first === 'paths' && path.length > 3)
    return `${String(third).toUpperCase()} ${String(second)} ${path.slice(3).map(String).join('.')}`
  return path.map(String).join('.')
}
