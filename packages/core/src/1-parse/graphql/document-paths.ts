import { matchesPath } from '../path-pattern.ts'

/** The files that hold an API's operation documents, in the order of their names. */
export function documentPaths(
  paths: readonly string[],
  globs: readonly string[],
): readonly string[] {
  return paths
    .filter(
      (path) => !/(^|\/)node_modules\//.test(path) && globs.some((glob) => matchesPath(path, glob)),
    )
    .toSorted()
}
