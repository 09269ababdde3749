import type { Site } from '@throughline/core'
import { mustAgree } from './must-agree.ts'
import { withCounts } from './reshape.ts'
import { summed } from './world/sums.ts'

/** Made-up data whose counts and totals agree with the lists beside them. Most schemas have neither, and are not searched. */
export function agreed(value: unknown, schema: Site | undefined): unknown {
  const { counts, sums } = schema === undefined ? LOOK_AT_ALL : mustAgree(schema)
  const counted = counts ? withCounts(value, schema) : value
  return sums ? summed(counted, schema) : counted
}

const LOOK_AT_ALL = { counts: true, sums: true }
