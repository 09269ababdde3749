import { ruleViolation, type Site } from '@throughline/core'
import { mustAgree } from './must-agree.ts'
import { withCounts } from './reshape.ts'
import { summed } from './world/sums.ts'

/** Made-up data whose counts and totals agree with the lists beside them. Most schemas have neither, and are not searched. */
export function agreed(value: unknown, schema: Site | undefined): unknown {
  const { counts, sums } = schema === undefined ? LOOK_AT_ALL : mustAgree(schema)
  const counted = counts ? withCounts(value, schema) : value
  const whole = sums ? summed(counted, schema) : counted
  // A rule of the policy may have them otherwise.
  return whole === value ||
    schema === undefined ||
    ruleViolation(schema, whole, 'response') === undefined
    ? whole
    : value
}

const LOOK_AT_ALL = { counts: true, sums: true }
