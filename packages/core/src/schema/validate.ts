import type { Site } from '../text/site.ts'
import { resourceRoot } from '../1-parse/reference.ts'
import { explain, nodeOf, testChanged, type Run } from './node.ts'
import type { Violation } from './violation.ts'

/**
 * Tests values against one schema (JSON Schema 2020-12 with OpenAPI's words). Never throws: what a schema says
 * in a way that nobody can use is ignored.
 */
export interface Validator {
  /** Every way in which the value is wrong, at most 100; none when it is valid. */
  (value: unknown, options?: ValidateOptions): readonly Violation[]
  /** Only whether it is valid: fast, allocates next to nothing. */
  readonly test: (value: unknown, options?: ValidateOptions) => boolean
  /**
   * Whether an object known to be valid is still valid as `value`, which differs only by the properties of `changed`, added or
   * replaced: big things change in small ways, and this looks at little more than the change.
   */
  readonly testChanged: (
    value: Readonly<Record<string, unknown>>,
    changed: Readonly<Record<string, unknown>>,
    options?: ValidateOptions,
  ) => boolean
}

export interface ValidateOptions {
  /**
   * `request`: required read-only properties may be missing, and sending one is a violation. `response`: the same for
   * write-only properties.
   */
  readonly direction?: 'request' | 'response'
  /** `false`: stop at the first violation. */
  readonly all?: boolean
}

/** The validator of a schema: compiled on first use, remembered as long as its document lives. */
export function validatorOf(schema: Site): Validator {
  const node = nodeOf(schema)
  const known = remembered.get(node)
  if (known !== undefined) return known
  const scope = { resource: resourceRoot(schema), outer: undefined }
  const runOf = (options: ValidateOptions | undefined): Run => ({
    direction: options?.direction,
    scope,
    depth: 0,
    fuel: mostReferences,
    within: [],
  })
  const test: Validator['test'] = (value, options) => node.test(value, runOf(options))
  const validate = (value: unknown, options?: ValidateOptions): readonly Violation[] => {
    const run = runOf(options)
    if (node.test(value, run)) return valid
    const violations: Violation[] = []
    const most = options?.all === false ? 1 : mostViolations
    run.fuel = mostReferences
    explain(node, value, [], run, { violations, most })
    if (violations.length === 0)
      violations.push({ path: [], keyword: 'schema', message: 'does not fit its schema', schema })
    return violations.slice(0, most)
  }
  const validator = Object.assign(validate, {
    test,
    testChanged: ((value, changed, options) =>
      testChanged(node, value, changed, runOf(options))) satisfies Validator['testChanged'],
  })
  remembered.set(node, validator)
  return validator
}

const remembered = new WeakMap<object, Validator>()
const valid: readonly Violation[] = []
const mostViolations = 100
/** Bounds one validation to about a second, whatever the schema. */
const mostReferences = 20_000_000
