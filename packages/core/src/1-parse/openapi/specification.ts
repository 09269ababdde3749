import { child, isObject, rootOf, type Dialect, type Document, type Site } from '../../text/site.ts'
import draft04 from './specification/json-schema-draft-04.json' with { type: 'json' }
import openapi20 from './specification/openapi-2.0.json' with { type: 'json' }
import openapi30 from './specification/openapi-3.0.json' with { type: 'json' }
import openapi31 from './specification/openapi-3.1.json' with { type: 'json' }
import openapi32 from './specification/openapi-3.2.json' with { type: 'json' }
import schemaObject31 from './specification/schema-object-3.1.json' with { type: 'json' }
import schemaObject32 from './specification/schema-object-3.2.json' with { type: 'json' }

export type SpecificationVersion = '2.0' | '3.0' | '3.1' | '3.2'

/** What may stand in a file of its own, and be referred to. */
export type Part =
  | 'path-item'
  | 'operation'
  | 'parameter'
  | 'response'
  | 'request-body'
  | 'header'
  | 'schema'
  | 'example'
  | 'link'
  | 'callback'
  | 'security-scheme'
  | 'media-type'

/** The specification's own schema of a whole document. */
export function specificationOf(version: SpecificationVersion): Site {
  return root(version)
}

/** The specification's schema of one part of a document; `undefined` where that version does not have it. */
export function specificationOfPart(version: SpecificationVersion, part: Part): Site | undefined {
  const isOld = version === '2.0' || version === '3.0'
  const definitions = child(root(version), isOld ? 'definitions' : '$defs')
  const name = isOld ? oldNames[version][part] : part === 'callback' ? 'callbacks' : part
  return definitions && name !== undefined ? child(definitions, name) : undefined
}

const oldNames: Readonly<Record<'2.0' | '3.0', Partial<Record<Part, string>>>> = {
  '2.0': {
    'path-item': 'pathItem',
    operation: 'operation',
    parameter: 'parameter',
    response: 'response',
    header: 'header',
    schema: 'schema',
  },
  '3.0': {
    'path-item': 'PathItem',
    operation: 'Operation',
    parameter: 'Parameter',
    response: 'Response',
    'request-body': 'RequestBody',
    header: 'Header',
    schema: 'Schema',
    example: 'Example',
    link: 'Link',
    callback: 'Callback',
    'security-scheme': 'SecurityScheme',
    'media-type': 'MediaType',
  },
}

const roots = new Map<SpecificationVersion, Site>()

function root(version: SpecificationVersion): Site {
  let known = roots.get(version)
  if (known === undefined) roots.set(version, (known = rootOf(documentOfSpecification(version))))
  return known
}

function documentOfSpecification(version: SpecificationVersion): Document {
  switch (version) {
    case '2.0': {
      const metaschema = virtual(decided(openapi20), 'swagger-2.0')
      const draft = virtual(draft04, 'swagger-2.0')
      return {
        ...metaschema,
        open: (reference) =>
          reference.startsWith('http://json-schema.org/draft-04/schema') ? draft : undefined,
      }
    }
    case '3.0':
      return virtual(decided(openapi30), 'openapi-3.0')
    case '3.1':
      return withSchemaObject(openapi31, schemaObject31)
    case '3.2':
      return withSchemaObject(openapi32, schemaObject32)
  }
}

/**
 * `oneOf: [Parameter, Reference]` says the same as: with a `$ref` it is a Reference, else a Parameter. So nobody is told
 * that a wrong parameter lacks a `$ref`. (3.1 and 3.2 write it that way themselves.)
 */
function decided(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(decided)
  if (!isObject(schema)) return schema
  const rewritten: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) rewritten[key] = decided(value)
  const options = rewritten['oneOf']
  if (!Array.isArray(options) || options.length !== 2) return rewritten
  const reference = options.find(isReference) as unknown
  const other = options.find((option) => !isReference(option)) as unknown
  if (reference === undefined || other === undefined) return rewritten
  const { oneOf: _, ...rest } = rewritten
  const choice = [
    ['if', { type: 'object', required: ['$ref'] }],
    ['then', reference],
    ['else', other],
  ] as const
  return { ...rest, ...Object.fromEntries(choice) }
}

function isReference(option: unknown): boolean {
  return (
    isObject(option) && /^#\/definitions\/(?:Reference|jsonReference)$/.test(String(option['$ref']))
  )
}

/** From 3.1 on the specification leaves Schema Objects to JSON Schema: here both are one. */
function withSchemaObject(specification: unknown, schemaObject: unknown): Document {
  const definitions =
    isObject(specification) && isObject(specification['$defs']) ? specification['$defs'] : {}
  const inner = virtual(schemaObject, 'json-schema-2020-12')
  const value = {
    ...(specification as object),
    $defs: { ...definitions, schema: { $ref: schemaObjectName } },
  }
  return {
    ...virtual(value, 'json-schema-2020-12'),
    open: (reference) => (reference === schemaObjectName ? inner : undefined),
  }
}

const schemaObjectName = 'schema-object.json'

function virtual(value: unknown, dialect: Dialect): Document {
  const start = { line: 1, column: 1 }
  return {
    file: { path: 'specification', text: '' },
    value,
    dialect,
    base: 'specification',
    open: () => undefined,
    locate: (places) => places.map(() => ({ start, end: start })),
  }
}
