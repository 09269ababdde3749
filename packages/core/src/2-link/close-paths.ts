import { fieldPaths, type MissingField } from '../schema/fields.ts'
import type { Field } from '../schema/field.ts'
import { quoted } from '../text/diagnostic.ts'
import { closest } from '../text/suggestion.ts'

/**
 * The paths that somebody probably meant: a name spelled nearly the same where the path ends, the same name
 * behind a list they forgot, else the same name elsewhere in the answer.
 */
export function closePaths(
  root: Field,
  path: string,
  { at, missing, known }: MissingField,
): readonly string[] {
  const plain = (name: string): string => name.replace(/^(\[\]|\{\})\.?/, '')
  const rest = path.slice(at.length).replace(/^\./, '').slice(missing.length)
  const same = known.filter((name) => plain(name) === missing)
  const names = same.length > 0 ? same : closest(missing, known)
  if (names.length > 0) return names.slice(0, 2).map((name) => joined(at, name) + rest)
  const wanted = (path.split('.').at(-1) ?? path).toLowerCase()
  const elsewhere: string[] = []
  for (const field of fieldPaths(root, { depth: 5, most: 500 })) {
    if (field.name.toLowerCase() === wanted) elsewhere.push(field.path)
    if (elsewhere.length === 2) break
  }
  return elsewhere
}

/** ` Did you mean ...?`, or nothing. Starts with a space so that it can end a message. */
export function didYouMean(names: readonly string[]): string {
  return names.length === 0 ? '' : ` Did you mean ${names.map((one) => quoted(one)).join(' or ')}?`
}

function joined(at: string, name: string): string {
  return at === '' || /^[[{]/.test(name) ? at + name : `${at}.${name}`
}
