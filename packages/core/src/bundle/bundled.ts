import { partAt } from '../1-parse/openapi/part-at.ts'
import type { Part } from '../1-parse/openapi/specification.ts'
import { holdsNames, isData, resolveReference } from '../1-parse/reference.ts'
import { nameIn } from '../schema/discriminator.ts'
import { deepest } from '../text/limits.ts'
import type { Path } from '../text/origin.ts'
import {
  child,
  childrenOf,
  isObject,
  pathOf,
  rootOf,
  type Document,
  type Site,
} from '../text/site.ts'

/** A contract of several files as one document. */
export interface Bundled {
  /** Plain values without cycles, of the same version as the contract. */
  readonly value: unknown
  /** References that lead nowhere and stay as they were written, and what could not be carried over. */
  readonly problems: readonly string[]
}

/** More values than this are given up: a file that is named ten thousand times is written once, but path items are not. */
const mostValues = 10_000_000

/**
 * Everything that a contract (2.0 to 3.2) refers to in other files, brought into its own components. What stands in its
 * own file stays as it is written, recursive types and the names of their schemas too; names that clash get a number.
 */
export function bundled(root: Document): Bundled {
  const problems = new Set<string>()
  const sections = root.dialect === 'swagger-2.0' ? ofSwagger : ofOpenapi
  const names = new Map<string, string>()
  const taken = new Map<string, Set<string>>()
  const moved = new Map<string, Map<string, unknown>>()
  const waiting: (() => void)[] = []
  const inside = new Set<unknown>()
  let values = 0

  const takenIn = (section: string): Set<string> => {
    let known = taken.get(section)
    if (known === undefined)
      taken.set(section, (known = new Set(Object.keys(asObject(sectionOf(root, section))))))
    return known
  }

  /** A component that is only a reference into a file takes the place of what it refers to. */
  const ownNames = new Map<unknown, Site>()
  for (const [part, section] of Object.entries(sections)) {
    const site = siteAt(rootOf(root), section)
    for (const one of site === undefined ? [] : childrenOf(site)) {
      const reference = referenceAt(one)
      if (reference === undefined || Object.keys(one.value as object).length !== 1) continue
      const target = resolveReference(one, reference)
      if (target === undefined || target.document === root) continue
      const key = keyOf(part as Part, target)
      if (names.has(key)) continue
      names.set(key, `#/${section}/${escaped(String(one.key))}`)
      ownNames.set(one.value, target)
    }
  }

  const copy = (site: Site, part: Part | undefined, depth: number): unknown => {
    const { value } = site
    if (value === null || typeof value !== 'object') return value
    values++
    if (values > mostValues || depth > deepest) {
      problems.add('The contract is too big or too deep to be written as one file.')
      return null
    }
    const own = ownNames.get(value)
    if (own !== undefined && site.document === root) return copy(own, part, depth + 1)
    if (referenceAt(site) !== undefined && !holdsNames(site)) return reference(site, part, depth)
    return inner(site, depth)
  }

  const inner = (site: Site, depth: number): unknown => {
    if (Array.isArray(site.value))
      return [...childrenOf(site)].map((one) => copy(one, partAt(one), depth + 1))
    const isForeign = site.document !== root
    const isNames = holdsNames(site)
    const entries: (readonly [string, unknown])[] = []
    for (const one of childrenOf(site)) {
      const key = String(one.key)
      if (isForeign && !isNames && placed.has(key) && typeof one.value === 'string') {
        if (key.startsWith('$dynamic'))
          problems.add(`${site.document.file.path}: ${key} is left as it is written.`)
        else continue
      }
      // Each that is referred to is a component of its own.
      if (isForeign && !isNames && (key === '$defs' || key === 'definitions')) continue
      const value = isData(one) ? plainCopy(one.value, 0) : copy(one, partAt(one), depth + 1)
      entries.push([key, value])
    }
    const made = Object.fromEntries(entries)
    return isNames ? made : withMapping(site, made)
  }

  const reference = (site: Site, part: Part | undefined, depth: number): unknown => {
    const written = referenceAt(site)!
    const rest = asObject(inner(site, depth))
    const target = resolveReference(site, written)
    if (target === undefined) {
      problems.add(`${site.document.file.path}: \`${written}\` leads nowhere and is left as it is.`)
      return rest
    }
    const address = addressOf(site, written, target, part)
    if (address !== undefined) return { ...rest, $ref: address }
    if (inside.has(target.value)) {
      problems.add(
        `${site.document.file.path}: \`${written}\` leads in a circle and is left as it is.`,
      )
      return rest
    }
    inside.add(target.value)
    const { $ref: _, ...siblings } = rest
    const brought = copy(target, part, depth + 1)
    inside.delete(target.value)
    return isObject(brought) ? { ...brought, ...siblings } : brought
  }

  /** Where the target stands in the bundle; `undefined` where the version has no place for such components. */
  const addressOf = (
    site: Site,
    written: string,
    target: Site,
    part: Part | undefined,
  ): string | undefined => {
    if (target.document === root)
      return site.document === root && (written.startsWith('#') || !isFile(written))
        ? written
        : `#${pointer(pathOf(target))}`
    const section = part === undefined ? undefined : sections[part]
    if (part === undefined || section === undefined) return undefined
    const key = keyOf(part, target)
    const known = names.get(key)
    if (known !== undefined) return known
    const name = freeName(nameIn(written) ?? part, takenIn(section))
    const address = `#/${section}/${name}`
    names.set(key, address)
    waiting.push(() => {
      const into = moved.get(section) ?? new Map<string, unknown>()
      moved.set(section, into)
      into.set(name, undefined)
      into.set(name, copy(target, part, 0))
    })
    return address
  }

  /** A discriminator tells branches by the names of their schemas: those that have another now are named. */
  const withMapping = (site: Site, made: Readonly<Record<string, unknown>>): unknown => {
    const discriminator = made['discriminator']
    if (!isObject(discriminator)) return made
    const written = asObject(discriminator['mapping'])
    const mapping: Record<string, unknown> = { ...written }
    for (const [tag, name] of Object.entries(written))
      if (typeof name === 'string') define(mapping, tag, mapped(site, name))
    const covered = new Set(Object.values(mapping))
    for (const branches of [child(site, 'oneOf'), child(site, 'anyOf')])
      for (const branch of branches === undefined ? [] : childrenOf(branches)) {
        const before = referenceAt(branch)
        const target = before === undefined ? undefined : resolveReference(branch, before)
        if (before === undefined || target === undefined) continue
        const after = addressOf(branch, before, target, 'schema')
        const tag = nameIn(before)
        if (after === undefined || tag === undefined || nameIn(after) === tag) continue
        if (!covered.has(after) && !Object.hasOwn(mapping, tag)) define(mapping, tag, after)
      }
    if (Object.keys(mapping).length === 0) return made
    const otherwise = discriminator['defaultMapping']
    return {
      ...made,
      discriminator: {
        ...discriminator,
        mapping,
        ...(typeof otherwise === 'string' && { defaultMapping: mapped(site, otherwise) }),
      },
    }
  }

  const mapped = (site: Site, name: string): string => {
    const schemas = root.dialect === 'swagger-2.0' ? 'definitions' : 'components/schemas'
    if (site.document === root && Object.hasOwn(asObject(sectionOf(root, schemas)), name))
      return name
    const candidates = /[#/.]/.test(name)
      ? [name, ...(name.includes('#') ? [] : [`#/components/schemas/${name}`])]
      : [`#/components/schemas/${name}`, `#/definitions/${name}`, `#/$defs/${name}`]
    for (const one of candidates) {
      const target = resolveReference(site, one)
      const address = target && addressOf(site, one, target, 'schema')
      if (address !== undefined) return address
    }
    return name
  }

  const document = asObject(copy(rootOf(root), undefined, 0))
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) next()
  let value: Readonly<Record<string, unknown>> = document
  for (const [section, found] of moved) value = withComponents(value, section.split('/'), found)
  return { value, problems: [...problems] }
}

