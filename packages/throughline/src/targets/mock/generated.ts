import { generate, seededChoices } from '@throughline/core'
import type { GenerateOptions, Site } from '@throughline/core'

/** A value made up for a schema: the same seed gives the same value, in any process. */
export function generatedValue(schema: Site, seed: string, options: GenerateOptions = {}): unknown {
  return generate(schema, seededChoices(seed), { direction: 'response', ...options })
}
