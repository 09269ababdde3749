import type { Operation, Parameter } from '../operation/operation.ts'
import { seededChoices } from '../schema/choices.ts'
import { generate } from '../schema/generate.ts'
import { constraintsOf } from './constraints.ts'

/** A value to try a parameter with. */
export function parameterValue(
  operation: Operation,
  { name, examples, schema, content }: Parameter,
): unknown {
  const given = [...examples, ...(content?.examples ?? [])].find((one) => one.value !== undefined)
  if (given !== undefined) return given.value
  const site = schema ?? content?.schema
  if (site === undefined) return name
  const [preset] = constraintsOf(site).defaults
  return (
    preset ??
    generate(site, seededChoices(`${operation.id} ${name}`), {
      direction: 'request',
      name,
      length: 1,
    })
  )
}
