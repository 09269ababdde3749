import {
  Kind,
  OperationTypeNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type NamedTypeNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
} from 'graphql'

export type TypeKind = 'scalar' | 'object' | 'interface' | 'union' | 'enum' | 'input'
type TypePart = TypeDefinitionNode | TypeExtensionNode

/** A type with all its extensions. An extension without a type counts as one: another file may hold the rest. */
export interface GraphqlType {
  readonly name: string
  readonly kind: TypeKind
  readonly parts: readonly TypePart[]
}

export interface GraphqlTypes {
  readonly types: ReadonlyMap<string, GraphqlType>
  /** Root types by operation: `query` -> `Query`, or as `schema { }` renames it. */
  readonly roots: ReadonlyMap<OperationTypeNode, string>
  /** Later definitions of a name that is taken. */
  readonly duplicates: readonly TypePart[]
  /** The object types of an interface or union; of an object type, itself. */
  readonly possible: (name: string) => readonly string[]
}

export function typesOf(definitions: readonly DefinitionNode[]): GraphqlTypes {
  const parts = new Map<string, TypePart[]>()
  const duplicates: TypePart[] = []
  const roots = new Map<OperationTypeNode, string>()
  for (const definition of definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION) {
      for (const one of definition.operationTypes ?? [])
        roots.set(one.operation, one.type.name.value)
    } else if (isTypePart(definition)) {
      const name = definition.name.value
      const known = parts.get(name)
      if (known === undefined) parts.set(name, [definition])
      else if (!isExtension(definition) && known.some((one) => !isExtension(one)))
        duplicates.push(definition)
      else if (isExtension(definition)) known.push(definition)
      else known.unshift(definition)
    }
  }
  const types = new Map<string, GraphqlType>()
  for (const [name, all] of parts) {
    const kind = kinds[all[0]!.kind]
    types.set(name, { name, kind, parts: all.filter((one) => kinds[one.kind] === kind) })
  }
  if (roots.size === 0) {
    for (const operation of Object.values(OperationTypeNode)) {
      const usual = operation[0]!.toUpperCase() + operation.slice(1)
      if (types.get(usual)?.kind === 'object') roots.set(operation, usual)
    }
  }
  return { types, roots, duplicates, possible: possibleTypes(types) }
}

/** The fields of an object or interface type, its extensions' included; nothing for other types. */
export function fieldsOf(type: GraphqlType | undefined): readonly FieldDefinitionNode[] {
  if (type === undefined) return []
  const known = fieldsOfTypes.get(type)
  if (known !== undefined) return known
  const fields = new Map<string, FieldDefinitionNode>()
  for (const part of type.parts) {
    if (!hasFields(part)) continue
    for (const field of part.fields ?? [])
      if (!fields.has(field.name.value)) fields.set(field.name.value, field)
  }
  const all = [...fields.values()]
  fieldsOfTypes.set(type, all)
  return all
}

const fieldsOfTypes = new WeakMap<GraphqlType, readonly FieldDefinitionNode[]>()

export function inputFieldsOf(type: GraphqlType): readonly InputValueDefinitionNode[] {
  const fields = new Map<string, InputValueDefinitionNode>()
  for (const part of type.parts) {
    if (
      part.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION &&
      part.kind !== Kind.INPUT_OBJECT_TYPE_EXTENSION
    )
      continue
    for (const field of part.fields ?? [])
      if (!fields.has(field.name.value)) fields.set(field.name.value, field)
  }
  return [...fields.values()]
}

export function valuesOf(type: GraphqlType): readonly EnumValueDefinitionNode[] {
  return type.parts.flatMap((part) =>
    part.kind === Kind.ENUM_TYPE_DEFINITION || part.kind === Kind.ENUM_TYPE_EXTENSION
      ? (part.values ?? [])
      : [],
  )
}

export function membersOf(type: GraphqlType): readonly NamedTypeNode[] {
  return type.parts.flatMap((part) =>
    part.kind === Kind.UNION_TYPE_DEFINITION || part.kind === Kind.UNION_TYPE_EXTENSION
      ? (part.types ?? [])
      : [],
  )
}

export function interfacesOf(type: GraphqlType): readonly NamedTypeNode[] {
  return type.parts.flatMap((part) => (hasFields(part) ? (part.interfaces ?? []) : []))
}

export function descriptionOf(type: GraphqlType): string | undefined {
  for (const part of type.parts)
    if ('description' in part && part.description) return part.description.value
  return undefined
}

export function directivesOf(type: GraphqlType): readonly ConstDirectiveNode[] {
  return type.parts.flatMap((part) => part.directives ?? [])
}

/** The text of a directive's argument, where the directive stands there. */
export function directiveText(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
  argument: string,
): string | undefined {
  const found = directives
    ?.find((one) => one.name.value === name)
    ?.arguments?.find((one) => one.name.value === argument)
  return found?.value.kind === Kind.STRING ? found.value.value : undefined
}

export function hasDirective(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): boolean {
  return directives?.some((one) => one.name.value === name) ?? false
}

/** `Review` for `[Review!]!`. */
export function namedTypeOf(type: TypeNode): NamedTypeNode {
  let here = type
  while (here.kind !== Kind.NAMED_TYPE) here = here.type
  return here
}

/** `[]` for each list around the named type. */
export function listsOf(type: TypeNode): string {
  let lists = ''
  for (let here = type; here.kind !== Kind.NAMED_TYPE; here = here.type)
    if (here.kind === Kind.LIST_TYPE) lists += '[]'
  return lists
}

const kinds: Readonly<Record<TypePart['kind'], TypeKind>> = {
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
  [Kind.SCALAR_TYPE_EXTENSION]: 'scalar',
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.OBJECT_TYPE_EXTENSION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'enum',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'input',
}

function isTypePart(definition: DefinitionNode): definition is TypePart {
  return Object.hasOwn(kinds, definition.kind)
}

function isExtension(part: TypePart): boolean {
  return part.kind.endsWith('Extension')
}

type PartWithFields = Extract<
  TypePart,
  { readonly interfaces?: readonly NamedTypeNode[] | undefined }
>

function hasFields(part: TypePart): part is PartWithFields {
  return kinds[part.kind] === 'object' || kinds[part.kind] === 'interface'
}

function possibleTypes(
  types: ReadonlyMap<string, GraphqlType>,
): (name: string) => readonly string[] {
  let implementors: Map<string, string[]> | undefined
  return (name) => {
    const type = types.get(name)
    if (type?.kind === 'object') return [name]
    if (type?.kind === 'union')
      return membersOf(type)
        .map((one) => one.name.value)
        .filter((one) => types.get(one)?.kind === 'object')
    if (type?.kind !== 'interface') return []
    if (implementors === undefined) {
      implementors = new Map()
      for (const object of types.values()) {
        if (object.kind !== 'object') continue
        for (const one of new Set(interfacesOf(object).map((node) => node.name.value))) {
          implementors.set(one, [...(implementors.get(one) ?? []), object.name])
        }
      }
    }
    return implementors.get(name) ?? []
  }
}
