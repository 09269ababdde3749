import type { Place } from './origin.ts'
import type { Offsets } from './positions.ts'

/**
 * Finds many places of a valid JSON text in one pass, without an index of everything: what nobody asked for is skipped.
 * A path that does not exist gives its nearest existing ancestor. Of keys that stand twice the last one counts, as for `JSON.parse`.
 */
export function jsonOffsets(text: string, places: readonly Place[]): readonly Offsets[] {
  const root: Wanted = {}
  const wanted = places.map((place) =>
    place.kind === 'offsets' ? undefined : want(root, place.path),
  )
  visit(text, afterSpace(text, 0), root)
  return places.map((place, index) =>
    place.kind === 'offsets' ? place : found(wanted[index]!, place.kind),
  )
}

/** A branch of the tree of wanted paths; offsets are filled in by the pass. */
interface Wanted {
  readonly parent?: Wanted
  children?: Map<string, Wanted>
  key?: Offsets
  value?: Offsets
}

function want(root: Wanted, path: readonly (string | number)[]): Wanted {
  let here = root
  for (const key of path) {
    here.children ??= new Map()
    let next = here.children.get(String(key))
    if (next === undefined) here.children.set(String(key), (next = { parent: here }))
    here = next
  }
  return here
}

function found(wanted: Wanted, kind: 'key' | 'value'): Offsets {
  if (kind === 'key' && wanted.key !== undefined) return wanted.key
  for (let here: Wanted | undefined = wanted; here !== undefined; here = here.parent)
    if (here.value !== undefined) return here.value
  return { start: 0, end: 0 }
}

/** Reads one value that starts at `at`; gives the offset after it. As deep as the wanted paths, whatever the text is. */
function visit(text: string, at: number, wanted: Wanted): number {
  const { children } = wanted
  const open = text.charCodeAt(at)
  let end: number
  if (children === undefined) end = afterValue(text, at)
  else if (open === 123) end = visitObject(text, at, children)
  else if (open === 91) end = visitArray(text, at, children)
  else end = afterValue(text, at)
  wanted.value = { start: at, end }
  return end
}

function visitObject(text: string, start: number, children: ReadonlyMap<string, Wanted>): number {
  let at = afterSpace(text, start + 1)
  while (text.charCodeAt(at) === 34) {
    const keyEnd = afterString(text, at)
    const raw = text.slice(at + 1, keyEnd - 1)
    const child = children.get(raw.includes('\\') ? unescaped(raw) : raw)
    const valueStart = afterSpace(text, afterSpace(text, keyEnd) + 1)
    let valueEnd: number
    if (child === undefined) valueEnd = afterValue(text, valueStart)
    else {
      child.key = { start: at, end: keyEnd }
      valueEnd = visit(text, valueStart, child)
    }
    at = afterSpace(text, valueEnd)
    if (text.charCodeAt(at) === 44) at = afterSpace(text, at + 1)
  }
  return at + 1
}

function visitArray(text: string, start: number, children: ReadonlyMap<string, Wanted>): number {
  let at = afterSpace(text, start + 1)
  for (let index = 0; at < text.length && text.charCodeAt(at) !== 93; index++) {
    const child = children.get(String(index))
    const end = child === undefined ? afterValue(text, at) : visit(text, at, child)
    at = afterSpace(text, end)
    if (text.charCodeAt(at) === 44) at = afterSpace(text, at + 1)
  }
  return at + 1
}

function afterValue(text: string, start: number): number {
  const first = text.charCodeAt(start)
  if (first === 34) return afterString(text, start)
  let at = start
  if (first !== 123 && first !== 91) {
    for (;;) {
      const code = text.charCodeAt(++at)
      if (code === 44 || code === 93 || code === 125 || code <= 32 || Number.isNaN(code)) return at
    }
  }
  // Hops from string to string; between them, over what is most of the rest: separators and the spaces before a line.
  for (let depth = 0; at < text.length;) {
    const code = text.charCodeAt(at)
    if (code === 34) {
      at = afterString(text, at)
      const next = text.charCodeAt(at)
      if (next === 58 || next === 44) at++
      continue
    }
    at++
    if (code === 10) while (text.charCodeAt(at) === 32) at++
    else if (code === 123 || code === 91) depth++
    else if ((code === 125 || code === 93) && --depth === 0) return at
  }
  return at
}

/** The offset after the string whose opening quote is at `start`. */
export function afterString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (text.charCodeAt(before) === 92) before--
    if ((end - before) % 2 === 1) return end + 1
  }
  return text.length
}

export function afterSpace(text: string, start: number): number {
  let at = start
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at
    at++
  }
}

function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    return raw
  }
}
