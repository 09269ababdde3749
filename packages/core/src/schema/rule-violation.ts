import type { Site } from '../text/site.ts'
import { bodyField } from './fields.ts'
import type { Field } from './field.ts'
import { heldTo, type Rules } from './rules.ts'
import { validatorOf } from './validate.ts'
import type { Violation } from './violation.ts'

/** The first place where a value breaks a rule that its schema's document is held to, whatever the schema itself says. */
export function ruleViolation(
  schema: Site,
  value: unknown,
  direction: 'request' | 'response',
): Violation | undefined {
  const rules = heldTo(schema.document)
  return rules && broken(bodyField(schema, { direction }), value, [], rules)
}

const deepest = 40

function broken(
  field: Field,
  value: unknown,
  path: readonly (string | number)[],
  rules: Rules,
): Violation | undefined {
  if (value === null || path.length > deepest) return undefined
  const written = field.writtenTogether ?? (field.written ? [field.written] : [])
  for (const asked of rules.askedOf(written) ?? []) {
    const [first] = validatorOf(asked)(value, { all: false })
    if (first !== undefined) return { ...first, path: [...path, ...first.path] }
  }
  if (typeof value !== 'object') return undefined
  const children = new Map(field.children().map((one) => [one.name, one]))
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...(value as readonly unknown[]).entries()]
    : Object.entries(value)
  for (const [key, inner] of entries) {
    const child =
      typeof key === 'number' ? children.get('[]') : (children.get(key) ?? children.get('{}'))
    const found = child && broken(child, inner, [...path, key], rules)
    if (found !== undefined) return found
  }
  return undefined
}
