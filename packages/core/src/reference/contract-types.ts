import type { Contract } from '../operation/api.ts'
import { child, descend, isObject, rootOf, type Site } from '../text/site.ts'

/** Names of the schemas that a contract declares, in its order; GraphQL's own (`__Type`, `String`) left out. */
export function typeNamesOf(contract: Contract): readonly string[] {
  const schemas = schemasOf(contract)
  if (!isObject(schemas?.value)) return []
  return Object.keys(schemas.value).filter(
    (name) => contract.protocol === 'rest' || !/^__|^(String|Int|Float|Boolean|ID)$/.test(name),
  )
}

/** A schema that a contract declares, by its name. */
export function typeSite(contract: Contract, name: string): Site | undefined {
  const schemas = schemasOf(contract)
  return schemas && child(schemas, name)
}

function schemasOf({ protocol, root }: Contract): Site | undefined {
  const whole = rootOf(root)
  if (protocol === 'graphql') return child(whole, '$defs')
  return descend(whole, ['components', 'schemas']) ?? child(whole, 'definitions')
}
