import { diagnostic, quoted, type Diagnostic } from '../../text/diagnostic.ts'
import {
  childrenOf,
  isObject,
  originOf,
  rootOf,
  type Document,
  type Site,
} from '../../text/site.ts'
import { opened } from '../document.ts'
import { parsedText } from '../parsed-text.ts'
import { holdsNames, isData, resolveReference } from '../reference.ts'
import { closest } from '../../text/suggestion.ts'

interface References {
  /** Every document of the contract, the root first. */
  readonly documents: readonly Document[]
  /** Paths of all files that it consists of, missing ones too: when one appears, the contract is another. */
  readonly files: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

/** How many references that lead nowhere are told for one file. */
const most = 100

/** Follows every reference of a contract through all its files; tells each that leads nowhere or in a circle, once. */
export function referencesOf(root: Document): References {
  const documents = new Set<Document>([root])
  const files = new Set<string>([root.file.path])
  const diagnostics: Diagnostic[] = []
  const circles = new WeakSet<object>()
  for (const document of documents) {
    const { references } = parsedText(document.file)
    const broken = new Set<string>()
    const start = rootOf(document)
    for (const reference of references) {
      if (!reference.startsWith('#')) {
        const result = opened(document, reference)
        if (result.path !== undefined) files.add(result.path)
        if ('document' in result) documents.add(result.document)
      }
      if (troubleOf(start, reference) !== undefined) broken.add(reference)
    }
    // Only now are places looked for: most contracts have no broken reference. Ids may change what a reference means.
    if (broken.size > 0) diagnostics.push(...told(document, broken, circles))
  }
  return { documents: [...documents], files: [...files], diagnostics }
}

type Trouble =
  | { readonly kind: 'unresolved'; readonly reason: string }
  | { readonly kind: 'loop'; readonly values: ReadonlySet<unknown> }

function troubleOf(site: Site, reference: string): Trouble | undefined {
  const target = resolveReference(site, reference)
  if (target === undefined) return { kind: 'unresolved', reason: reasonOf(site, reference) }
  if (!isObject(target.value) || typeof target.value['$ref'] !== 'string') return undefined
  const values = loopFrom(target)
  return values && { kind: 'loop', values }
}

/** The values of a chain of references that comes back to where it was; `undefined` where it ends. */
function loopFrom(start: Site): ReadonlySet<unknown> | undefined {
  const seen = new Set<unknown>()
  let here: Site | undefined = start
  while (here !== undefined && isObject(here.value) && typeof here.value['$ref'] === 'string') {
    if (seen.has(here.value)) return seen
    seen.add(here.value)
    here = resolveReference(here, here.value['$ref'])
  }
  return undefined
}

function reasonOf(site: Site, reference: string): string {
  const { document } = site
  const hash = reference.indexOf('#')
  const fragment = hash === -1 ? '' : reference.slice(hash + 1)
  let where: Document = document
  if (hash !== 0) {
    const result = opened(document, reference)
    if (!('document' in result)) return result.reason
    where = result.document
  }
  const place = where === document ? 'this file' : quoted(where.file.path)
  if (!fragment.startsWith('/'))
    return `names an anchor that ${place} does not have. Write $anchor: ${fragment} where it should lead.`
  return `leads nowhere: ${place} has nothing at ${quoted(fragment)}.${nearby(where, fragment)}`
}

/** Names beside the one that is missing, as advice. */
function nearby(document: Document, fragment: string): string {
  const cut = fragment.lastIndexOf('/')
  const parent = resolveReference(rootOf(document), `#${fragment.slice(0, cut)}`)
  if (parent === undefined || !isObject(parent.value))
    return ' Describe it there, or correct the reference.'
  const [best] = closest(fragment.slice(cut + 1), Object.keys(parent.value), 1)
  return best === undefined
    ? ' Describe it there, or correct the reference.'
    : ` Did you mean ${quoted(`#${fragment.slice(0, cut + 1)}${best}`)}?`
}

/** Looks for the places where the broken references stand; one diagnostic for each reference, and one for each circle. */
function told(
  document: Document,
  broken: ReadonlySet<string>,
  circles: WeakSet<object>,
): readonly Diagnostic[] {
  const sites = new Map<string, Site[]>()
  gather(rootOf(document), broken, sites)
  const diagnostics: Diagnostic[] = []
  for (const [reference, places] of sites) {
    // Seen from where it stands, an `$id` above may give it another meaning.
    const [first, ...others] = places.flatMap((place) => {
      const trouble = troubleOf(place.parent!, reference)
      return trouble === undefined ? [] : [{ place, trouble }]
    })
    if (first === undefined || diagnostics.length >= most) continue
    if (first.trouble.kind === 'loop') {
      const values = [...first.trouble.values].filter(
        (value) => typeof value === 'object' && value !== null,
      )
      if (values.some((value) => circles.has(value))) continue
      for (const value of values) circles.add(value)
    }
    const related = others
      .slice(0, 5)
      .map(({ place }) => ({ origin: originOf(place), message: 'it stands here too' }))
    const extras = related.length === 0 ? {} : { related }
    const at = originOf(first.place)
    diagnostics.push(
      first.trouble.kind === 'loop'
        ? diagnostic('TL1006', at, { reference: quoted(reference) }, extras)
        : diagnostic(
            'TL1005',
            at,
            { reference: quoted(reference), reason: first.trouble.reason },
            extras,
          ),
    )
  }
  return diagnostics
}

function gather(site: Site, broken: ReadonlySet<string>, sites: Map<string, Site[]>): void {
  for (const inner of childrenOf(site)) {
    const { value } = inner
    if (typeof value === 'string') {
      if (inner.key !== '$ref' || !broken.has(value) || holdsNames(site)) continue
      const places = sites.get(value)
      if (places === undefined) sites.set(value, [inner])
      else places.push(inner)
    } else if (value !== null && typeof value === 'object' && !isData(inner))
      gather(inner, broken, sites)
  }
}
