import { isObject, type Site } from '../text/site.ts'
import { resolveReference } from '../1-parse/reference.ts'

/** OpenAPI's discriminator object, its own words checked. */
export interface Discriminator {
  readonly propertyName: string
  readonly mapping: ReadonlyMap<string, string>
  /** OpenAPI 3.2: the schema to use when the tag is absent or unknown. */
  readonly defaultMapping?: string
}

export function discriminatorOf(view: Site): Discriminator | undefined {
  const raw = isObject(view.value) ? view.value['discriminator'] : undefined
  if (!isObject(raw) || typeof raw['propertyName'] !== 'string') return undefined
  const mapping = isObject(raw['mapping']) ? raw['mapping'] : {}
  return {
    propertyName: raw['propertyName'],
    mapping: new Map(
      Object.entries(mapping).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
    ...(typeof raw['defaultMapping'] === 'string' && { defaultMapping: raw['defaultMapping'] }),
  }
}

/** Which branch the tag in a value chooses. `cannot-say`: the tag names a schema that is none of the branches. */
export type Chosen =
  | { readonly kind: 'branch'; readonly index: number }
  | { readonly kind: 'unknown'; readonly tag: unknown; readonly known: readonly string[] }
  | { readonly kind: 'cannot-say' }

/** The branch of `anyOf`/`oneOf` that a discriminator chooses for a value (OpenAPI 3.2, 4.25). */
export function branchFor(
  view: Site,
  discriminator: Discriminator,
  value: Readonly<Record<string, unknown>>,
  branches: readonly Site[],
): Chosen {
  const tag = Object.hasOwn(value, discriminator.propertyName)
    ? value[discriminator.propertyName]
    : undefined
  const tags = tagsOf(view, discriminator, branches)
  const found = typeof tag === 'string' ? tags.get(tag) : undefined
  if (found !== undefined)
    return found < 0 ? { kind: 'cannot-say' } : { kind: 'branch', index: found }
  if (discriminator.defaultMapping !== undefined) {
    const index = branchOf(view, discriminator.defaultMapping, branches)
    return index < 0 ? { kind: 'cannot-say' } : { kind: 'branch', index }
  }
  if (tags.size === 0) return { kind: 'cannot-say' }
  return { kind: 'unknown', tag, known: [...tags.keys()] }
}

/** Every tag value and the index of its branch: the mapping first, then the names of the referenced schemas. */
export function tagsOf(
  view: Site,
  discriminator: Discriminator,
  branches: readonly Site[],
): ReadonlyMap<string, number> {
  const tags = new Map<string, number>()
  for (const [tag, target] of discriminator.mapping) tags.set(tag, branchOf(view, target, branches))
  const mapped = new Set(tags.values())
  branches.forEach((branch, index) => {
    const reference = isObject(branch.value) ? branch.value['$ref'] : undefined
    if (typeof reference !== 'string' || mapped.has(index)) return
    const name = nameIn(reference)
    if (name !== undefined && !tags.has(name)) tags.set(name, index)
  })
  return tags
}

/** `#/components/schemas/Card` -> `Card`, `card.yaml` -> `card`. */
export function nameIn(reference: string): string | undefined {
  const last = reference.split(/[#/]/).at(-1)
  if (last === undefined || last === '') return undefined
  const name = last
    .replace(/\.(ya?ml|json)$/i, '')
    .replaceAll('~1', '/')
    .replaceAll('~0', '~')
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

function branchOf(view: Site, target: string, branches: readonly Site[]): number {
  const byReference = branches.findIndex(
    (branch) => isObject(branch.value) && branch.value['$ref'] === target,
  )
  if (byReference >= 0) return byReference
  const byName = branches.findIndex((branch) => {
    const reference = isObject(branch.value) ? branch.value['$ref'] : undefined
    return typeof reference === 'string' && nameIn(reference) === target
  })
  if (byName >= 0) return byName
  const site = resolveReference(view, target)
  if (site === undefined) return -1
  return branches.findIndex((branch) => {
    const reference = isObject(branch.value) ? branch.value['$ref'] : undefined
    return (
      typeof reference === 'string' && resolveReference(branch, reference)?.value === site.value
    )
  })
}
