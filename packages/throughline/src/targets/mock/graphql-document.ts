import { Kind } from 'graphql'
import type {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql'
import type { Contract, Operation } from '@throughline/core'

/** The fields that an operation asks for at the top, in its fragments too. */
export function topFields(
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly FieldNode[] {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  )
  return fieldsIn(operation.selectionSet, fragments, 0)
}

function fieldsIn(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  depth: number,
): readonly FieldNode[] {
  if (depth > 20) return []
  return selections.flatMap((one) => {
    if (one.kind === Kind.FIELD) return [one]
    const { selectionSet } =
      one.kind === Kind.INLINE_FRAGMENT ? one : (fragments.get(one.name.value) ?? {})
    return selectionSet === undefined ? [] : fieldsIn(selectionSet, fragments, depth + 1)
  })
}

/** The name that a field has in the answer. */
export function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value
}

/** The operation of a contract that a field at the top is. */
export function operationNamed(
  contract: Contract,
  operation: OperationDefinitionNode,
  { name }: FieldNode,
): Operation | undefined {
  const method: string = operation.operation
  return contract.operations.find((one) => one.method === method && one.path === name.value)
}
