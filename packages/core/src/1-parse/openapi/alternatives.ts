import {
  child,
  childrenOf,
  descend,
  isObject,
  rootOf,
  type Document,
  type Site,
} from '../../text/site.ts'

/** One of several shapes that a specification allows, and the way from it to the schema in question. */
interface Branch {
  readonly branch: Site
  readonly inner: readonly (string | number)[]
}

/** The branches of `oneOf` or `anyOf` that a schema of a specification stands in, innermost first. */
export function branchesOf(schema: Site): readonly Branch[] {
  const branches: Branch[] = []
  const inner: (string | number)[] = []
  const isDefinitions = (key: string | number): boolean => key === 'definitions' || key === '$defs'
  for (let here = schema; here.parent !== undefined; here = here.parent) {
    const { parent } = here
    if (typeof here.key === 'number' && (parent.key === 'oneOf' || parent.key === 'anyOf'))
      branches.push({ branch: here, inner: [...inner] })
    else if (isDefinitions(parent.key) && parent.parent?.parent === undefined) {
      for (const user of usersOf(schema.document).get(String(here.key)) ?? [])
        branches.push({ branch: user, inner: [...inner] })
    }
    inner.unshift(here.key)
  }
  return branches
}

/** What all the shapes beside a branch accept together at the same inner place: `in` is path, query, header or cookie. */
export function optionsBeside({ branch, inner }: Branch): readonly unknown[] {
  const options = new Set<unknown>()
  for (const sibling of childrenOf(branch.parent!)) gather(sibling, inner, options, 0)
  return [...options]
}

function gather(
  branch: Site,
  inner: readonly (string | number)[],
  options: Set<unknown>,
  depth: number,
): void {
  if (depth > 5) return
  const target = definitionOf(branch)
  const value = descend(target, inner)?.value
  if (isObject(value)) {
    if (Array.isArray(value['enum'])) for (const option of value['enum']) options.add(option)
    else if (Object.hasOwn(value, 'const')) options.add(value['const'])
  }
  const further = child(target, 'oneOf')
  if (further !== undefined)
    for (const one of childrenOf(further)) gather(one, inner, options, depth + 1)
}

function definitionOf(branch: Site): Site {
  const reference = isObject(branch.value) ? branch.value['$ref'] : undefined
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return branch
  return descend(rootOf(branch.document), reference.slice(2).split('/')) ?? branch
}

const users = new WeakMap<Document, ReadonlyMap<string, readonly Site[]>>()

/** Where the definitions of a specification are one of several shapes. */
function usersOf(document: Document): ReadonlyMap<string, readonly Site[]> {
  let known = users.get(document)
  if (known === undefined) {
    const found = new Map<string, Site[]>()
    const visit = (site: Site): void => {
      for (const inner of childrenOf(site)) {
        if (inner.value === null || typeof inner.value !== 'object') continue
        const reference = isObject(inner.value) ? inner.value['$ref'] : undefined
        if (
          typeof reference === 'string' &&
          typeof inner.key === 'number' &&
          site.key === 'oneOf'
        ) {
          const name = reference.slice(reference.lastIndexOf('/') + 1)
          found.set(name, [...(found.get(name) ?? []), inner])
        }
        visit(inner)
      }
    }
    visit(rootOf(document))
    users.set(document, (known = found))
  }
  return known
}
