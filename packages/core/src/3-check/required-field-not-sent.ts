import type { CallNode } from '../2-link/graph.ts'
import { bodyField } from '../schema/fields.ts'
import type { Field } from '../schema/field.ts'
import { mainContent, type Operation } from '../operation/operation.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { child, originOf } from '../text/site.ts'
import type { Check } from './check-kind.ts'
import { linkedCalls, operationName } from './of-call.ts'

/**
 * TL2011: a required field of the request body that the step does not send. Only where the step says what it
 * sends; path, query and header parameters are the app's own business.
 */
export const requiredFieldNotSent: Check = function* (graph) {
  for (const { step, call, operation } of linkedCalls(graph)) {
    if (call.sends.length === 0) continue
    for (const field of missingFields(call, operation)) {
      yield diagnostic(
        'TL2011',
        call.origin,
        { operation: quoted(operationName(operation)), field: quoted(field.path), step: step.name },
        {
          subject: step.name,
          ...(field.schema !== undefined && {
            related: [
              { origin: originOf(field.schema, 'key'), message: 'the field is described here' },
            ],
          }),
        },
      )
    }
  }
}

function* missingFields({ sends }: CallNode, operation: Operation): Generator<Field> {
  const paths = sends.map((one) => one.path)
  if (operation.protocol === 'graphql') {
    // Arguments of a query are like path parameters; those of a mutation are what a person fills in.
    for (const { name, required, schema } of operation.parameters()) {
      const whole = {
        ...bodyField(schema),
        path: name,
        required: required && operation.method === 'mutation',
      }
      yield* missingIn(whole, name, paths)
    }
    return
  }
  const body = operation.requestBody()
  const content = mainContent(body?.content ?? [])
  if (content === undefined) return
  for (const field of bodyField(content.schema).children())
    yield* missingIn(field, field.path, paths)
}

/** Required fields below a field that is sent in parts, or the field itself when it is not sent at all. */
function* missingIn(
  field: Field,
  path: string,
  sends: readonly string[],
  depth = 0,
): Generator<Field> {
  if (sends.includes(path) || depth > 20) return
  const inParts = sends.some((one) => one.startsWith(path) && /^[.[{]/.test(one.slice(path.length)))
  if (!inParts) {
    if (field.required && !field.readOnly && !isFixed(field) && !/[\]}]$/.test(path))
      yield { ...field, path }
    return
  }
  for (const inner of field.children()) {
    yield* missingIn(inner, joined(path, inner.name), sends, depth + 1)
  }
}

function joined(path: string, name: string): string {
  return name.startsWith('[') || name.startsWith('{') ? path + name : `${path}.${name}`
}

/** Whether the value is no choice: a constant, a single allowed value, or one that has a default. */
function isFixed({ schema }: Field): boolean {
  if (schema === undefined) return false
  const allowed = child(schema, 'enum')?.value
  return (
    child(schema, 'const') !== undefined ||
    child(schema, 'default') !== undefined ||
    (Array.isArray(allowed) && allowed.length === 1)
  )
}
