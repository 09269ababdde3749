import { pathPattern } from '../path-pattern.ts'

/** The files that hold an API's operation documents, in the order of their names. */
export function documentPaths(
  paths: readonly string[],
  globs: readonly string[],
): readonly string[] {
  if (globs.length === 0) return []
  const patterns = globs.map((glob) => pathPattern(glob))
  return paths
    .filter((path) => patterns.some((fits) => fits(path)) && !/(^|\/)node_modules\//.test(path))
    .toSorted()
}
