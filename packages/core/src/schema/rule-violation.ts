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
  if (rules === undefined) return undefined
  let first: Violation | undefined
  look(bodyField(schema, { direction }), value, [], {
    rules,
    enough: ({ violation }) => {
      first = violation
      return true
    },
  })
  return first
}

export interface BrokenRule {
  readonly violation: Violation
  /** The field whose value it is: its path stands for all items of a list. */
  readonly field: Field
  /** What was asked of it. */
  readonly asked: Site
}

/** The rules that a value breaks, each field and rule once, at the first such value; at most 50. */
export function brokenRules(
  schema: Site,
  value: unknown,
  direction: 'request' | 'response',
  rules: Rules,
): readonly BrokenRule[] {
  const found = new Map<string, BrokenRule[]>()
  let count = 0
  look(bodyField(schema, { direction }), value, [], {
    rules,
    enough: (broken) => {
      const same = found.get(broken.field.path) ?? []
      found.set(broken.field.path, same)
      if (same.some((one) => one.asked.value === broken.asked.value)) return false
      same.push(broken)
      return ++count >= 50
    },
  })
  return [...found.values()].flat()
}

const deepest = 40

interface Looking {
  readonly rules: Rules
  /** Is told of each broken rule, and says whether to stop. */
  readonly enough: (broken: BrokenRule) => boolean
}

/** Whether it was enough. */
function look(
  field: Field,
  value: unknown,
  path: readonly (string | number)[],
  looking: Looking,
): boolean {
  if (value === null || path.length > deepest) return false
  const written = field.writtenTogether ?? (field.written ? [field.written] : [])
  for (const asked of looking.rules.askedOf(written) ?? []) {
    const [first] = validatorOf(asked)(value, { all: false })
    if (first === undefined) continue
    const violation = { ...first, path: [...path, ...first.path] }
    if (looking.enough({ violation, field, asked })) return true
  }
  if (typeof value !== 'object') return false
  const children = new Map(field.children().map((one) => [one.name, one]))
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...(value as readonly unknown[]).entries()]
    : Object.entries(value)
  for (const [key, inner] of entries) {
    const child =
      typeof key === 'number' ? children.get('[]') : (children.get(key) ?? children.get('{}'))
    if (child !== undefined && look(child, inner, [...path, key], looking)) return true
  }
  return false
}
