import { resolve } from '../1-parse/reference.ts'
import { operationIndexOf } from '../2-link/operation-index.ts'
import type { Contract } from '../operation/api.ts'
import {
  isJsonType,
  type Example,
  type MediaType,
  type Operation,
  type Parameter,
} from '../operation/operation.ts'
import type { Path } from '../text/origin.ts'
import { child, isObject, type Site } from '../text/site.ts'

/** An example and what describes it. */
export interface ContractExample {
  readonly example: Example
  readonly schema: Site
  readonly direction: 'request' | 'response'
  /** Whose example it is, in the order of the contract: several where they share it. */
  readonly operations: readonly [Operation, ...Operation[]]
}

/** The examples of all parameters, headers, requests and responses of a contract. One that several operations share comes once. */
export function contractExamples(contract: Contract): readonly ContractExample[] {
  const found: ContractExample[] = []
  const met = new Map<unknown, Map<unknown, [Operation, ...Operation[]]>>()
  for (const operation of operationIndexOf(contract).operations) {
    for (const one of examplesOf(operation)) {
      const described = meantBy(one.schema)
      const values = met.get(described) ?? new Map<unknown, [Operation, ...Operation[]]>()
      met.set(described, values)
      const known = values.get(one.example.value)
      if (known !== undefined) {
        if (known.at(-1) !== operation) known.push(operation)
        continue
      }
      const operations: [Operation] = [operation]
      values.set(one.example.value, operations)
      found.push({ ...one, operations })
    }
  }
  return found
}

/** What tells two schemas apart: where both only refer to the same one, nothing does. */
function meantBy(schema: Site): unknown {
  return isObject(schema.value) && Object.keys(schema.value).length === 1
    ? resolve(schema).value
    : schema.value
}

/** The part of an example at a path, as far as it stands in the file. */
export function partOf(example: Example, path: Path): Site {
  let here = valueSite(example)
  for (const key of path) {
    const inner = child(here, key)
    if (inner === undefined) break
    here = inner
  }
  return here
}

type Tested = Omit<ContractExample, 'operations'>

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

function valueSite({ site, value }: Example): Site {
  if (site.value === value) return site
  for (const key of ['value', 'dataValue', 'serializedValue']) {
    const inner = child(site, key)
    if (inner !== undefined && inner.value === value) return inner
  }
  return site
}
