import { isMap } from 'yaml'
import type { Change } from './change-text.ts'
import {
  continuation,
  entriesOf,
  isCollection,
  isFlow,
  mustStand,
  nodeAt,
  type Layout,
  type Path,
} from './layout.ts'
import { isListValue, isMapValue, type Plain } from './plain.ts'

/** What a value becomes by a change: the law that the change of its text is held against. */
export function changedValue(value: Plain, change: Change, layout: Layout): Plain {
  switch (change.kind) {
    case 'set':
      return put(value, change.path, change.value, restOf(layout, change.path))
    case 'remove':
      return removed(value, change.path, restOf(layout, change.path))
    case 'insert': {
      const list = valueAt(value, change.path)
      const items = isListValue(list) ? list : []
      return put(value, change.path, items.toSpliced(change.at, 0, change.value), [])
    }
    case 'move': {
      const list = valueAt(value, change.path)
      if (!isListValue(list)) return value
      const rest = list.toSpliced(change.from, 1)
      return put(value, change.path, rest.toSpliced(change.to, 0, list[change.from]!), [])
    }
    case 'copy': {
      const list = valueAt(value, change.path)
      if (!isListValue(list)) return value
      return put(value, change.path, list.toSpliced(change.from + 1, 0, list[change.from]!), [])
    }
  }
}

export function valueAt(value: Plain | undefined, path: Path): Plain | undefined {
  let here = value
  for (const key of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined
    here = (here as Record<string | number, Plain>)[key]
  }
  return here
}

function put(
  value: Plain | undefined,
  path: Path,
  inner: Plain,
  without: readonly string[],
): Plain {
  const [key, ...rest] = path
  if (key === undefined) return inner
  if (isListValue(value))
    return value.map((one, at) => (at === key ? put(one, rest, inner, without) : one))
  const before: Record<string, Plain> = isMapValue(value) ? { ...value } : {}
  const own = Object.hasOwn(before, key) ? before[key] : undefined
  const after = { ...before, [key]: put(own, rest, inner, without) }
  return rest.length === 0 ? lacking(after, without) : after
}

function lacking(value: Record<string, Plain>, keys: readonly string[]): Plain {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)))
}

function removed(value: Plain, path: Path, without: readonly string[]): Plain {
  const above = path.slice(0, -1)
  const key = path.at(-1)
  const parent = valueAt(value, above)
  const left: Plain = isListValue(parent)
    ? parent.filter((_, at) => at !== key)
    : isMapValue(parent)
      ? lacking({ ...parent }, [String(key), ...without])
      : null
  const isEmpty = left !== null && typeof left === 'object' && Object.keys(left).length === 0
  const holder = above.at(-1)
  if (isEmpty && typeof holder === 'string' && !mustStand.has(holder))
    return removed(value, above, [])
  return put(value, above, left, [])
}

/** The keys that are in truth the rest of the text at a path. */
function restOf(layout: Layout, path: Path): readonly string[] {
  const parent = nodeAt(layout, path.slice(0, -1))
  if (!isCollection(parent) || !isMap(parent) || !isFlow(parent)) return []
  const entries = entriesOf(parent)
  const at = entries.findIndex((one) => one.key === String(path.at(-1)))
  if (at === -1) return []
  return entries
    .slice(at + 1, at + 1 + continuation(layout, entries, at))
    .map((one) => one.key ?? '')
}
