/**
 * Whether paths fit a glob: `*` is any part of a name, `?` one letter, `**` any folders, `{a,b}` alternatives.
 * Takes time in proportion to both lengths, whatever the glob.
 */
export function pathPattern(glob: string): (path: string) => boolean {
  const patterns = alternatives(glob.replace(/^\.\//, '')).map((one) => ({
    // Most paths end here: an ordinary beginning or ending that they don't have.
    beginning: /^[^*?]*/.exec(one)![0],
    ending: /[^*?/]*$/.exec(one)![0],
    folders: one.split('/'),
  }))
  return (path) =>
    patterns.some(
      ({ beginning, ending, folders }) =>
        path.startsWith(beginning) &&
        path.endsWith(ending) &&
        matchesFolders(path.split('/'), folders),
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
  const any = patterns.indexOf('**')
  if (any === -1 || any !== patterns.lastIndexOf('**'))
    return fits(names, patterns, '**', matchesName)
  const after = patterns.length - any - 1
  return (
    names.length >= any + after &&
    patterns.every(
      (pattern, index) =>
        index === any ||
        matchesName(names[index < any ? index : names.length - patterns.length + index]!, pattern),
    )
  )
}

function matchesName(name: string, pattern: string): boolean {
  const special = pattern.search(/[*?]/)
  if (special === -1) return name === pattern
  if (pattern[special] === '*' && !/[*?]/.test(pattern.slice(special + 1))) {
    const [before, after] = [pattern.slice(0, special), pattern.slice(special + 1)]
    return (
      name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after)
    )
  }
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
