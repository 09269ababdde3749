import { operationIndexOf } from '../2-link/operation-index.ts'
import {
  isJsonType,
  type Example,
  type MediaType,
  type Operation,
  type Parameter,
} from '../operation/operation.ts'
import { validatorOf } from '../schema/validate.ts'
import { sentence, type Violation } from '../schema/violation.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { child, originOf, type Site } from '../text/site.ts'
import type { ContractCheck } from './check-kind.ts'
import { operationName } from './of-call.ts'

/**
 * TL4002: an example of a parameter, header, request or response that its own schema refuses. An example that several
 * operations share is tested once.
 */
export const exampleViolatesSchema: ContractCheck = function* (contract) {
  const tested = new Map<unknown, Set<unknown>>()
  for (const operation of operationIndexOf(contract).operations) {
    for (const { example, schema, direction } of examplesOf(operation)) {
      const values = tested.get(schema.value) ?? new Set<unknown>()
      tested.set(schema.value, values)
      if (values.has(example.value)) continue
      values.add(example.value)
      const validate = validatorOf(schema)
      if (validate.test(example.value, { direction })) continue
      yield violated(operation, example, validate(example.value, { direction }))
    }
  }
}

interface Tested {
  readonly example: Example
  readonly schema: Site
  readonly direction: 'request' | 'response'
}

function* examplesOf(operation: Operation): Generator<Tested> {
  for (const parameter of operation.parameters()) yield* ofParameter(parameter, 'request')
  for (const content of operation.requestBody()?.content ?? []) yield* ofContent(content, 'request')
  for (const response of operation.responses()) {
    for (const header of response.headers) yield* ofParameter(header, 'response')
    for (const content of response.content) yield* ofContent(content, 'response')
  }
}

function* ofParameter(
  { schema, content, examples }: Parameter,
  direction: Tested['direction'],
): Generator<Tested> {
  if (content !== undefined) yield* ofContent(content, direction)
  if (schema === undefined) return
  for (const example of examples)
    if (example.value !== undefined) yield { example, schema, direction }
}

function* ofContent(
  { type, schema, examples }: MediaType,
  direction: Tested['direction'],
): Generator<Tested> {
  if (schema === undefined) return
  for (const example of examples) {
    // Text of another format (XML, CSV) says nothing about the values it stands for.
    const isText = typeof example.value === 'string' && !isJsonType(type)
    if (example.value !== undefined && !isText) yield { example, schema, direction }
  }
}

function violated(
  operation: Operation,
  example: Example,
  violations: readonly Violation[],
): Diagnostic {
  const [first] = violations
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : ''
  const name = operationName(operation)
  return diagnostic(
    'TL4002',
    originOf(wrongPart(example, first)),
    {
      example: quoted(example.name),
      operation: quoted(name),
      problem: first === undefined ? 'it is refused' : sentence(first, 'it') + more,
    },
    {
      subject: name,
      ...(first !== undefined && {
        related: [{ origin: originOf(first.schema), message: 'the schema says so here' }],
      }),
    },
  )
}

/** The part of the example that is wrong, as far as it stands in the file. */
function wrongPart(example: Example, violation: Violation | undefined): Site {
  let here = valueSite(example)
  for (const key of violation?.path ?? []) {
    const inner = child(here, key)
    if (inner === undefined) break
    here = inner
  }
  return here
}

function valueSite({ site, value }: Example): Site {
  if (site.value === value) return site
  for (const key of ['value', 'dataValue', 'serializedValue']) {
    const inner = child(site, key)
    if (inner !== undefined && inner.value === value) return inner
  }
  return site
}
