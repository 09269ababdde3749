import {
  Kind,
  OperationTypeNode,
  parseConstValue,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type NamedTypeNode,
  type NameNode,
  type OperationTypeDefinitionNode,
  type StringValueNode,
  type TypeNode,
} from 'graphql'
import type { Path } from '../../text/origin.ts'
import { child, childrenOf, pathOf, type Site } from '../../text/site.ts'

/** The definitions that an introspection result stands for, and where in the JSON each of their nodes stands. */
export interface Introspected {
  readonly definitions: readonly DefinitionNode[]
  readonly pathOf: (node: object) => Path | undefined
}

/** Reads `{ __schema }` or `{ data: { __schema } }`. Parts that are missing or wrong are left out; never throws. */
export function introspected(root: Site): Introspected {
  const paths = new WeakMap<object, Path>()
  const schema = child(root, '__schema') ?? child(child(root, 'data') ?? root, '__schema')
  const definitions =
    schema === undefined
      ? []
      : definitionsIn(schema, (node, site) => {
          paths.set(node, pathOf(site))
          return node
        })
  return { definitions, pathOf: (node) => paths.get(node) }
}

type Placed = <Node extends object>(node: Node, site: Site) => Node

function definitionsIn(schema: Site, placed: Placed): readonly DefinitionNode[] {
  const definitions: DefinitionNode[] = []
  const operationTypes: OperationTypeDefinitionNode[] = []
  for (const operation of Object.values(OperationTypeNode)) {
    const site = child(schema, `${operation}Type`)
    const name = site && textIn(site, 'name')
    if (name !== undefined)
      operationTypes.push({
        kind: Kind.OPERATION_TYPE_DEFINITION,
        operation,
        type: namedType(name),
      })
  }
  if (operationTypes.length > 0)
    definitions.push(placed({ kind: Kind.SCHEMA_DEFINITION, operationTypes }, schema))
  for (const site of items(schema, 'types')) {
    const definition = typeIn(site, placed)
    if (definition !== undefined) definitions.push(placed(definition, site))
  }
  return definitions
}

const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID'])

function typeIn(site: Site, placed: Placed): DefinitionNode | undefined {
  const written = textIn(site, 'name')
  if (written === undefined || written.startsWith('__') || builtIn.has(written)) return undefined
  const head = { name: nameNode(written), ...descriptionIn(site) }
  switch (textIn(site, 'kind')) {
    case 'OBJECT':
      return {
        kind: Kind.OBJECT_TYPE_DEFINITION,
        ...head,
        interfaces: namesIn(site, 'interfaces'),
        fields: fieldsIn(site, placed),
      }
    case 'INTERFACE':
      return {
        kind: Kind.INTERFACE_TYPE_DEFINITION,
        ...head,
        interfaces: namesIn(site, 'interfaces'),
        fields: fieldsIn(site, placed),
      }
    case 'UNION':
      return { kind: Kind.UNION_TYPE_DEFINITION, ...head, types: namesIn(site, 'possibleTypes') }
    case 'ENUM':
      return {
        kind: Kind.ENUM_TYPE_DEFINITION,
        ...head,
        values: named(site, 'enumValues', placed, (one, name): EnumValueDefinitionNode => ({
          kind: Kind.ENUM_VALUE_DEFINITION,
          name,
          ...descriptionIn(one),
          ...directivesIn(one),
        })),
      }
    case 'INPUT_OBJECT':
      return {
        kind: Kind.INPUT_OBJECT_TYPE_DEFINITION,
        ...head,
        fields: inputsIn(site, 'inputFields', placed),
        directives: child(site, 'isOneOf')?.value === true ? [directive('oneOf')] : [],
      }
    case 'SCALAR': {
      const url = textIn(site, 'specifiedByURL') ?? textIn(site, 'specifiedByUrl')
      return {
        kind: Kind.SCALAR_TYPE_DEFINITION,
        ...head,
        directives: url === undefined ? [] : [directive('specifiedBy', 'url', url)],
      }
    }
    default:
      return undefined
  }
}