/** What only says where a schema of another file is: here it is somewhere else. */
const placed: ReadonlySet<string> = new Set(['$id', '$anchor', '$dynamicRef', '$dynamicAnchor'])

const ofOpenapi: Readonly<Partial<Record<Part, string>>> = {
  schema: 'components/schemas',
  parameter: 'components/parameters',
  response: 'components/responses',
  'request-body': 'components/requestBodies',
  header: 'components/headers',
  example: 'components/examples',
  link: 'components/links',
  callback: 'components/callbacks',
  'security-scheme': 'components/securitySchemes',
}
const ofSwagger: Readonly<Partial<Record<Part, string>>> = {
  schema: 'definitions',
  parameter: 'parameters',
  response: 'responses',
}

function referenceAt({ value }: Site): string | undefined {
  if (!isObject(value) || !Object.hasOwn(value, '$ref')) return undefined
  return typeof value['$ref'] === 'string' ? value['$ref'] : undefined
}

function isFile(reference: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(reference)
}

function keyOf(part: Part, target: Site): string {
  return `${part} ${target.document.file.path}#${pointer(pathOf(target))}`
}

function freeName(wanted: string, taken: Set<string>): string {
  const base = wanted.replace(/[^\w.-]+/g, '_').slice(0, 100) || 'part'
  let name = base
  for (let number = 2; taken.has(name); number++) name = `${base}_${number}`
  taken.add(name)
  return name
}

/** A JSON pointer as it stands behind `#` (RFC 6901, 6). */
function pointer(path: Path): string {
  return path.map((one) => `/${escaped(String(one))}`).join('')
}

function escaped(key: string): string {
  return encodeURI(key.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('#', '%23')
}

function siteAt(site: Site, section: string): Site | undefined {
  let here: Site | undefined = site
  for (const key of section.split('/')) here = here && child(here, key)
  return here
}

function sectionOf(root: Document, section: string): unknown {
  return siteAt(rootOf(root), section)?.value
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}

function define(into: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true })
}

/** Data as it is; what aliases of YAML made a circle of ends. */
function plainCopy(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object') return value
  if (depth > deepest) return null
  if (Array.isArray(value)) return value.map((one) => plainCopy(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, plainCopy(one, depth + 1)]),
  )
}

function withComponents(
  value: Readonly<Record<string, unknown>>,
  [key, ...rest]: readonly string[],
  found: ReadonlyMap<string, unknown>,
): Readonly<Record<string, unknown>> {
  if (key === undefined) return { ...value, ...Object.fromEntries(found) }
  const own = Object.hasOwn(value, key) ? asObject(value[key]) : {}
  return { ...value, [key]: withComponents(own, rest, found) }
}
