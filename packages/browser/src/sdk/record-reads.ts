import { startRecorder } from '../recorder/recorder.ts'
import type { ReadsHost } from './start.ts'

// `/sdk-reads.js`: loaded only in the few sessions whose reads of fields are recorded.

/** Fields of each operation, as the contracts have them: the server puts them before this script. */
declare const throughlineFields: Readonly<Record<string, readonly string[]>>

/**
 * Records which fields of answers the page reads, and tells them once for each view and operation: paths that the contract
 * knows, and never a value or a key that it does not know. An app whose cache copies answers says where it reads them:
 * `throughline.track(data, 'store.getBasket')`.
 */
export function run({ operationOf, read, ending }: ReadsHost): void {
  const known = new Map(
    Object.entries(throughlineFields).map(([name, paths]) => [name, new Set(paths)]),
  )
  const recorder = startRecorder({
    nameOf({ method, url, body }) {
      const [name] = operationOf(method, url, body)
      return known.has(name) ? name : undefined
    },
  })
  ending(() => {
    for (const { name, fields } of recorder.take()) {
      const counts = new Map<string, number>()
      for (const [field, { read: times, copied }] of Object.entries(fields)) {
        const told = knownPath(known.get(name), field)
        if (told !== undefined && times + copied > 0)
          counts.set(told, (counts.get(told) ?? 0) + times)
      }
      if (counts.size > 0) read(name, [...counts].flat())
    }
  })
  const host = window as unknown as { throughline?: object }
  Object.assign((host.throughline ??= {}), {
    track: (data: unknown, name: string) => recorder.track(data, name),
  })
}

/** A path of the answer as the contract writes it: `nutrition.sugar.unit` -> `nutrition{}.unit`. What GraphQL has around it goes. */
function knownPath(known: ReadonlySet<string> | undefined, path: string): string | undefined {
  if (known === undefined) return undefined
  const bare = path.replace(/^data\.\w+\.(?=.)/, '')
  for (const one of bare === path ? [path] : [path, bare]) {
    const parts = one.match(/\[\]|(?:"(?:[^"\\]|\\.)*"|[^.[\]"]+)/g) ?? []
    const found = walked(known, parts, 0, '')
    if (found !== undefined) return found
  }
  return undefined
}

function walked(
  known: ReadonlySet<string>,
  parts: readonly string[],
  at: number,
  before: string,
): string | undefined {
  const part = parts[at]
  // Who takes a list of words reads them.
  if (part === undefined)
    return known.has(before) ? before : known.has(`${before}[]`) ? `${before}[]` : undefined
  if (part === '[]') return walked(known, parts, at + 1, `${before}[]`)
  return (
    walked(known, parts, at + 1, `${before}${before === '' ? '' : '.'}${part}`) ??
    walked(known, parts, at + 1, `${before}{}`)
  )
}
