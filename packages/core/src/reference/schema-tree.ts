import { typeNameOf } from '../blueprint/type-name.ts'
import type { Classes } from '../3-check/classes.ts'
import type { Operation } from '../operation/operation.ts'
import { isHeader } from '../operation/fields-of.ts'
import { normalised, parts } from '../schema/dialect.ts'
import { nameIn } from '../schema/discriminator.ts'
import type { Field } from '../schema/field.ts'
import { familyOf } from '../schema/subtypes.ts'
import { isObject, type Site } from '../text/site.ts'
import { constraintsOf } from './constraints.ts'
import { jsonText } from './json-text.ts'
import type { SchemaNode, UsedBy } from './reference.ts'

/** What is known about the fields of one tree besides their schemas. */
export interface TreeContext {
  /** Of the tree's operation; absent for a type that stands alone. */
  readonly operation?: Operation
  readonly classes: Classes
  /** Who uses what, by path; a missing path is one that `missing` names. */
  readonly users: ReadonlyMap<string, readonly UsedBy[]>
  readonly missing: ReadonlySet<string>
}

/**
 * A field with its children, `levels` deep, as far as they are not too many. The items of a list stand for the list:
 * `items` has the children of `items[]`.
 */
export function schemaNode(field: Field, context: TreeContext, levels: number): SchemaNode {
  return nodeOf(field, context, levels, { nodes: mostNodes })
}

/** How many nodes may still be opened. A GraphQL schema is a dense graph: two levels of it can be ten thousand fields. */
interface Room {
  nodes: number
}

function nodeOf(field: Field, context: TreeContext, levels: number, room: Room): SchemaNode {
  const { inner, suffix, brackets } = innermost(field)
  const opened = levels > 0 ? openedOf(field, inner, context, levels, room) : undefined
  const dataClass =
    context.operation && context.classes.classOf(context.operation, field.path, field)?.id
  const variants = variantsOf(inner)
  const hasChildren =
    opened === undefined
      ? mayHaveChildren(inner) || hasMissing(field.path, context)
      : (opened.children?.length ?? 0) > 0
  return {
    path: field.path,
    name: field.name,
    type: typeNameOf(inner) + brackets,
    base: (inner.types.length === 0 ? 'any' : inner.types.join(' | ')) + brackets,
    required: field.required,
    nullable: field.nullable,
    deprecated: field.deprecated,
    readOnly: field.readOnly,
    writeOnly: field.writeOnly,
    ...described(field, inner),
    usedBy: [
      ...(context.users.get(field.path) ?? []),
      ...(suffix === '' ? [] : (context.users.get(field.path + suffix) ?? [])),
    ],
    usedInside: usersInside(field.path, suffix, context),
    missing: false,
    hasChildren,
    ...(inner.typeName !== undefined && { typeName: inner.typeName }),
    ...(dataClass !== undefined && { class: dataClass }),
    ...(variants.length > 1 && { variants }),
    ...(hasChildren && opened),
  }
}

/** Children, and how many are left out; `undefined` where there is no more room. The first level is always open. */
function openedOf(
  field: Field,
  inner: Field,
  context: TreeContext,
  levels: number,
  room: Room,
): Pick<SchemaNode, 'children' | 'childrenMore'> | undefined {
  if (room.nodes <= 0) return undefined
  const below = inner.children().filter((one) => !isHeader(one) || field.path === one.path)
  if (below.length > room.nodes && room.nodes < mostNodes) return undefined
  const shown = below.slice(0, mostChildren)
  room.nodes -= shown.length
  const children = [
    ...shown.map((one) => nodeOf(one, context, levels - 1, room)),
    ...missingIn(field.path, below, context),
  ]
  const more = below.length - shown.length
  return { children, ...(more > 0 && { childrenMore: more }) }
}

const mostNodes = 400

/** Whether there is something to open, told by the schema alone: its children are not looked at. */
export function mayHaveChildren({ types, schema }: Field): boolean {
  if (
    schema === undefined ||
    (types.length > 0 && !types.includes('object') && !types.includes('array'))
  )
    return false
  const raw = normalised(schema).value
  return (
    isObject(raw) &&
    opening.some((keyword) =>
      isObject(raw[keyword]) ? Object.keys(raw[keyword]).length > 0 : Array.isArray(raw[keyword]),
    )
  )
}

const opening = [
  'properties',
  'items',
  'prefixItems',
  'allOf',
  'oneOf',
  'anyOf',
  'additionalProperties',
  'patternProperties',
  'required',
  'then',
  'else',
] as const

