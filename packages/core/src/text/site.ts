import type { Origin, Path, Source } from './origin.ts'

/** How JSON Schema is written in a document: normalised to 2020-12 when a schema is looked at (`schema/dialect.ts`). */
export type Dialect = 'swagger-2.0' | 'openapi-3.0' | 'json-schema-2020-12'

/** A parsed file: plain values, and the way back to their positions. */
export interface Document extends Source {
  /** JSON-like: what `JSON.parse` could have given. Cycles and shared objects only through YAML aliases. */
  readonly value: unknown
  readonly dialect: Dialect
  /** The document's own base URI for references: its workspace path, or `$self` (OpenAPI 3.2). */
  readonly base: string
  /** Opens another document relative to this one; `undefined` where it can't be read (that is reported once, by the parser). */
  open(reference: string): Document | undefined
}

/**
 * A value inside a document, and how we got there. Walking costs one small object per step;
 * the path and its position are computed only when somebody asks.
 */
export interface Site {
  readonly document: Document
  readonly value: unknown
  readonly parent: Site | undefined
  readonly key: string | number
}

export function rootOf(document: Document): Site {
  return { document, value: document.value, parent: undefined, key: '' }
}

/** The value under `key`, or `undefined` where there is none (own properties only: contracts are untrusted). */
export function child(site: Site, key: string | number): Site | undefined {
  const { value } = site
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
  const inner: unknown = (value as Record<string | number, unknown>)[key]
  return { document: site.document, value: inner, parent: site, key }
}

/** Every value directly below: properties of an object, items of an array. */
export function* childrenOf(site: Site): Generator<Site> {
  const { value, document } = site
  if (Array.isArray(value)) {
    for (let key = 0; key < value.length; key++) {
      yield { document, value: value[key] as unknown, parent: site, key }
    }
  } else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      yield { document, value: inner as unknown, parent: site, key }
    }
  }
}

export function descend(site: Site, path: Path): Site | undefined {
  let here: Site | undefined = site
  for (const key of path) {
    if (here === undefined) return undefined
    here = child(here, key)
  }
  return here
}

export function pathOf(site: Site): Path {
  const path: (string | number)[] = []
  for (let here = site; here.parent !== undefined; here = here.parent) path.push(here.key)
  return path.toReversed()
}

export function originOf(site: Site, kind: 'key' | 'value' = 'value'): Origin {
  return { source: site.document, place: { kind, path: pathOf(site) } }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
