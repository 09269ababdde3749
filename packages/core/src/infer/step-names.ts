import type { Visit } from './screens.ts'

/** Names for a screen that people would give, the best first. */
export interface StepNames {
  readonly title: string
  readonly names: readonly string[]
}

/**
 * What people would call a screen: its heading, the page's title, or the words of its route. A heading that changes with what is
 * shown (`Blue mug`, `Order CM-2041`) is no name of the screen; what is left of it without the data is.
 */
export function stepNames(visits: readonly Visit[], screen: string, spoken: string): StepNames {
  const isOfOneThing = screen.includes('/:')
  const data = isOfOneThing ? dataOf(visits, screen) : new Set<string>()
  const headings = counted(visits.map((one) => without(one.heading, data)))
  const titles = counted(visits.map((one) => without(one.title.split(/ [·|–—-] /)[0]!, data)))
  const [best] = isOfOneThing ? steady(headings, visits.length) : headings
  const title = best ?? (isOfOneThing ? steady(titles, visits.length)[0] : titles[0])
  const names = new Set([...headings, ...titles, spoken].map((one) => one.slice(0, 80)))
  return { title: (title ?? spoken).slice(0, 80), names: [...names].slice(0, 6) }
}

/** Different texts, the most frequent first. */
function counted(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const one of texts) if (one !== '') counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([text]) => text)
}

/** A text that stands on every look at such a screen; where there are several, each belongs to its thing. */
function steady(texts: readonly string[], visits: number): readonly string[] {
  return texts.length === 1 || visits === 1 ? texts : []
}

/** Words of the answers that a screen got, and the ids in its address: what is shown, and not what the screen is. */
function dataOf(visits: readonly Visit[], screen: string): ReadonlySet<string> {
  const data = new Set<string>()
  const look = (value: unknown, depth: number): void => {
    if (depth > 8 || data.size > 5_000) return
    if (typeof value === 'string') {
      if (value.length > 2 && value.length < 200) data.add(value.trim().toLowerCase())
    } else if (Array.isArray(value)) for (const one of value) look(one, depth + 1)
    else if (typeof value === 'object' && value !== null)
      for (const one of Object.values(value)) look(one, depth + 1)
  }
  const pattern = screen.split('/')
  for (const { path, calls } of visits) {
    for (const [index, part] of path.split('/').entries())
      if (pattern[index]?.startsWith(':') === true) {
        data.add(part.toLowerCase())
        data.add(part.toLowerCase().replace(/[-_]+/g, ' '))
      }
    for (const { body } of calls) look(body, 0)
  }
  return data
}

/** A heading less what it says of the thing shown: `Order CM-2041` -> `Order`; `''` where nothing is left. */
function without(heading: string, data: ReadonlySet<string>): string {
  const whole = heading.trim()
  if (data.size === 0) return whole
  if (data.has(whole.toLowerCase())) return ''
  let left = whole
  for (const one of data) {
    const at = left.toLowerCase().indexOf(one)
    const isApart =
      at >= 0 &&
      !/[\p{L}\p{N}]/u.test(left[at - 1] ?? ' ') &&
      !/[\p{L}\p{N}]/u.test(left[at + one.length] ?? ' ')
    // Short words of a heading may be those of an answer by chance.
    if (isApart && (one.length > 4 || /\d/.test(one)))
      left = `${left.slice(0, at)}${left.slice(at + one.length)}`
  }
  if (left === whole) return whole
  return left
    .replace(/\s+/g, ' ')
    .replace(/^[\s:,.#“”"'–—-]+|[\s:,.#“”"'–—-]+$/g, '')
    .replace(/\s+(of|for|from|no|nr|by|in|on|to)$/i, '')
}
