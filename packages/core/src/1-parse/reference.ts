import { child, childrenOf, isObject, rootOf, type Document, type Site } from '../text/site.ts'
import { opened } from './document.ts'
import { decoded } from './workspace-path.ts'
import { writesIds } from './writes-ids.ts'

/**
 * Follows `$ref` (through other files, ids and anchors) to the value that is finally meant. A reference that leads
 * nowhere, or only back to itself, gives its own site: the parser reports it once, and nobody else needs to.
 */
export function resolve(site: Site): Site {
  const first = referenceOf(site)
  if (first === undefined) return site
  const seen = new Set<unknown>([site.value])
  let here = site
  for (
    let reference: string | undefined = first;
    reference !== undefined;
    reference = referenceOf(here)
  ) {
    const next = resolveReference(here, reference)
    if (next === undefined || seen.has(next.value)) return site
    if (next.value !== null && typeof next.value === 'object') seen.add(next.value)
    here = next
  }
  return here
}

/** The reference that stands at a site: `$ref`, else `$dynamicRef`. Siblings are the schema room's business (they count from 3.1 on). */
function referenceOf(site: Site): string | undefined {
  const { value } = site
  if (!isObject(value)) return undefined
  if (Object.hasOwn(value, '$ref') && typeof value['$ref'] === 'string') return value['$ref']
  if (
    Object.hasOwn(value, '$dynamicRef') &&
    typeof value['$dynamicRef'] === 'string' &&
    site.document.dialect === 'json-schema-2020-12'
  ) {
    return value['$dynamicRef']
  }
  return undefined
}

/** What a reference written at a site means, one step: the site it names, or `undefined` where there is none. */
export function resolveReference(site: Site, reference: string): Site | undefined {
  const { document } = site
  const ids = identifiersOf(document)
  if (ids !== undefined) return resolveAmongIds(site, reference, ids)
  let known = resolved.get(document)
  if (known === undefined) resolved.set(document, (known = new Map()))
  if (known.has(reference)) return known.get(reference)
  const target = resolveInFiles(document, reference)
  known.set(reference, target)
  return target
}

/**
 * What `$dynamicRef` means for a validator that knows its dynamic scope (the resources it came through, outermost first):
 * the outermost `$dynamicAnchor` of that name, if the reference leads to such an anchor at all.
 */
export function resolveDynamicReference(
  site: Site,
  reference: string,
  scope: readonly Site[],
): Site | undefined {
  const initial = resolveReference(site, reference)
  const name = reference.slice(reference.indexOf('#') + 1)
  if (initial === undefined || !isObject(initial.value) || initial.value['$dynamicAnchor'] !== name)
    return initial
  for (const outer of scope) {
    const anchors = identifiersOf(outer.document)?.dynamicAnchors.get(resourceRoot(outer).value)
    const found = anchors?.get(name)
    if (found !== undefined) return found
  }
  return initial
}

/** The schema resource a site belongs to: the nearest ancestor with `$id`, else the whole document. */
export function resourceRoot(site: Site): Site {
  const ids = identifiersOf(site.document)
  let here = site
  while (here.parent !== undefined && ids?.resources.has(here.value) !== true) here = here.parent
  return here
}

/** Fragments that are JSON pointers: RFC 6901, %-decoded as in a URI. `undefined` where the path does not exist. */
function descendPointer(root: Site, fragment: string): Site | undefined {
  if (fragment === '') return root
  if (!fragment.startsWith('/')) return undefined
  let here: Site | undefined = root
  for (const part of fragment.slice(1).split('/')) {
    const key = decoded(part).replace(/~1/g, '/').replace(/~0/g, '~')
    if (here === undefined) return undefined
    if (!Array.isArray(here.value)) here = child(here, key)
    else here = /^(?:0|[1-9]\d*)$/.test(key) ? child(here, Number(key)) : undefined
  }
  return here
}

const resolved = new WeakMap<Document, Map<string, Site | undefined>>()
const roots = new WeakMap<Document, Site>()

/** One root site for each document, so that a value reached twice by reference is the same site. */
function rootSite(document: Document): Site {
  let root = roots.get(document)
  if (root === undefined) roots.set(document, (root = rootOf(document)))
  return root
}

function split(reference: string): { readonly uri: string; readonly fragment: string } {
  const hash = reference.indexOf('#')
  return hash === -1
    ? { uri: reference, fragment: '' }
    : { uri: reference.slice(0, hash), fragment: reference.slice(hash + 1) }
}

function resolveInFiles(document: Document, reference: string): Site | undefined {
  const { uri, fragment } = split(reference)
  if (uri === '') return descendPointer(rootSite(document), fragment)
  const result = opened(document, reference)
  if (!('document' in result)) return undefined
  const other = result.document
  const ids = identifiersOf(other)
  return isPointer(fragment) || ids === undefined
    ? descendPointer(rootSite(other), fragment)
    : ids.anchors.get(other.value)?.get(decoded(fragment))
}

function isPointer(fragment: string): boolean {
  return fragment === '' || fragment.startsWith('/')
}

