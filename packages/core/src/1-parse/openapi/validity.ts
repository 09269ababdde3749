import { validatorOf } from '../../schema/validate.ts'
import type { Violation } from '../../schema/violation.ts'
import { either, shown } from '../../schema/words.ts'
import { diagnostic, quoted, type Diagnostic } from '../../text/diagnostic.ts'
import type { Origin, Path } from '../../text/origin.ts'
import {
  child,
  descend,
  isObject,
  pathOf,
  rootOf,
  type Document,
  type Site,
} from '../../text/site.ts'
import { closest, suggestion } from '../../text/suggestion.ts'
import { branchesOf, optionsBeside } from './alternatives.ts'
import { partsInFiles } from './parts-in-files.ts'
import { textAt } from './own.ts'
import { specificationOf, specificationOfPart, type SpecificationVersion } from './specification.ts'

/**
 * TL4001: an OpenAPI document, and what it refers to in other files, against the specification's own JSON Schema. Few and
 * readable: of several possible shapes only the one that was meant is explained, and what is wrong many times is told once.
 */
export function validityOf(
  document: Document,
  documents: readonly Document[],
): readonly Diagnostic[] {
  const { version, wrong } = versionOf(document)
  const found: Found[] = wrong === undefined ? [] : [wrong]
  const check = (site: Site, specification: Site): void => {
    const violations = validatorOf(specification)(site.value)
    if (violations.length > 0) found.push(...readable(site, violations, specification.document))
  }
  check(rootOf(document), specificationOf(version))
  if (documents.length > 1) {
    for (const { site, part } of partsInFiles(documents)) {
      const specification = specificationOfPart(version, part)
      if (specification !== undefined) check(site, specification)
    }
  }
  const isVersion = (one: Found): boolean =>
    one.path.length === 1 && (one.path[0] === 'openapi' || one.path[0] === 'swagger')
  return grouped(
    wrong === undefined ? found : found.filter((one) => one === wrong || !isVersion(one)),
  ).slice(0, most)
}

/** How many diagnostics of this kind one contract gets. */
const most = 60

interface Found {
  readonly document: Document
  readonly path: Path
  readonly keyword: string
  /** Finishes the sentence that the path begins. */
  readonly words: string
  /** Whether the key is what is wrong, and not its value. */
  readonly onKey: boolean
}

function versionOf(document: Document): {
  readonly version: SpecificationVersion
  readonly wrong?: Found
} {
  const { value } = document
  const key = isObject(value) && Object.hasOwn(value, 'swagger') ? 'swagger' : 'openapi'
  const written = textAt(value, key)
  const version =
    document.dialect === 'swagger-2.0'
      ? '2.0'
      : document.dialect === 'openapi-3.0'
        ? '3.0'
        : /^3\.2(?:\.|$)/.test(written ?? '')
          ? '3.2'
          : '3.1'
  if (
    written === undefined ||
    (key === 'swagger' ? /^2(?:\.0)?$/ : /^3\.[012](?:\.|$)/).test(written)
  )
    return { version }
  const words = `is ${shown(written)}, which is no version that Throughline knows: 2.0 (as \`swagger\`), 3.0.x, 3.1.x or 3.2.x`
  return { version, wrong: { document, path: [key], keyword: 'version', words, onKey: false } }
}

function readable(
  site: Site,
  violations: readonly Violation[],
  specification: Document,
): readonly Found[] {
  const { document } = site
  const start = pathOf(site)
  return violations
    .filter((one) => !followsFromAnother(one, violations, specification) && !isShelf(site, one))
    .map((one) => {
      const onKey = isUnknownKey(one) || one.keyword === 'required'
      return {
        document,
        path: [...start, ...one.path],
        keyword: one.keyword,
        words: wordsOf(one, [...start, ...one.path]),
        onKey,
      }
    })
}

/** A file that holds one schema often keeps others beside it, for itself: that is no fault of the schema. */
function isShelf(site: Site, { path, keyword }: Violation): boolean {
  if (site.parent !== undefined || path.length !== 1 || keyword !== 'additionalProperties')
    return false
  return (
    ['definitions', '$defs', 'components', '$schema', '$id'].includes(String(path[0])) &&
    !isContract(site.value)
  )
}

function isContract(value: unknown): boolean {
  return isObject(value) && (Object.hasOwn(value, 'openapi') || Object.hasOwn(value, 'swagger'))
}

function isUnknownKey({ keyword }: Violation): boolean {
  return keyword === 'additionalProperties' || keyword === 'unevaluatedProperties'
}

/** Whether it would be gone once another violation is mended. */
function followsFromAnother(
  one: Violation,
  all: readonly Violation[],
  specification: Document,
): boolean {
  return all.some((other) => {
    if (other === one) return false
    const isSamePlace = samePath(one.path, other.path)
    if (isSamePlace && other.keyword === 'type' && one.keyword !== 'type') return true
    if (isUnknownKey(other)) return one.keyword === 'required' && isMisspelt(one, other)
    const isInside =
      other.path.length === one.path.length + 1 && samePath(one.path, other.path.slice(0, -1))
    // Of several shapes none or two fit, because a key is missing or wrong.
    if (
      (one.keyword === 'oneOf' || one.keyword === 'not') &&
      (isInside || (isSamePlace && other.keyword === 'required'))
    )
      return true
    // Without a right `in` or `type` nothing says which keys belong beside it.
    if (
      one.keyword === 'required' &&
      isInside &&
      (other.keyword === 'enum' || other.keyword === 'const')
    ) {
      const shapes = new Set(branchesOf(other.schema).map(({ branch }) => branch.value))
      return (
        shapes.size > 0 &&
        (optionsOf(other)?.length ?? 0) > 1 &&
        branchesOf(one.schema).some(({ branch }) => shapes.has(branch.value))
      )
    }
    return (
      isUnknownKey(one) &&
      besideOf(one.path, other.path) &&
      isKnownSomewhere(specification, String(one.path.at(-1)))
    )
  })
}

