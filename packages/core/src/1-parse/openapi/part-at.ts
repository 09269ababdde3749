import type { Site } from '../../text/site.ts'
import { holdsNames } from '../reference.ts'
import type { Part } from './specification.ts'

/** What a value is by the place it stands at; `undefined` where the place does not tell. */
export function partAt({ parent, key }: Site): Part | undefined {
  if (parent === undefined) return undefined
  if (holdsNames(parent)) return 'schema'
  const container = String(parent.key)
  if (Object.hasOwn(byContainer, container)) return byContainer[container]
  if (parent.parent?.key === 'callbacks') return 'path-item'
  if (key === 'requestBody') return 'request-body'
  return schemaKeys.has(key) ? 'schema' : undefined
}

const byContainer: Readonly<Record<string, Part>> = {
  paths: 'path-item',
  webhooks: 'path-item',
  pathItems: 'path-item',
  parameters: 'parameter',
  responses: 'response',
  requestBodies: 'request-body',
  headers: 'header',
  examples: 'example',
  links: 'link',
  callbacks: 'callback',
  securitySchemes: 'security-scheme',
  content: 'media-type',
  mediaTypes: 'media-type',
  schemas: 'schema',
  properties: 'schema',
  definitions: 'schema',
  $defs: 'schema',
  patternProperties: 'schema',
  dependentSchemas: 'schema',
  allOf: 'schema',
  oneOf: 'schema',
  anyOf: 'schema',
  prefixItems: 'schema',
}
const schemaKeys = new Set<string | number>([
  'schema',
  'itemSchema',
  'items',
  'not',
  'additionalProperties',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
  'unevaluatedProperties',
  'unevaluatedItems',
])
