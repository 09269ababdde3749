import { createHash } from 'node:crypto'
import type { Origin, Range } from '@throughline/core'
import type { StateFinding } from '../../../targets/states/finding.ts'
import {
  latenessOf,
  type FeltScreen,
  type ProvenState,
  type StatesReport,
} from '../../../targets/states/states.ts'

/** All that a report on the states of a UI is made of. */
export interface StatesShown {
  readonly report: StatesReport
  /** Ids of the findings that a baseline knows. */
  readonly known: ReadonlySet<string>
  /** Which build of the app was looked at: a git revision, or what somebody calls it. */
  readonly build: string | undefined
  /** What looks at one state again, without its id: `throughline test ui --app http://localhost:5173`. */
  readonly again: string
  /** RFC 3339. */
  readonly at: string
  readonly version: string
  /** A file of the workspace as the reader finds it. */
  readonly pathOf: (file: string) => string
}

/** A finding with all that somebody needs who is to mend it. */
export interface ShownFinding extends StateFinding {
  /** `checkout/basket/store.getBasket/404 not-shown`: stands in baselines. */
  readonly id: string
  /** The state, or `checkout/basket/felt` for how long a screen takes. */
  readonly state: string
  readonly step: string
  readonly call?: string
  readonly condition?: string
  /** What the journey promises. */
  readonly show?: string
  readonly owner?: string
  readonly file: string
  readonly range: Range
  readonly isNew: boolean
}

/** Every finding, in the order of the states. */
export function findingsOf({ report, known }: StatesShown): readonly ShownFinding[] {
  const placed = ({ source, place }: Origin) => ({
    file: source.file.path,
    range: source.locate([place])[0]!,
  })
  const ofStates = report.states.flatMap(
    ({ id: state, step, call, condition, show, owner, origin, findings }) =>
      findings.map((one): ShownFinding => {
        const id = `${state} ${one.check}`
        return {
          ...one,
          id,
          state,
          step,
          call,
          condition,
          ...(show !== undefined && { show }),
          ...(owner !== undefined && { owner }),
          ...placed(origin),
          isNew: !known.has(id),
        }
      }),
  )
  const late = report.screens.flatMap((one): readonly ShownFinding[] => {
    const lateness = latenessOf(one)
    if (lateness === undefined) return []
    const id = `${one.step}/felt over-budget`
    return [
      {
        check: 'over-budget',
        severity: 'warning',
        message: latenessWords[lateness](one),
        id,
        state: `${one.step}/felt`,
        step: one.step,
        ...(one.owner !== undefined && { owner: one.owner }),
        ...placed(one.origin),
        isNew: !known.has(id),
      },
    ]
  })
  return [...ofStates, ...late]
}

const latenessWords = {
  normal: ({ normal, promised }) =>
    `It is ready after ${timeWords(normal)} where every answer keeps its own budget; ${timeWords(promised)} are promised.`,
  slow: ({ slow, promisedSlow }) =>
    `It is ready after ${timeWords(slow)} where every answer keeps its own budget at p95; ${timeWords(promisedSlow)} are promised for nineteen visits of twenty.`,
  verySlow: ({ verySlow, promisedSlow }) =>
    `Where answers do not come, it is still loading after ${timeWords(promisedSlow)}, which is all the time that the step promises, and ${
      verySlow === undefined ? 'never says so' : `says so after ${timeWords(verySlow)}`
    }.`,
} as const satisfies Readonly<Record<string, (felt: FeltScreen) => string>>

/** Those that fail a run: new ones that are more than a hint. */
export function freshIn(findings: readonly ShownFinding[]): readonly ShownFinding[] {
  return findings.filter(({ isNew, severity }) => isNew && severity !== 'info')
}

/** `620 ms`, `6.4 s`; what never ends is `never`. */
export function timeWords(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return 'never'
  if (milliseconds < 5) return 'at once'
  return milliseconds < 1_000
    ? `${Math.round(milliseconds / 10) * 10} ms`
    : `${(milliseconds / 1_000).toFixed(1).replace(/\.0$/, '')} s`
}

/** A short name of what a picture shows: two alike are kept once. */
export function pictureName(picture: Buffer): string {
  return createHash('sha256').update(picture).digest('hex').slice(0, 16)
}

/** States of each verdict. */
export function verdictsOf(states: readonly ProvenState[]): {
  readonly proven: number
  readonly failed: number
  readonly untested: number
} {
  const count = (verdict: ProvenState['verdict']): number =>
    states.filter((one) => one.verdict === verdict).length
  return { proven: count('proven'), failed: count('failed'), untested: count('untested') }
}
