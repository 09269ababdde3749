import type { Contract } from '../operation/api.ts'
import type { Field } from '../schema/field.ts'
import { globOf } from '../text/glob.ts'
import { lastName } from './classes.ts'
import { matchingFields, type MatchingField } from './matching-fields.ts'
import { operationName } from './of-call.ts'

/** The fields of a contract that a pattern of the policy's `validation` is about: by their path, or by operation and path. */
export function coveredFields(contract: Contract, match: string): readonly MatchingField[] {
  const matches = globOf(match, '.')
  const [step] = /(?:\[\]|\{\})$/.exec(match) ?? []
  const named = globOf(step ?? lastName(match), '.')
  const wanted = { key: `validation ${match}`, matches: (field: Field) => named(field.name) }
  return matchingFields(contract, wanted).filter(
    (one) => matches(one.path) || matches(`${operationName(one.operation)}.${one.path}`),
  )
}
