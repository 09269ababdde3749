/**
 * Whether a path fits a glob: `*` is any part of a name, `?` one letter, `**` any folders, `{a,b}` alternatives.
 * Takes time in proportion to both lengths, whatever the glob.
 */
export function matchesPath(path: string, glob: string): boolean {
  return alternatives(glob.replace(/^\.\//, '')).some((one) =>
    matchesFolders(path.split('/'), one.split('/')),
  )
}

const mostAlternatives = 64

function alternatives(glob: string): readonly string[] {
  let expanded = [glob]
  for (;;) {
    const next = expanded.flatMap((one) => {
      const [all, inner] = /\{([^{}]*)\}/.exec(one) ?? []
      return all === undefined
        ? [one]
        : inner!.split(',').map((choice) => one.replace(all, () => choice))
    })
    if (next.length > mostAlternatives || next.every((one, index) => one === expanded[index]))
      return expanded
    expanded = next
  }
}

function matchesFolders(names: readonly string[], patterns: readonly string[]): boolean {
  return fits(names, patterns, '**', matchesName)
}

function matchesName(name: string, pattern: string): boolean {
  return fits(
    Array.from(name),
    Array.from(pattern),
    '*',
    (letter, at) => at === '?' || at === letter,
  )
}

/** Whether the patterns take up all items in order, `any` as many as it likes: one row of reachable ends for each pattern. */
function fits(
  items: readonly string[],
  patterns: readonly string[],
  any: string,
  takes: (item: string, pattern: string) => boolean,
): boolean {
  let reached = [true, ...items.map(() => false)]
  for (const pattern of patterns) {
    const next = [pattern === any && reached[0]!]
    items.forEach((item, index) => {
      next.push(
        pattern === any
          ? reached[index + 1]! || next[index]!
          : reached[index]! && takes(item, pattern),
      )
    })
    reached = next
  }
  return reached[items.length]!
}
