import { isMap, isScalar, LineCounter, parseAllDocuments, type Document } from 'yaml'
import type { Origin } from '../text/origin.ts'
import { isObject } from '../text/site.ts'
import type { SourceFile } from '../text/source.ts'

/** An API or a component of a Backstage `catalog-info.yaml`. */
export interface CatalogEntity {
  readonly kind: 'API' | 'Component'
  readonly name: string
  /** `service`, `website`, `openapi`... */
  readonly type?: string
  /** As written: `orders`, `group:default/orders`, `user:ann`. */
  readonly owner?: string
  /** Where the owner stands, or the entity where it has none. */
  readonly origin: Origin
  /** The file of `spec.definition`, as written; an address where it is one. */
  readonly definition?: string
  /** Names without kind and namespace. */
  readonly provides: readonly string[]
  readonly consumes: readonly string[]
}

/**
 * The APIs and components of a `catalog-info.yaml` with any number of documents. Other kinds, documents that are no YAML and
 * what has no name are passed over: the file is Backstage's to judge.
 */
export function catalogEntities(file: SourceFile): readonly CatalogEntity[] {
  if (file.text.length > mostCharacters) return []
  const counter = new LineCounter()
  const documents = parseAllDocuments(file.text, { lineCounter: counter, logLevel: 'silent' })
  if (!Array.isArray(documents)) return []
  return (documents as readonly Document.Parsed[])
    .slice(0, mostEntities)
    .flatMap((one) => entityOf(file, counter, one) ?? [])
}

const mostCharacters = 2_000_000
const mostEntities = 2_000

function entityOf(
  file: SourceFile,
  counter: LineCounter,
  document: Document.Parsed,
): CatalogEntity | undefined {
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  const value = valueOf(document)
  const kind = own(value, 'kind')
  const spec = own(value, 'spec')
  const name = own(own(value, 'metadata'), 'name')
  if ((kind !== 'API' && kind !== 'Component') || typeof name !== 'string') return undefined
  const owner = textIn(spec, 'owner')
  const type = textIn(spec, 'type')
  const definition = fileIn(own(spec, 'definition'))
  const node: unknown = owner === undefined ? undefined : document.getIn(['spec', 'owner'], true)
  const range = isScalar(node) ? node.range : document.contents.range
  return {
    kind,
    name,
    origin: originIn(file, counter, range?.[0] ?? 0, range?.[1] ?? 0),
    ...(owner !== undefined && { owner }),
    ...(type !== undefined && { type }),
    ...(definition !== undefined && { definition }),
    provides: namesIn(own(spec, 'providesApis')),
    consumes: namesIn(own(spec, 'consumesApis')),
  }
}

/** Aliases that blow up are worth nothing here. */
function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

function originIn(file: SourceFile, counter: LineCounter, start: number, end: number): Origin {
  const at = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = counter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const range = { start: at(start), end: at(end) }
  return {
    source: { file, locate: (places) => places.map(() => range) },
    place: { kind: 'offsets', start, end },
  }
}

/** `{ $text: ./store.yaml }`, and Backstage's other placeholders that name a file. */
function fileIn(definition: unknown): string | undefined {
  for (const key of ['$text', '$openapi', '$yaml', '$json']) {
    const found = textIn(definition, key)
    if (found !== undefined) return found
  }
  return undefined
}

/** `api:default/store`, `default/store`, `store`: each is `store`. */
function namesIn(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return []
  return (list as readonly unknown[])
    .filter((one) => typeof one === 'string')
    .map((one) => one.slice(Math.max(one.lastIndexOf('/'), one.lastIndexOf(':')) + 1))
}

function textIn(value: unknown, key: string): string | undefined {
  const found = own(value, key)
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined
}

function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
