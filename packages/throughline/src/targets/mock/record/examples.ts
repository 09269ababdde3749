import { isJsonType, nodeOf, pathOf, validatorOf } from '@throughline/core'
import type { Field, Graph, MediaType, Operation } from '@throughline/core'
import { fieldsOf } from '@throughline/core'
import { generatedValue } from '../generated.ts'
import { describedBy } from './recorded.ts'
import type { Recorded } from './recorded.ts'
import { isPlaceholder } from '@throughline/core'

/** What real answers become: examples for the contracts, as OpenAPI Overlays. */
export interface Examples {
  /** Whether the answer became an example. Not: the same again, more than three of a kind, no JSON, or it breaks the contract. */
  add(call: Recorded, graph: Graph): boolean
  /** An overlay (OpenAPI Overlay 1.0.0) for each API that has examples. */
  overlays(): ReadonlyMap<string, object>
}

interface Found {
  readonly media: MediaType
  readonly operation: Operation
  readonly status: string
  readonly values: { readonly value: unknown; readonly started: string }[]
}

const mostOfAKind = 3

/**
 * Collects answers of real backends, 2xx and 4xx, as named examples. What was redacted is replaced by made-up values that fit
 * the schema, so that the example keeps the contract and nobody is in it.
 */
export function examples(): Examples {
  const found = new Map<string, Found>()
  return {
    add(call, graph) {
      const { operation, status, responseBody } = call
      if (operation === undefined || responseBody === undefined || call.answeredBy !== 'backend')
        return false
      if (!(status < 300 || (status >= 400 && status < 500))) return false
      const described = describedBy(operation, status)
      const response = operation.responses().find((one) => one.status === described)
      const media = response?.content.find((one) => isJsonType(one.type))
      const api = nodeOf(graph, 'api', `api:${operation.api}`)
      if (described === undefined || media === undefined || operation.protocol === 'graphql')
        return false
      // An overlay changes one document, and this must be in it.
      if (
        media.site.document !== api?.contract?.root ||
        !api.contract.version.startsWith('openapi 3')
      )
        return false
      let value: unknown
      try {
        value = madeUp(JSON.parse(responseBody), fieldsOf(operation, described), 0)
      } catch {
        return false
      }
      if (
        media.schema !== undefined &&
        !validatorOf(media.schema).test(value, { direction: 'response' })
      )
        return false
      const key = `${operation.id} ${described} ${media.type}`
      const kind = found.get(key) ?? { media, operation, status: described, values: [] }
      found.set(key, kind)
      const text = JSON.stringify(value)
      if (
        kind.values.length >= mostOfAKind ||
        kind.values.some((one) => JSON.stringify(one.value) === text)
      )
        return false
      kind.values.push({ value, started: call.started })
      return true
    },
    overlays() {
      const byApi = Map.groupBy(found.values(), ({ operation }) => operation.api)
      return new Map(
        [...byApi].map(([api, kinds]) => [
          api,
          {
            overlay: '1.0.0',
            info: { title: `Recorded examples of ${api}`, version: '1.0.0' },
            actions: kinds.flatMap(actionsOf),
          },
        ]),
      )
    },
  }
}

/** What redaction took out of an answer replaced by values that the contract makes up. `status` as the contract has it. */
export function withoutPlaceholders(
  value: unknown,
  operation: Operation,
  status: string | undefined,
): unknown {
  return madeUp(value, status === undefined ? undefined : fieldsOf(operation, status), 0)
}

function actionsOf({ media, operation, status, values }: Found): readonly object[] {
  const target = jsonPath(pathOf(media.site))
  const single = media.examples.find((one) => one.name === 'example' && one.site.key === 'example')
  const recorded = values.map(({ value, started }, index) => [
    index === 0 ? 'recorded' : `recorded-${index + 1}`,
    { summary: `Recorded on ${started.slice(0, 10)}`, value },
  ])
  const update = {
    examples: {
      ...(single !== undefined && { example: { value: single.value } }),
      ...Object.fromEntries(recorded),
    },
  }
  return [
    { target, description: `${operation.api}.${operation.name}, ${status}`, update },
    // A media type has either `example` or `examples`.
    ...(single === undefined ? [] : [{ target: `${target}['example']`, remove: true }]),
  ]
}

/** RFC 9535: the short form of a name wherever it will do. */
function jsonPath(path: readonly (string | number)[]): string {
  const parts = path.map((key) => {
    if (typeof key === 'number') return `[${key}]`
    return /^[^'"\\\p{C}]*$/u.test(key) ? `['${key}']` : `[${JSON.stringify(key)}]`
  })
  return `$${parts.join('')}`
}

/** Placeholders of redaction replaced by values that the schema makes up. */
function madeUp(value: unknown, field: Field | undefined, depth: number): unknown {
  if (isPlaceholder(value))
    return field?.schema === undefined
      ? value
      : generatedValue(field.written ?? field.schema, `recorded ${field.path}`)
  if (value === null || typeof value !== 'object' || depth > 60) return value
  const children = new Map(field?.children().map((one) => [one.name, one]))
  if (Array.isArray(value))
    return value.map((one: unknown) => madeUp(one, children.get('[]'), depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      madeUp(inner, children.get(name) ?? children.get('{}'), depth + 1),
    ]),
  )
}
