import type { Diagnostic } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'

/** Finds the diagnostics that point at exactly one place of a file; each is looked at once. */
export function diagnosticsByPlace(
  diagnostics: readonly Diagnostic[],
): (origin: Origin) => readonly Diagnostic[] {
  const byPlace = Map.groupBy(diagnostics, ({ origin }) => keyOf(origin))
  return (origin) => byPlace.get(keyOf(origin)) ?? []
}

function keyOf({ source, place }: Origin): string {
  return `${source.file.path} ${JSON.stringify(place)}`
}
