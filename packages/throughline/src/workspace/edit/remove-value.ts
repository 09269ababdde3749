import { isMap, isSeq } from 'yaml'
import { removeBlock } from './block-entries.ts'
import { removeFromFlow } from './flow-entries.ts'
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
import { setAt } from './set-value.ts'
import { shared, type Splice } from './splice.ts'

/** Takes a key or an item away; what holds nothing then goes too. */
export function removeAt(layout: Layout, path: Path): readonly Splice[] {
  const key = path.at(-1)
  const above = path.slice(0, -1)
  const parent = nodeAt(layout, above)
  if (key === undefined || !isCollection(parent)) throw shared(path)
  const entries = entriesOf(parent)
  const at = isSeq(parent) ? Number(key) : entries.findIndex((one) => one.key === String(key))
  const entry = entries[at]
  if (entry === undefined) throw shared(path)
  const rest = isMap(parent) && isFlow(parent) ? continuation(layout, entries, at) : 0
  if (entries.length === 1 + rest) {
    const holder = above.at(-1)
    if (typeof holder === 'string' && !mustStand.has(holder)) return removeAt(layout, above)
    return holder === undefined ? [] : setAt(layout, above, isSeq(parent) ? [] : {}, [])
  }
  if (isFlow(parent)) return removeFromFlow(layout, parent, entries, at, at + rest)
  return removeBlock(layout, entries, at)
}
