import type { BudgetValues, Changed, Promises } from '@throughline/core'
import { durationText } from './duration-text.ts'
import { changed, only, TextField, type Typed } from './form.tsx'
import { sizeText } from './size-text.ts'
import { words } from './words.ts'

const said = words.budget
const names = ['p75', 'p50', 'p95', 'size'] as const

/** Fields for a budget, the usual one first. */
export function PromiseFields({ promises = {} }: { readonly promises?: Promises | undefined }) {
  return (
    <div className="edit-row">
      {names.map((name) => (
        <TextField
          key={name}
          name={name}
          label={said[name]}
          value={textOf(promises, name)}
          at={[`/set/budget/${name}`, `/budget/${name}`]}
        />
      ))}
    </div>
  )
}

/** What is different in a budget; `undefined` where nothing is, `null` where all of it went. */
export function changedPromises(
  promises: Promises = {},
  { text }: Typed,
): Changed<BudgetValues> | null | undefined {
  const set = only({
    p50: changed(textOf(promises, 'p50'), text('p50')),
    p75: changed(textOf(promises, 'p75'), text('p75')),
    p95: changed(textOf(promises, 'p95'), text('p95')),
    size: changed(textOf(promises, 'size'), text('size')),
  })
  if (Object.keys(set).length === 0) return undefined
  const isEmpty = names.every((name) => text(name) === '')
  return isEmpty ? null : set
}

function textOf(promises: Promises, name: (typeof names)[number]): string | undefined {
  return name === 'size' ? sizeText(promises.size) : durationText(promises[name])
}