function hasMissing(path: string, { missing }: TreeContext): boolean {
  for (const one of missing) if (isBelow(one, path)) return true
  return false
}

/** More are seldom looked at, and a hostile schema has a million. */
const mostChildren = 200
const mostValues = 50

/** Through lists of lists to what is in them. */
function innermost(field: Field): {
  readonly inner: Field
  readonly suffix: string
  readonly brackets: string
} {
  let inner = field
  let suffix = ''
  let brackets = ''
  while (inner.types.length === 1 && inner.types[0] === 'array' && brackets.length < 10) {
    const item = inner.children().find((one) => one.name === '[]' && one.path.endsWith('[]'))
    if (item === undefined) break
    inner = item
    suffix += '[]'
    brackets += '[]'
  }
  return { inner, suffix, brackets }
}

function described(
  field: Field,
  inner: Field,
): Pick<SchemaNode, 'constraints' | 'enum' | 'enumMore' | 'default' | 'description' | 'format'> {
  const own = ofSchema(field)
  const each = inner === field ? undefined : ofSchema(inner)
  const values = own?.values ?? each?.values
  const description = field.description ?? inner.description
  return {
    constraints: [...(own?.words ?? []), ...(each?.words ?? []).map((words) => `each ${words}`)],
    ...(description !== undefined && { description: description.slice(0, longestDescription) }),
    ...(inner.format !== undefined && { format: inner.format }),
    ...(values !== undefined &&
      values.length > 0 && {
        enum: values.slice(0, mostValues).map((value) => jsonText(value, 200)),
      }),
    ...(values !== undefined &&
      values.length > mostValues && { enumMore: values.length - mostValues }),
    ...(own !== undefined &&
      own.defaults.length > 0 && { default: jsonText(own.defaults[0], 200) }),
  }
}

const longestDescription = 4000

function ofSchema(field: Field): ReturnType<typeof constraintsOf> | undefined {
  const schema = field.written ?? field.schema
  return schema === undefined ? undefined : constraintsOf(schema)
}

/** Names of the alternatives of a schema, or what its subtypes are told apart by. */
function variantsOf(field: Field): readonly string[] {
  let view: Site | undefined = field.written ?? field.schema
  if (view === undefined) return []
  view = normalised(view)
  const target = field.schema === undefined ? undefined : normalised(field.schema)
  const family = field.schema && familyOf(field.schema)
  if (family !== undefined) return family.subtypes.map((one) => one.tag).slice(0, mostValues)
  for (const one of target === undefined ? [view] : [view, target]) {
    for (const keyword of ['oneOf', 'anyOf']) {
      const names = parts(one, keyword)
        .slice(0, mostValues)
        .flatMap(({ value }, index) => nameOfVariant(value, index))
      if (names.length > 1) return names
    }
  }
  return []
}

function nameOfVariant(value: unknown, index: number): readonly string[] {
  if (!isObject(value) || value['type'] === 'null') return []
  const reference = value['$ref']
  const named = typeof reference === 'string' ? nameIn(reference) : undefined
  const title = typeof value['title'] === 'string' ? value['title'] : undefined
  const type = typeof value['type'] === 'string' ? value['type'] : undefined
  return [named ?? title ?? type ?? `variant ${index + 1}`]
}

function usersInside(path: string, suffix: string, { users }: TreeContext): number {
  if (users.size === 0) return 0
  const steps = new Set<string>()
  for (const [used, by] of users) {
    if (used !== path + suffix && isBelow(used, path)) for (const one of by) steps.add(one.step)
  }
  return steps.size
}

/** Needs that the contract lacks and that would stand directly here. */
function missingIn(
  path: string,
  below: readonly Field[],
  { missing, users }: TreeContext,
): readonly SchemaNode[] {
  const here = [...missing].filter(
    (one) =>
      isBelow(one, path) && !below.some((child) => child.path === one || isBelow(one, child.path)),
  )
  return here.map((one) => ({
    path: one,
    name: one.slice(path.length).replace(/^(\[\])*\.?/, '') || one,
    type: '',
    base: '',
    required: false,
    nullable: false,
    deprecated: false,
    readOnly: false,
    writeOnly: false,
    constraints: [],
    usedBy: users.get(one) ?? [],
    usedInside: 0,
    missing: true,
    hasChildren: false,
  }))
}

function isBelow(path: string, parent: string): boolean {
  if (parent === '') return path !== '' && !path.startsWith('header:')
  return (
    path.length > parent.length &&
    path.startsWith(parent) &&
    /^[.[{]/.test(path.slice(parent.length))
  )
}
