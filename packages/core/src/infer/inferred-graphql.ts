import { Kind, OperationTypeNode, parse, print } from 'graphql'
import type { FieldNode, OperationDefinitionNode, SelectionSetNode } from 'graphql'

/** A GraphQL call as it was seen. */
export interface GraphqlCall {
  readonly query: string
  readonly operationName?: string
  readonly variables?: unknown
  readonly data?: unknown
}

/** The fields of the root that a document asks for: `query productReviews`. `undefined` where it cannot be read. */
export function rootFields(
  query: string,
  operationName?: string,
): { readonly type: 'query' | 'mutation'; readonly fields: readonly string[] } | undefined {
  const operation = operationIn(query, operationName)
  if (operation === undefined || operation.operation === OperationTypeNode.SUBSCRIPTION)
    return undefined
  return {
    type: operation.operation,
    fields: fieldsIn(operation.selectionSet).map((one) => one.name.value),
  }
}

/** SDL that every call seen fits: types by where they stand, arguments by their variables. */
export function inferredSdl(calls: readonly GraphqlCall[]): string {
  const types = new Map<string, Map<string, string>>()
  const inputs = new Map<string, Map<string, Set<unknown>>>()
  const scalars = new Set<string>()
  for (const { query, operationName, variables, data } of calls) {
    const operation = operationIn(query, operationName)
    if (operation === undefined || operation.operation === OperationTypeNode.SUBSCRIPTION) continue
    const declared = new Map<string, string>()
    for (const one of operation.variableDefinitions ?? []) {
      const type = print(one.type)
      declared.set(one.variable.name.value, type)
      const name = type.replace(/[[\]!]/g, '')
      if (BUILT_IN.has(name)) continue
      const value = own(variables, one.variable.name.value)
      const samples = (Array.isArray(value) ? value : [value]) as readonly unknown[]
      if (samples.some(isRecord)) {
        const fields = inputs.get(name) ?? new Map<string, Set<unknown>>()
        inputs.set(name, fields)
        for (const sample of samples.filter(isRecord))
          for (const [key, inner] of Object.entries(sample))
            fields.set(key, (fields.get(key) ?? new Set<unknown>()).add(inner))
      } else scalars.add(name)
    }
    const root = operation.operation === OperationTypeNode.QUERY ? 'Query' : 'Mutation'
    learn(root, operation.selectionSet, [data], declared)
  }
  const lines: string[] = []
  for (const name of scalars) if (!inputs.has(name)) lines.push(`scalar ${name}`, '')
  if (!types.has('Query')) types.set('Query', new Map([['ping', 'Boolean']]))
  for (const [name, fields] of types)
    lines.push(
      `type ${name} {`,
      ...[...fields].map(([key, type]) => `  ${key}${type.startsWith('(') ? '' : ': '}${type}`),
      '}',
      '',
    )
  for (const [name, fields] of inputs)
    lines.push(
      `input ${name} {`,
      ...[...fields].map(([key, values]) => `  ${key}: ${scalarOf([...values], key)}`),
      '}',
      '',
    )
  return lines.join('\n')

  function learn(
    type: string,
    selection: SelectionSetNode,
    samples: readonly unknown[],
    declared: ReadonlyMap<string, string>,
  ): void {
    const fields = types.get(type) ?? new Map<string, string>()
    types.set(type, fields)
    for (const field of fieldsIn(selection)) {
      const name = field.name.value
      if (name.startsWith('__')) continue
      const alias = field.alias?.value ?? name
      const values = samples.filter(isRecord).map((one) => own(one, alias))
      const isList = values.some((one) => Array.isArray(one))
      const items = values.flatMap((one): readonly unknown[] => (Array.isArray(one) ? one : [one]))
      const named = items
        .map((one) => own(one, '__typename'))
        .find((one) => typeof one === 'string')
      const inner =
        field.selectionSet === undefined
          ? scalarOf(items, name)
          : typeof named === 'string'
            ? named
            : typeName(type, name)
      if (field.selectionSet !== undefined) learn(inner, field.selectionSet, items, declared)
      const given = (field.arguments ?? []).map((one) => {
        const value = one.value
        const kind =
          value.kind === Kind.VARIABLE
            ? (declared.get(value.name.value) ?? 'String')
            : value.kind === Kind.INT
              ? 'Int'
              : value.kind === Kind.BOOLEAN
                ? 'Boolean'
                : 'String'
        return `${one.name.value}: ${kind}`
      })
      const result = isList ? `[${inner}]` : inner
      const before = fields.get(name)
      if (before === undefined || (before.endsWith('String') && result !== 'String'))
        fields.set(name, given.length === 0 ? result : `(${given.join(', ')}): ${result}`)
    }
  }
}

const BUILT_IN = new Set(['ID', 'String', 'Int', 'Float', 'Boolean'])

function typeName(parent: string, field: string): string {
  const word = field.charAt(0).toUpperCase() + field.slice(1)
  return parent === 'Query' || parent === 'Mutation' ? `${word}Result` : `${parent}${word}`
}

function scalarOf(values: readonly unknown[], name: string): string {
  const known = values.filter((one) => one !== null && one !== undefined)
  if (/^id$|Id$/.test(name) && known.every((one) => typeof one === 'string')) return 'ID'
  if (known.length === 0) return 'String'
  if (known.every((one) => typeof one === 'boolean')) return 'Boolean'
  if (known.every((one) => Number.isInteger(one))) return 'Int'
  return known.every((one) => typeof one === 'number') ? 'Float' : 'String'
}

function operationIn(query: string, name?: string): OperationDefinitionNode | undefined {
  try {
    const found = parse(query, { noLocation: true, maxTokens: 20_000 }).definitions.filter(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    )
    return found.find((one) => one.name?.value === name) ?? found[0]
  } catch {
    return undefined
  }
}

function fieldsIn(selection: SelectionSetNode): readonly FieldNode[] {
  return selection.selections.flatMap((one) =>
    one.kind === Kind.FIELD
      ? [one]
      : one.kind === Kind.INLINE_FRAGMENT
        ? fieldsIn(one.selectionSet)
        : [],
  )
}

function own(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
