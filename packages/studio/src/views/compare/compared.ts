import type { Blueprint, CallRow, NeedRow, StateChip, StepColumn } from '@throughline/core'

/** Two journeys side by side. */
export interface Comparison {
  readonly left: Blueprint
  readonly right: Blueprint
  readonly pairs: readonly Pair[]
  /** Over the whole journeys: a field or an operation that any step needs or calls. */
  readonly fields: Shared<NeedRow>
  readonly operations: Shared<CallRow>
}

/** What both have and what only one has. Of what both have, the left one's is kept. */
export interface Shared<Thing> {
  readonly left: readonly Thing[]
  readonly both: readonly Thing[]
  readonly right: readonly Thing[]
}

/** Two steps that do the same, or one that only one of the journeys has. */
export interface Pair {
  /** `checkout/basket:track-order/order` */
  readonly id: string
  readonly left?: StepColumn
  readonly right?: StepColumn
  /** Why they stand side by side. */
  readonly because?: 'screen' | 'calls' | 'title'
  readonly fields: Shared<NeedRow>
  readonly operations: Shared<CallRow>
  readonly states: readonly StatePair[]
}

interface StatePair {
  readonly condition: string
  readonly label: string
  readonly left?: StateChip
  readonly right?: StateChip
}

/**
 * Compares two journeys: their steps are paired by the screen they show, else by the operations they call, else by their
 * title; the best pairs first. Rows are in the order of the left journey, what only the right one has after the step that it follows.
 */
export function compared(left: Blueprint, right: Blueprint): Comparison {
  const partner = partnersOf(left.steps, right.steps)
  const taken = new Set([...partner.values()].map(({ step }) => step))
  const only = (step: StepColumn): Pair => pairOf(undefined, step, undefined)
  const following = (step: StepColumn | undefined): readonly Pair[] => {
    const at = step === undefined ? 0 : right.steps.indexOf(step) + 1
    const end = right.steps.findIndex((one, index) => index >= at && taken.has(one))
    return right.steps.slice(at, end < 0 ? undefined : end).map(only)
  }
  return {
    left,
    right,
    pairs: [
      ...following(undefined),
      ...left.steps.flatMap((step) => {
        const found = partner.get(step)
        return found === undefined
          ? [pairOf(step, undefined, undefined)]
          : [pairOf(step, found.step, found.because), ...following(found.step)]
      }),
    ],
    fields: shared(needsIn(left.steps), needsIn(right.steps), needKey),
    operations: shared(callsIn(left.steps), callsIn(right.steps), callKey),
  }
}

/** Whether two steps need, call, promise, decide and feel the same. */
export function isSame({ left, right, fields, operations, states }: Pair): boolean {
  if (left === undefined || right === undefined) return false
  return (
    [fields, operations].every((one) => one.left.length + one.right.length === 0) &&
    left.budget.promised === right.budget.promised &&
    left.budget.calls === right.budget.calls &&
    left.feeling?.score === right.feeling?.score &&
    states.every(
      (one) => one.left?.status === one.right?.status && one.left?.show === one.right?.show,
    )
  )
}

interface Partner {
  readonly step: StepColumn
  readonly because: 'screen' | 'calls' | 'title'
}

/** Who stands beside whom: the pairs that have most in common first, each step once. */
function partnersOf(
  left: readonly StepColumn[],
  right: readonly StepColumn[],
): ReadonlyMap<StepColumn, Partner> {
  const found = new Map<StepColumn, Partner>()
  const taken = new Set<StepColumn>()
  const all = left.flatMap((one, place) =>
    right.flatMap((step, other) => {
      const score = likeness(one, step)
      // Of equally good pairs the one nearest in its journey.
      return score === undefined ? [] : [{ one, step, ...score, away: Math.abs(place - other) }]
    }),
  )
  for (const { one, step, because } of all.toSorted(
    (a, b) => b.points - a.points || a.away - b.away,
  )) {
    if (found.has(one) || taken.has(step)) continue
    found.set(one, { step, because })
    taken.add(step)
  }
  return found
}

function likeness(
  left: StepColumn,
  right: StepColumn,
): { readonly points: number; readonly because: Partner['because'] } | undefined {
  const calls = shared(callsIn([left]), callsIn([right]), callKey)
  const all = calls.left.length + calls.both.length + calls.right.length
  const common = all === 0 ? 0 : calls.both.length / all
  const sameTitle = left.title.toLowerCase() === right.title.toLowerCase()
  const more = common + (sameTitle ? 0.5 : 0)
  if (left.screen !== undefined && screenKey(left.screen) === screenKey(right.screen ?? ''))
    return { points: 10 + more, because: 'screen' }
  if (common >= 0.25) return { points: more, because: 'calls' }
  return sameTitle ? { points: more, because: 'title' } : undefined
}

/** `/orders/:id` and `/orders/:orderId` are one screen. */
function screenKey(screen: string): string {
  return screen.replaceAll(/:\w+|\{\w+\}/g, ':').replace(/\/$/, '')
}

function pairOf(
  left: StepColumn | undefined,
  right: StepColumn | undefined,
  because: Partner['because'] | undefined,
): Pair {
  return {
    id: `${left?.name ?? ''}:${right?.name ?? ''}`,
    ...(left && { left }),
    ...(right && { right }),
    ...(because && { because }),
    fields: shared(needsIn(left ? [left] : []), needsIn(right ? [right] : []), needKey),
    operations: shared(callsIn(left ? [left] : []), callsIn(right ? [right] : []), callKey),
    states: statePairs(left?.states ?? [], right?.states ?? []),
  }
}

/** Each condition that can happen on one of them, in the order of the left. A condition of several calls stands once. */
function statePairs(left: readonly StateChip[], right: readonly StateChip[]): readonly StatePair[] {
  const happens = ({ status }: StateChip): boolean => status !== 'cannot-happen'
  const [ours, theirs] = [left.filter(happens), right.filter(happens)]
  const conditions = new Set([...ours, ...theirs].map(({ condition }) => condition))
  return [...conditions].map((condition) => {
    const one = ours.find((chip) => chip.condition === condition)
    const other = theirs.find((chip) => chip.condition === condition)
    return {
      condition,
      label: (one ?? other)!.label,
      ...(one && { left: one }),
      ...(other && { right: other }),
    }
  })
}

function needsIn(steps: readonly StepColumn[]): readonly NeedRow[] {
  return once(
    steps.flatMap(({ needs }) => needs),
    needKey,
  )
}

function callsIn(steps: readonly StepColumn[]): readonly CallRow[] {
  return once(
    steps.flatMap(({ calls }) => calls),
    callKey,
  )
}

function needKey({ operation, path }: NeedRow): string {
  return `${operation} ${path}`
}

function callKey({ operation }: CallRow): string {
  return operation
}

function shared<Thing>(
  left: readonly Thing[],
  right: readonly Thing[],
  key: (thing: Thing) => string,
): Shared<Thing> {
  const ours = new Set(left.map(key))
  const theirs = new Set(right.map(key))
  return {
    left: left.filter((one) => !theirs.has(key(one))),
    both: left.filter((one) => theirs.has(key(one))),
    right: right.filter((one) => !ours.has(key(one))),
  }
}

function once<Thing>(things: readonly Thing[], key: (thing: Thing) => string): readonly Thing[] {
  return [...new Map(things.toReversed().map((one) => [key(one), one])).values()].toReversed()
}
