import { located, parsedText, type SourceFile } from '@throughline/core'
import { isSeq } from 'yaml'
import { changedValue } from './change-value.ts'
import { layoutOf, nodeAt, type Collection, type Layout, type Path } from './layout.ts'
import { copyIn, insertIn, listAt, moveIn } from './list-items.ts'
import { same, type Plain } from './plain.ts'
import { Refusal } from './refusal.ts'
import { removeAt } from './remove-value.ts'
import { setAt } from './set-value.ts'
import { spliced, type Splice } from './splice.ts'

/** A change of the value that a file holds. Paths lead through maps by key and through lists by number. */
export type Change =
  /** Gives a key or an item a value. A new key stands after those that come before it in `order`. */
  | {
      readonly kind: 'set'
      readonly path: Path
      readonly value: Plain
      readonly order?: readonly string[]
    }
  /** Takes a key or an item away; a list or map that would be empty goes too, but for those that must stand there. */
  | { readonly kind: 'remove'; readonly path: Path }
  /** Puts an item into a list, which is made where there is none. */
  | {
      readonly kind: 'insert'
      readonly path: Path
      readonly at: number
      readonly value: Plain
      readonly order?: readonly string[]
    }
  /** Moves an item of a list; `to` is its number afterwards. */
  | { readonly kind: 'move'; readonly path: Path; readonly from: number; readonly to: number }
  /** Puts a copy of an item, as it is written, after it. */
  | { readonly kind: 'copy'; readonly path: Path; readonly from: number }

/**
 * Changes the value that a YAML or JSON text holds and leaves every character alone that the change is not about: comments,
 * empty lines, order, quotes, line ends. What comes out is read again and compared with what was meant, with the parser that
 * the rest of the house uses; where a text can't be changed safely (anchors), it refuses. Throws `Refusal`.
 */
export function changedText(file: SourceFile, change: Change): string {
  const before = readValue(file)
  const layout = layoutOf(file.text, file.path)
  const splices = splicesFor(layout, change)
  const text = spliced(file.text, splices)
  const after = parsedText({ path: file.path, text })
  if (after.diagnostics.length > 0 || !same(after.value, changedValue(before, change, layout)))
    throw new Refusal(
      409,
      `${file.path} can't be changed here without changing more than was asked`,
      'This place shares its value with another one (an anchor `&` and its `*`), or is written in a rare way. Change it in an editor.',
    )
  return text
}

/** The value of a file that can be read. */
function readValue(file: SourceFile): Plain {
  const { value, diagnostics } = parsedText(file)
  if (diagnostics.length > 0)
    throw new Refusal(409, `${file.path} can't be read`, 'Mend it in an editor first.', {
      diagnostics: located(diagnostics),
    })
  return value as Plain
}

function splicesFor(layout: Layout, change: Change): readonly Splice[] {
  switch (change.kind) {
    case 'set':
      return setAt(layout, change.path, change.value, change.order ?? [])
    case 'remove':
      return removeAt(layout, change.path)
    case 'insert': {
      const list = nodeAt(layout, change.path)
      if (!isSeq(list) || list.items.length === 0)
        return setAt(layout, change.path, [change.value], change.order ?? [])
      return insertIn(layout, list as Collection, change.at, change.value)
    }
    case 'move':
      return moveIn(layout, listAt(layout, change.path), change.from, change.to)
    case 'copy':
      return copyIn(layout, listAt(layout, change.path), change.from)
  }
}
