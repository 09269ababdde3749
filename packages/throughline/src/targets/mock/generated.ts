import { generate, seededChoices } from '@throughline/core'
import type { GenerateOptions, Site } from '@throughline/core'
import { wordsFor } from './locale.ts'

/** A value made up for a schema: the same seed gives the same value, in any process, and in the language that it names. */
export function generatedValue(schema: Site, seed: string, options: GenerateOptions = {}): unknown {
  const words = wordsFor(seed)
  const choices = seededChoices(seed)
  return words === undefined
    ? generate(schema, choices, options)
    : generate(schema, choices, { words, ...options })
}