/** Whether the key that is missing is there, but misspelt. */
function isMisspelt(missing: Violation, unknown: Violation): boolean {
  const name = missing.expected?.replaceAll('`', '')
  return (
    name !== undefined &&
    samePath(missing.path, unknown.path.slice(0, -1)) &&
    closest(String(unknown.path.at(-1)), [name]).length > 0
  )
}

function samePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((key, index) => key === b[index])
}

/** Whether a violation is about the object that has the key, or about a value directly in it. */
function besideOf(key: Path, other: Path): boolean {
  const depth = key.length - 1
  return (
    (other.length === depth || other.length === depth + 1) &&
    key.slice(0, depth).every((part, index) => other[index] === part)
  )
}

function wordsOf(violation: Violation, path: Path): string {
  const { keyword, message, expected } = violation
  const key = String(path.at(-1))
  if (keyword === 'required') return `has no ${expected ?? 'required key'}. Add it.`
  if (isUnknownKey(violation)) {
    if (path.length === 2 && path[0] === 'paths')
      return 'does not begin with `/`, as every path must. Write it so, or begin its name with `x-`.'
    const close = suggestion(key, Object.keys(propertiesOf(violation.schema)))
    return `is no key that OpenAPI knows here.${close === '' ? ' Remove it, or begin its name with `x-`.' : close}`
  }
  if (keyword === 'enum' || keyword === 'const') {
    const options = optionsOf(violation)
    const is = /^is .*?(?=, expected )/.exec(message)?.[0]
    if (options !== undefined && is !== undefined)
      return `${is}, expected ${either(options.map((option) => shown(option)))}.`
  }
  if (keyword === 'type' && path.length === 1 && (key === 'openapi' || key === 'swagger'))
    return 'is a number. Write the version as a text, in quotes.'
  if (keyword === 'false') return 'does not belong here. Remove it.'
  return message.endsWith('.') ? message : `${message}.`
}

function propertiesOf(schema: Site): Readonly<Record<string, unknown>> {
  const properties = child(schema, 'properties')?.value
  return isObject(properties) ? properties : {}
}

/** What all shapes together would accept where a value fits none of them; `undefined` where there is only one shape. */
function optionsOf({ schema }: Violation): readonly unknown[] | undefined {
  const widest = branchesOf(schema)
    .map(optionsBeside)
    .toSorted((a, b) => b.length - a.length)[0]
  return widest === undefined || widest.length < 2 ? undefined : widest
}

const knownKeys = new WeakMap<Document, ReadonlySet<string>>()

function isKnownSomewhere(specification: Document, key: string): boolean {
  let known = knownKeys.get(specification)
  if (known === undefined) {
    const names = new Set<string>()
    const gather = (value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) gather(item)
      if (!isObject(value)) return
      if (isObject(value['properties']))
        for (const name of Object.keys(value['properties'])) names.add(name)
      for (const inner of Object.values(value)) gather(inner)
    }
    gather(specification.value)
    knownKeys.set(specification, (known = names))
  }
  return known.has(key)
}

/** The same mistake in many places is one diagnostic that names the others. */
function grouped(found: readonly Found[]): readonly Diagnostic[] {
  const groups = Map.groupBy(found, (one) =>
    JSON.stringify([
      one.document.file.path,
      one.keyword,
      one.words,
      one.onKey ? one.path.at(-1) : shapeOf(one.path),
    ]),
  )
  return [...groups.values()].flatMap((group) => {
    const distinct = [...new Map(group.map((one) => [JSON.stringify(one.path), one])).values()]
    if (distinct.length <= 3) return distinct.map((one) => tell(one, []))
    return [tell(distinct[0]!, distinct.slice(1))]
  })
}

/** A path without the names that people chose in it, roughly: its last two keys. */
function shapeOf(path: Path): string {
  return path
    .slice(-1)
    .filter((key) => typeof key === 'string')
    .join('.')
}

function tell(found: Found, others: readonly Found[]): Diagnostic {
  const more = others.length === 0 ? '' : ` The same is wrong in ${others.length} other places.`
  const related = others
    .slice(0, 5)
    .map((other) => ({ origin: originOf(other), message: `${whereOf(other)} too` }))
  const details = {
    where: whereOf(found),
    problem: `${found.words}${found.words.endsWith('.') || found.words.endsWith('?') ? '' : '.'}${more}`,
  }
  return diagnostic('TL4001', originOf(found), details, related.length === 0 ? {} : { related })
}

function whereOf({ path }: Found): string {
  let where = ''
  for (const key of path)
    where += typeof key === 'number' ? `[${key}]` : `${where === '' ? '' : '.'}${key}`
  if (where === '') return 'The contract'
  // Its end says more than its beginning.
  return quoted(where.length <= 110 ? where : `...${where.slice(-105)}`)
}

function originOf({ document, path, onKey }: Found): Origin {
  const value = descend(rootOf(document), path)?.value
  const isContainer = value !== null && typeof value === 'object'
  return {
    source: document,
    place: { kind: (onKey || isContainer) && path.length > 0 ? 'key' : 'value', path },
  }
}
