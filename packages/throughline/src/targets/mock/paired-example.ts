import type { Call, Example, Operation } from '@throughline/core'
import { isDeepStrictEqual } from 'node:util'
import { requestRead } from './request-read.ts'

/**
 * The example that the contract pairs with this very request: examples of the same name in the request and in a response
 * belong together. `undefined` where the request is none of them.
 */
export function pairedExample(operation: Operation, call: Call): string | undefined {
  let pairs = known.get(operation)
  if (pairs === undefined) known.set(operation, (pairs = pairsIn(operation)))
  if (pairs.length === 0) return undefined
  const { body, parameters } = requestRead(operation, call)
  return pairs.find(({ sent, given }) => {
    if (sent !== undefined && !isDeepStrictEqual(sent.value, body)) return false
    return given.every(([key, example]) => isDeepStrictEqual(parameters.get(key), example.value))
  })?.name
}

interface Pair {
  readonly name: string
  readonly sent: Example | undefined
  /** Parameters by `in` and name. */
  readonly given: readonly (readonly [string, Example])[]
}

const known = new WeakMap<Operation, readonly Pair[]>()

function pairsIn(operation: Operation): readonly Pair[] {
  const names = new Set(
    operation
      .responses()
      .flatMap(({ content }) => content.flatMap(({ examples }) => examples.map((one) => one.name))),
  )
  names.delete('example') // the only one of its kind: nobody named it
  if (names.size === 0) return []
  const sent = operation.requestBody()?.content.flatMap((one) => one.examples) ?? []
  return [...names].flatMap((name) => {
    const body = sent.find((one) => one.name === name && one.external === undefined)
    const given = operation.parameters().flatMap((parameter) => {
      const example = parameter.examples.find((one) => one.name === name)
      return example === undefined ? [] : [[`${parameter.in}.${parameter.name}`, example] as const]
    })
    return body === undefined && given.length === 0 ? [] : [{ name, sent: body, given }]
  })
}
