import type { Cell } from '../../../targets/audit/audit.ts'
import { badVerdicts, goodVerdicts, type Verdict } from '../../../targets/audit/judge.ts'

/** How often each verdict was given, the bad ones first; those that never were are left out. */
export function countsOf(cells: readonly Cell[]): readonly (readonly [Verdict, number])[] {
  return [...badVerdicts, ...goodVerdicts].flatMap((verdict) => {
    const count = cells.filter((cell) => cell.verdict === verdict).length
    return count === 0 ? [] : [[verdict, count] as const]
  })
}

/** The cells of each call of each screen, in the order they were judged. */
export function rowsOf(
  cells: readonly Cell[],
): readonly { readonly screen: string; readonly call: string; readonly cells: readonly Cell[] }[] {
  return [...Map.groupBy(cells, ({ screen, call }) => `${screen}\n${call}`).values()].map(
    (group) => ({ screen: group[0]!.screen, call: group[0]!.call, cells: group }),
  )
}

/** The cell that stands for a kind of fault in a row: the first bad one, else the first. */
export function cellFor(cells: readonly Cell[], kind: Cell['kind']): Cell | undefined {
  const alike = cells.filter((cell) => cell.kind === kind)
  return alike.find(({ bad }) => bad) ?? alike[0]
}

/** What each kind of fault is called at the head of a column. */
export const kindWords: Readonly<Record<Cell['kind'], string>> = {
  '500': 'server error',
  '401': 'not signed in',
  '404': 'not there',
  reset: 'cut off',
  hang: 'no answer',
  slow: 'slow',
  'bad-json': 'broken JSON',
  'empty-object': 'empty object',
  nulls: 'only nulls',
  'empty-list': 'empty list',
  huge: 'huge values',
  missing: 'a field missing',
  null: 'a field null',
  empty: 'a field empty',
  long: 'a field very long',
  rtl: 'a field in Arabic',
  unlisted: 'a field nobody lists missing',
}
