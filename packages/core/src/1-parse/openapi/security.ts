import type { SecurityRequirement } from '../../operation/operation.ts'
import { child, isObject, type Site } from '../../text/site.ts'
import { resolve, resolveReference } from '../reference.ts'
import { objectAt, textAt, valueAt } from './own.ts'

type Alternatives = readonly (readonly SecurityRequirement[])[]

/** What a caller must show: the operation's own alternatives, else the contract's. */
export function securityOf(root: Site, operation: Site): Alternatives {
  const own = valueAt(operation.value, 'security')
  const written = own === undefined ? valueAt(root.value, 'security') : own
  if (!Array.isArray(written)) return []
  return written.filter(isObject).map((alternative) =>
    Object.keys(alternative).map((scheme) => {
      const scopes = alternative[scheme]
      const list = Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : []
      return requirementOf(scheme, list, schemeSite(root, scheme))
    }),
  )
}

function schemeSite(root: Site, name: string): Site | undefined {
  const definitions = root.document.dialect === 'swagger-2.0' ? root : objectAt(root, 'components')
  const schemes =
    definitions &&
    child(
      definitions,
      root.document.dialect === 'swagger-2.0' ? 'securityDefinitions' : 'securitySchemes',
    )
  const found = schemes && objectAt(schemes, name)
  if (found !== undefined || !/[/#.]/.test(name)) return found
  // OpenAPI 3.2: a scheme may be named by its URI.
  const target = resolveReference(root, name)
  return target && resolve(target)
}

const types = new Set<string | undefined>([
  'apiKey',
  'http',
  'oauth2',
  'openIdConnect',
  'mutualTLS',
])

function requirementOf(
  scheme: string,
  scopes: readonly string[],
  site: Site | undefined,
): SecurityRequirement {
  const type = textAt(site?.value, 'type')
  if (type === 'basic') return { scheme, type: 'http', httpScheme: 'basic', scopes }
  if (!types.has(type)) return { scheme, type: 'unknown', scopes }
  const place = textAt(site?.value, 'in')
  const name = textAt(site?.value, 'name')
  const httpScheme = textAt(site?.value, 'scheme')?.toLowerCase()
  return {
    scheme,
    type: type as SecurityRequirement['type'],
    ...((place === 'query' || place === 'header' || place === 'cookie') && { in: place }),
    ...(type === 'apiKey' && name !== undefined && { name }),
    ...(type === 'http' && httpScheme !== undefined && { httpScheme }),
    scopes,
  }
}
