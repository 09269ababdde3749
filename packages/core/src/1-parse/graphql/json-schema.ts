import {
  Kind,
  valueFromASTUntyped,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql'
import type { JsonSchema } from '../shape.ts'
import { lazily } from './lazily.ts'
import { scalarSchema, standardScalars } from './scalars.ts'
import {
  descriptionOf,
  directivesOf,
  directiveText,
  fieldsOf,
  hasDirective,
  inputFieldsOf,
  valuesOf,
  type GraphqlType,
  type GraphqlTypes,
  type TypeKind,
} from './types.ts'

/** Every type of the schema as JSON Schema 2020-12, by name; each is made when somebody looks at it. */
export function schemasOf(types: GraphqlTypes): JsonSchema {
  return lazily(types.types.keys(), (name) => schemaOf(types.types.get(name)!, types))
}

/** A field of an object: all that its type can give. Fields of a GraphQL answer are there whenever they were asked for. */
export function resultSchema(
  types: GraphqlTypes,
  { type, description, directives }: FieldDefinitionNode,
): JsonSchema {
  return { ...referenceTo(type, types, false), ...notes(description?.value, directives) }
}

/** An argument, or a field of an input object. */
export function inputSchema(
  types: GraphqlTypes,
  { type, description, directives, defaultValue }: InputValueDefinitionNode,
): JsonSchema {
  return {
    ...referenceTo(type, types, true),
    ...notes(description?.value, directives),
    ...(defaultValue && { default: valueFromASTUntyped(defaultValue) }),
  }
}

export function isRequired({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined
}

function schemaOf(type: GraphqlType, types: GraphqlTypes): JsonSchema {
  const description = descriptionOf(type)
  return {
    ...(description !== undefined && { description }),
    ...schemaOfKind[type.kind](type, types),
  }
}

const schemaOfKind: Readonly<
  Record<TypeKind, (type: GraphqlType, types: GraphqlTypes) => JsonSchema>
> = {
  scalar: (type) =>
    scalarSchema(type.name, directiveText(directivesOf(type), 'specifiedBy', 'url')),
  enum: (type) => ({ type: 'string', enum: valuesOf(type).map((value) => value.name.value) }),
  union: (type, types) => oneOfTypes(type.name, types),
  object: objectSchema,
  interface: (type, types) => ({ ...objectSchema(type, types), ...oneOfTypes(type.name, types) }),
  input: inputObjectSchema,
}

function inputObjectSchema(type: GraphqlType, types: GraphqlTypes): JsonSchema {
  const fields = inputFieldsOf(type)
  return {
    type: 'object',
    properties: lazily(
      fields.map((field) => field.name.value),
      (_, index) => inputSchema(types, fields[index]!),
    ),
    required: fields.filter(isRequired).map((field) => field.name.value),
    additionalProperties: false,
    ...(hasDirective(directivesOf(type), 'oneOf') && { minProperties: 1, maxProperties: 1 }),
  }
}

function objectSchema(type: GraphqlType, types: GraphqlTypes): JsonSchema {
  const fields = fieldsOf(type)
  const names = fields.map((field) => field.name.value)
  return {
    type: 'object',
    properties: lazily(names, (_, index) => resultSchema(types, fields[index]!)),
    required: names,
  }
}

/** Which of its object types an abstract type is, told by `__typename`. */
function oneOfTypes(name: string, types: GraphqlTypes): JsonSchema {
  const possible = types.possible(name)
  if (possible.length === 0) return { type: 'object' }
  return {
    type: 'object',
    oneOf: possible.map((one) => ({
      $ref: referenceOf(one),
      properties: { __typename: { const: one } },
      required: ['__typename'],
    })),
    discriminator: {
      propertyName: '__typename',
      mapping: Object.fromEntries(possible.map((one) => [one, referenceOf(one)])),
    },
  }
}

function referenceTo(type: TypeNode, types: GraphqlTypes, isInput: boolean): JsonSchema {
  if (type.kind === Kind.NON_NULL_TYPE) return present(type.type, types, isInput)
  const schema = present(type, types, isInput)
  if (typeof schema['type'] === 'string') return { ...schema, type: [schema['type'], 'null'] }
  if (Array.isArray(schema['type']))
    return { ...schema, type: [...(schema['type'] as readonly unknown[]), 'null'] }
  return '$ref' in schema ? { anyOf: [schema, { type: 'null' }] } : schema
}

function present(type: TypeNode, types: GraphqlTypes, isInput: boolean): JsonSchema {
  if (type.kind === Kind.NON_NULL_TYPE) return present(type.type, types, isInput)
  if (type.kind === Kind.LIST_TYPE)
    return { type: 'array', items: referenceTo(type.type, types, isInput) }
  const name = type.name.value
  if (types.types.has(name)) return { $ref: referenceOf(name) }
  // An ID may be sent as a number, and is always answered as text (section 3.5.5).
  if (name === 'ID' && isInput) return { type: ['string', 'integer'] }
  return standardScalars.get(name) ?? {}
}

function referenceOf(type: string): string {
  return `#/$defs/${type}`
}

function notes(
  description: string | undefined,
  directives: FieldDefinitionNode['directives'],
): JsonSchema {
  const reason = directiveText(directives, 'deprecated', 'reason')
  return {
    ...(description !== undefined && { description }),
    ...(hasDirective(directives, 'deprecated') && {
      deprecated: true,
      ...(reason !== undefined && { 'x-deprecation-reason': reason }),
    }),
  }
}
