import { isData } from '../1-parse/reference.ts'
import { deepest } from '../text/limits.ts'
import {
  child,
  childrenOf,
  descend,
  isObject,
  rootOf,
  type Document,
  type Site,
} from '../text/site.ts'

/**
 * A contract of one file without the components that nothing leads to. Subtypes of a kept type with a discriminator stay:
 * a tag leads to them by name. A contract with ids or anchors is left as it is, since any of them may be meant.
 */
export function withoutUnused(document: Document): unknown {
  const { text } = document.file
  if (/"\$(?:id|anchor|dynamicRef)"/.test(text) || !isObject(document.value)) return document.value
  const root = rootOf(document)
  const sections =
    document.dialect === 'swagger-2.0'
      ? ['definitions', 'parameters', 'responses', 'securityDefinitions'].map((one) => [one])
      : Object.keys(child(root, 'components')?.value ?? {}).map((one) => ['components', one])
  const schemas = document.dialect === 'swagger-2.0' ? 'definitions' : 'components/schemas'
  const security =
    document.dialect === 'swagger-2.0' ? 'securityDefinitions' : 'components/securitySchemes'
  const components = new Map<string, Site>()
  for (const path of sections) {
    if (path.at(-1)!.startsWith('x-')) continue
    for (const one of childrenOf(descend(root, path) ?? root))
      if (descend(root, path) !== undefined) components.set(`${path.join('/')}/${one.key}`, one)
  }
  const reached = new Set<string>()
  const tagged = new Set<string>()
  const waiting: Site[] = []
  const reach = (name: string): void => {
    const site = components.get(name)
    if (site === undefined || reached.has(name)) return
    reached.add(name)
    if (isObject(site.value) && Object.hasOwn(site.value, 'discriminator')) tagged.add(name)
    waiting.push(site)
  }
  const look = (site: Site, depth: number): void => {
    const { value } = site
    if (value === null || typeof value !== 'object' || depth > deepest) return
    if (isObject(value)) {
      if (typeof value['$ref'] === 'string') reach(componentOf(value['$ref']))
      if (Array.isArray(value['security']))
        for (const one of value['security'] as readonly unknown[])
          for (const name of isObject(one) ? Object.keys(one) : []) reach(`${security}/${name}`)
      if (site.key === 'discriminator') {
        const mapping = isObject(value['mapping']) ? Object.values(value['mapping']) : []
        for (const one of [...mapping, value['defaultMapping']])
          if (typeof one === 'string') {
            reach(componentOf(one))
            reach(`${schemas}/${one}`)
          }
      }
    }
    for (const one of childrenOf(site)) if (!isData(one)) look(one, depth + 1)
  }
  for (const one of childrenOf(root))
    if (!sections.some(([first]) => first === one.key)) look(one, 0)
  // `security` of the whole contract stands at the root itself.
  const own = document.value['security']
  for (const one of Array.isArray(own) ? (own as readonly unknown[]) : [])
    for (const name of isObject(one) ? Object.keys(one) : []) reach(`${security}/${name}`)
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) look(next, 0)
    for (const [name, site] of components)
      if (!reached.has(name) && parentsOf(site).some((one) => tagged.has(one))) {
        reach(name)
        tagged.add(name)
      }
  }
  let value: Readonly<Record<string, unknown>> = document.value
  for (const path of sections)
    value = keeping(value, path, (name) => {
      const full = `${path.join('/')}/${name}`
      return !components.has(full) || reached.has(full)
    })
  return value
}

/** `#/components/schemas/Basket/properties/items` -> `components/schemas/Basket`. */
function componentOf(reference: string): string {
  const parts = reference.replace(/^#\//, '').split('/').map(plain)
  return parts.slice(0, parts[0] === 'components' ? 3 : 2).join('/')
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
  } catch {
    return part
  }
}

function parentsOf({ value }: Site): readonly string[] {
  const all: unknown = isObject(value) ? value['allOf'] : undefined
  return (Array.isArray(all) ? all : []).flatMap((one: unknown) =>
    isObject(one) && typeof one['$ref'] === 'string' ? [componentOf(one['$ref'])] : [],
  )
}

function keeping(
  value: Readonly<Record<string, unknown>>,
  [key, ...rest]: readonly string[],
  keeps: (name: string) => boolean,
): Readonly<Record<string, unknown>> {
  const inner = key === undefined || !Object.hasOwn(value, key) ? undefined : value[key]
  if (key === undefined || !isObject(inner)) return value
  const left =
    rest.length > 0
      ? keeping(inner, rest, keeps)
      : Object.fromEntries(Object.entries(inner).filter(([name]) => keeps(name)))
  if (Object.keys(left).length > 0 || Object.keys(inner).length === 0)
    return { ...value, [key]: left }
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
}
