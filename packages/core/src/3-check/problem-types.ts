import { isJsonType, type Operation, type ResponseDeclaration } from '../operation/operation.ts'
import { findField } from '../schema/fields.ts'
import { bodyField } from '../schema/fields.ts'
import { child, isObject } from '../text/site.ts'

/**
 * The error statuses (as conditions: `402`, `4xx`) whose answer can be the RFC 9457 problem `type`: those whose examples
 * or schema name it; where none does, those that answer application/problem+json at all.
 */
export function problemStatuses(operation: Operation, type: string): readonly string[] {
  const errors = operation
    .responses()
    .filter((one) => /^[45]/.test(one.status) && answersProblems(one))
  const naming = errors.filter((response) => typesOf(response).some((one) => sameType(one, type)))
  return (naming.length > 0 ? naming : errors).map((one) => one.status.toLowerCase())
}

/** Whether a response can be an RFC 9457 problem. */
export function answersProblems(response: ResponseDeclaration): boolean {
  return response.content.some((one) => /^application\/problem\+json\b/i.test(one.type))
}

/** Every problem type that the examples and the schema of a response name. */
function typesOf(response: ResponseDeclaration): readonly string[] {
  const types: string[] = []
  for (const { type, schema, examples } of response.content) {
    if (!isJsonType(type)) continue
    for (const { value } of examples) {
      if (isObject(value) && typeof value['type'] === 'string') types.push(value['type'])
    }
    const found = findField(bodyField(schema), 'type')
    const field = 'field' in found ? found.field.schema : undefined
    const allowed = field && child(field, 'enum')?.value
    const only = field && child(field, 'const')?.value
    types.push(
      ...[...(Array.isArray(allowed) ? (allowed as unknown[]) : []), only].filter(
        (one) => typeof one === 'string',
      ),
    )
  }
  return types
}

/** `https://shop.example/problems/card-expired`, `/problems/card-expired` and `card-expired` are one type. */
function sameType(written: string, wanted: string): boolean {
  return written === wanted || written.endsWith(wanted.startsWith('/') ? wanted : `/${wanted}`)
}
