/** One step of a field path: a property, any item, one item, any value of a map. */
export type Segment =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'items' }
  | { readonly kind: 'item'; readonly index: number }
  | { readonly kind: 'values' }

/**
 * Reads a field path (FORMATS, section 2): `items[].price.amount`, `prices{}.amount`, `lines[0]`, `header:Link`;
 * a name with dots or brackets stands in quotes: `"a.b".c`. `undefined` where it is none. `''` is the body itself.
 */
export function segmentsOf(path: string): readonly Segment[] | undefined {
  const segments: Segment[] = []
  let at = 0
  while (at < path.length) {
    const here = path.slice(at)
    const bracket = /^(?:\[(\d*)\]|\{\})/.exec(here)
    if (bracket !== null) {
      at += bracket[0].length
      if (bracket[0] === '{}') segments.push({ kind: 'values' })
      else
        segments.push(bracket[1] ? { kind: 'item', index: Number(bracket[1]) } : { kind: 'items' })
      continue
    }
    if (segments.length > 0 || here.startsWith('.')) {
      if (!here.startsWith('.') || segments.length === 0) return undefined
      at++
    }
    const found = /^(?:"((?:[^"\\]|\\.)*)"|([^."[\]{}]+))/.exec(path.slice(at))
    if (found === null) return undefined
    segments.push({
      kind: 'name',
      name: found[1] === undefined ? found[2]! : found[1].replace(/\\(.)/g, '$1'),
    })
    at += found[0].length
  }
  return segments
}

/** A path one step longer, quoted where the name needs it. */
export function longer(path: string, segment: Segment): string {
  switch (segment.kind) {
    case 'items':
      return `${path}[]`
    case 'item':
      return `${path}[${segment.index}]`
    case 'values':
      return `${path}{}`
    case 'name': {
      const name = /^[^."[\]{}]+$/.test(segment.name)
        ? segment.name
        : `"${segment.name.replace(/["\\]/g, '\\$&')}"`
      return path === '' ? name : `${path}.${name}`
    }
  }
}

/** Segments as they are written, alone: `amount`, `[]`, `{}`. */
export function segmentText(segment: Segment): string {
  return longer('', segment)
}