function fieldsIn(site: Site, placed: Placed): readonly FieldDefinitionNode[] {
  return named(site, 'fields', placed, (one, name): FieldDefinitionNode => ({
    kind: Kind.FIELD_DEFINITION,
    name,
    ...descriptionIn(one),
    ...directivesIn(one),
    arguments: inputsIn(one, 'args', placed),
    type: typeNodeIn(child(one, 'type')),
  }))
}

function inputsIn(site: Site, key: string, placed: Placed): readonly InputValueDefinitionNode[] {
  return named(site, key, placed, (one, name): InputValueDefinitionNode => {
    const defaultValue = literal(textIn(one, 'defaultValue'))
    return {
      kind: Kind.INPUT_VALUE_DEFINITION,
      name,
      ...descriptionIn(one),
      ...directivesIn(one),
      type: typeNodeIn(child(one, 'type')),
      ...(defaultValue && { defaultValue }),
    }
  })
}

function named<Node extends object>(
  site: Site,
  key: string,
  placed: Placed,
  node: (site: Site, name: NameNode) => Node,
): readonly Node[] {
  return items(site, key).flatMap((one) => {
    const name = textIn(one, 'name')
    return name === undefined ? [] : [placed(node(one, nameNode(name)), one)]
  })
}

/** `ofType` nests lists and non-nulls; real ones do so seven times at most. */
function typeNodeIn(site: Site | undefined, depth = 0): TypeNode {
  const inner = site && child(site, 'ofType')
  const kind = site && textIn(site, 'kind')
  if (inner !== undefined && depth < 50) {
    const type = typeNodeIn(inner, depth + 1)
    if (kind === 'LIST') return { kind: Kind.LIST_TYPE, type }
    if (kind === 'NON_NULL')
      return type.kind === Kind.NON_NULL_TYPE ? type : { kind: Kind.NON_NULL_TYPE, type }
  }
  return namedType((site && textIn(site, 'name')) ?? 'String')
}

function literal(text: string | undefined): ConstValueNode | undefined {
  if (text === undefined || text.length > 10_000) return undefined
  try {
    return parseConstValue(text, { noLocation: true })
  } catch {
    return undefined
  }
}

function directivesIn(site: Site): { readonly directives: readonly ConstDirectiveNode[] } {
  if (child(site, 'isDeprecated')?.value !== true) return { directives: [] }
  return { directives: [directive('deprecated', 'reason', textIn(site, 'deprecationReason'))] }
}

function directive(name: string, argument?: string, value?: string): ConstDirectiveNode {
  const written = argument !== undefined && value !== undefined
  return {
    kind: Kind.DIRECTIVE,
    name: nameNode(name),
    arguments: written
      ? [{ kind: Kind.ARGUMENT, name: nameNode(argument), value: { kind: Kind.STRING, value } }]
      : [],
  }
}

function descriptionIn(site: Site): { readonly description?: StringValueNode } {
  const value = textIn(site, 'description')
  return value === undefined ? {} : { description: { kind: Kind.STRING, value, block: true } }
}

function namesIn(site: Site, key: string): readonly NamedTypeNode[] {
  return items(site, key).flatMap((one) => {
    const name = textIn(one, 'name')
    return name === undefined ? [] : [namedType(name)]
  })
}

function items(site: Site, key: string): readonly Site[] {
  const inner = child(site, key)
  return inner !== undefined && Array.isArray(inner.value) ? [...childrenOf(inner)] : []
}

function textIn(site: Site, key: string): string | undefined {
  const value = child(site, key)?.value
  return typeof value === 'string' ? value : undefined
}

function namedType(name: string): NamedTypeNode {
  return { kind: Kind.NAMED_TYPE, name: nameNode(name) }
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value }
}
