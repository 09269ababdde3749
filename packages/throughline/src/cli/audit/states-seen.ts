import type { Edit } from '@throughline/core'
import type { Cell } from '../../targets/audit/audit.ts'
import { isBad } from '../../targets/audit/judge.ts'

/**
 * The edits that write what people are told into the journeys: a state for each condition of a call that no journey has decided yet.
 * Cells that are bad decide nothing: they stay open.
 */
export function statesSeen(cells: readonly Cell[]): readonly Edit[] {
  const written = new Set<string>()
  return cells.flatMap((cell): readonly Edit[] => {
    const { step, call, undecided, said, verdict } = cell
    if (step === undefined || undecided === undefined || isBad(verdict)) return []
    const show = verdict === 'redirect' ? cell.why.replace(/^People are/, 'They are') : said
    const key = `${step} ${call} ${undecided}`
    if (show === undefined || written.has(key) || reasonPhrase.test(show)) return []
    written.add(key)
    return [
      {
        kind: 'set-state',
        step,
        call,
        condition: undecided,
        set: {
          show: show.replace(/…$/, ''),
          ...(verdict !== 'redirect' && {
            test: `text=${show.replace(/…$/, '').slice(0, 60).trim()}`,
          }),
        },
      },
    ]
  })
}

/** What a status is called is no design. */
const reasonPhrase = /^(Internal Server Error|Unauthorized|Not Found)$/i

/** The edits that draft a journey of the screens that no journey has: their calls by their operations, and what was needed first. */
export function journeyOf(
  screens: readonly { readonly screen: string; readonly title: string }[],
  cells: readonly Cell[],
  isOperation: (name: string) => boolean,
  id: string,
): readonly Edit[] {
  const steps = screens.flatMap(({ screen, title }) => {
    const own = cells.filter((cell) => cell.screen === screen && cell.step === undefined)
    const calls = [...new Set(own.map(({ call }) => call))].filter(isOperation)
    return calls.length === 0 ? [] : [{ screen, title, calls, step: stepId(screen) }]
  })
  const [first] = steps
  if (first === undefined) return []
  return [
    {
      kind: 'create-journey',
      journey: id,
      title: 'Screens that were audited',
      steps: steps.map(({ step, screen, title }) => ({
        step,
        screen,
        ...(title !== '' && { title }),
      })),
    },
    ...steps.flatMap(({ step, calls }): readonly Edit[] =>
      calls.map((operation) => ({ kind: 'add-call', step: `${id}/${step}`, operation })),
    ),
    ...steps.flatMap(({ step, screen }) =>
      statesSeen(
        cells
          .filter(
            (cell) => cell.screen === screen && cell.step === undefined && isOperation(cell.call),
          )
          .map((cell) => ({ ...cell, step: `${id}/${step}` })),
      ),
    ),
  ]
}

function stepId(screen: string): string {
  const words = screen
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return words === '' ? 'home' : /^[a-z]/.test(words) ? words : `screen-${words}`
}
