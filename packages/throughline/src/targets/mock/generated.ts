import { bodyField } from '@throughline/core'
import type { Field, Site } from '@throughline/core'
import { hashOf } from './chance.ts'

/** A value made up for a schema: the same seed gives the same value, in any process. */
export function generatedValue(schema: Site, seed: string): unknown {
  return valueOf(bodyField(schema), seed, 0)
}

function valueOf(field: Field, seed: string, depth: number): unknown {
  const own = `${seed}.${field.name}`
  const children = depth > 4 ? [] : field.children()
  switch (field.types[0]) {
    case 'object':
      return Object.fromEntries(
        children
          .filter((one) => one.name !== '{}')
          .map((one) => [one.name, valueOf(one, own, depth + 1)]),
      )
    case 'array':
      return children.slice(0, 1).map((one) => valueOf(one, own, depth + 1))
    case 'integer':
    case 'number':
      return hashOf(own) % 100
    case 'boolean':
      return hashOf(own) % 2 === 1
    case 'string':
      return `${field.name || 'text'} ${hashOf(own) % 1000}`
    default:
      return {}
  }
}
