/** Which bodies of one question are worth keeping. */
export interface BodyNews {
  /** Whether this one shows a field, a type or a word that those before did not; the first few always do. */
  readonly isNew: (body: unknown) => boolean
}

/** Bodies that are kept whatever they say. */
const first = 8
/** Bodies that are kept at most. */
const most = 40
/** Fields that are told apart. */
const mostPlaces = 3_000
/** Words that are remembered of one field: a field with more is no list of codes. */
const mostWords = 10

/** Remembers what bodies of one question have shown, in bounded memory. */
export function bodyNews(): BodyNews {
  const places = new Map<string, Set<string>>()
  let kept = 0
  return {
    isNew(body) {
      const isNew = look(body, '', 0)
      if (kept >= most || (kept >= first && !isNew)) return false
      kept++
      return true
    },
  }

  function look(value: unknown, path: string, depth: number): boolean {
    if (depth > 12) return false
    if (Array.isArray(value)) {
      let isNew = known(`${path}[]`, value.length === 0 ? 'empty' : 'some')
      for (const one of value) isNew = look(one, `${path}[]`, depth + 1) || isNew
      return isNew
    }
    if (typeof value === 'object' && value !== null) {
      let isNew = known(path, 'object')
      for (const [name, one] of Object.entries(value))
        isNew = look(one, `${path}.${/\d/.test(name) ? '*' : name}`, depth + 1) || isNew
      return isNew
    }
    const isCode = typeof value === 'string' && /^[A-Za-z][\w-]{0,40}$/.test(value)
    return known(path, isCode ? `= ${value}` : value === null ? 'null' : typeof value)
  }

  function known(path: string, what: string): boolean {
    let words = places.get(path)
    if (words === undefined) {
      if (places.size >= mostPlaces) return false
      places.set(path, (words = new Set()))
    }
    if (words.has(what) || words.size >= mostWords) return false
    words.add(what)
    return true
  }
}