function resolveAmongIds(site: Site, reference: string, ids: Identifiers): Site | undefined {
  const { uri, fragment } = split(reference)
  const resource = resourceRoot(site)
  let target: Site | undefined = resource
  if (uri !== '') {
    target = ids.byUri.get(joined(ids.resources.get(resource.value) ?? site.document.base, uri))
    if (target === undefined) return resolveInFiles(site.document, reference)
  }
  if (!isPointer(fragment)) return ids.anchors.get(target.value)?.get(decoded(fragment))
  // `#/components/...` inside a schema with `$id` is strictly about that schema, but people mean the document.
  return (
    descendPointer(target, fragment) ??
    (uri === '' ? descendPointer(rootSite(site.document), fragment) : undefined)
  )
}

interface Identifiers {
  /** Values with an `$id`, and the root: their URI, resolved. */
  readonly resources: ReadonlyMap<unknown, string>
  readonly byUri: ReadonlyMap<string, Site>
  /** By the value of the resource they belong to. */
  readonly anchors: ReadonlyMap<unknown, ReadonlyMap<string, Site>>
  readonly dynamicAnchors: ReadonlyMap<unknown, ReadonlyMap<string, Site>>
}

const identifiers = new WeakMap<Document, Identifiers | null>()

/** The ids and anchors of a document; `undefined` for the many that have none, which is seen from the text alone. */
function identifiersOf(document: Document): Identifiers | undefined {
  let known = identifiers.get(document)
  if (known === undefined) {
    const { text } = document.file
    const mayHave =
      document.dialect === 'json-schema-2020-12' &&
      writesIds(document) &&
      ['$id', '$anchor', '$dynamicAnchor'].some((word) => text.includes(word))
    known = mayHave ? collect(document) : null
    identifiers.set(document, known)
  }
  return known ?? undefined
}

function collect(document: Document): Identifiers {
  const root = rootSite(document)
  const resources = new Map<unknown, string>([[document.value, document.base]])
  const byUri = new Map<string, Site>([[joined(document.base, ''), root]])
  const anchors = new Map<unknown, Map<string, Site>>()
  const dynamicAnchors = new Map<unknown, Map<string, Site>>()
  const visit = (site: Site, resource: Site, base: string): void => {
    const { value } = site
    let here = resource
    let uri = base
    if (isObject(value) && !holdsNames(site)) {
      if (typeof value['$id'] === 'string' && Object.hasOwn(value, '$id')) {
        here = site
        uri = joined(base, split(value['$id']).uri)
        resources.set(value, uri)
        byUri.set(uri, site)
      }
      for (const [keyword, map] of [
        ['$anchor', anchors],
        ['$dynamicAnchor', anchors],
        ['$dynamicAnchor', dynamicAnchors],
      ] as const) {
        const name = Object.hasOwn(value, keyword) ? value[keyword] : undefined
        if (typeof name !== 'string') continue
        let ofResource = map.get(here.value)
        if (ofResource === undefined) map.set(here.value, (ofResource = new Map()))
        if (!ofResource.has(name)) ofResource.set(name, site)
      }
    }
    for (const inner of childrenOf(site)) {
      if (inner.value === null || typeof inner.value !== 'object' || isData(inner)) continue
      visit(inner, here, uri)
    }
  }
  visit(root, root, document.base)
  return { resources, byUri, anchors, dynamicAnchors }
}

const maps = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
])

/** Whether the keys of this object are names that people chose, not keywords. */
export function holdsNames(site: Site): boolean {
  return (
    typeof site.key === 'string' &&
    maps.has(site.key) &&
    (site.parent?.parent === undefined || !holdsNames(site.parent))
  )
}

const dataKeywords = new Set([
  'example',
  'examples',
  'default',
  'const',
  'enum',
  'value',
  'dataValue',
])

/** Whether a site is data (an example, a default) and not part of the description. */
export function isData(site: Site): boolean {
  if (typeof site.key !== 'string' || site.parent === undefined || holdsNames(site.parent))
    return false
  if (site.key === 'examples') return Array.isArray(site.value)
  if (site.key.startsWith('x-')) return true
  return dataKeywords.has(site.key) && !namesIn(site.parent)
}

const named = new Set([
  'schemas',
  'responses',
  'parameters',
  'examples',
  'requestBodies',
  'headers',
  'securitySchemes',
  'links',
  'callbacks',
  'pathItems',
  'mediaTypes',
  'paths',
  'webhooks',
  'content',
  'variables',
  'mapping',
  'encoding',
  'securityDefinitions',
  'additionalOperations',
  'scopes',
])

/** Whether the keys below are names in a map of the contract: `components.schemas.example` is a schema called example. */
function namesIn(site: Site): boolean {
  return typeof site.key === 'string' && named.has(site.key) && isObject(site.value)
}

/** Joins a reference to a base that is a URI or only a workspace path. */
function joined(base: string, reference: string): string {
  const stand = 'throughline-workspace:///'
  try {
    const root = /^[a-z][a-z0-9+.-]+:/i.test(base) ? base : new URL(base, stand).href
    const url = new URL(reference, root)
    url.hash = ''
    return url.href.replace(/#$/, '')
  } catch {
    return reference === '' ? base : reference
  }
}
