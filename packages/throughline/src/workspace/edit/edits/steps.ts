import type { JourneyDeclaration, StepDeclaration, StepEdit } from '@throughline/core'
import {
  below,
  budgetOrder,
  given,
  journeyOf,
  moveItem,
  placeOf,
  setKeys,
  setList,
  spotOf,
  stepOf,
  type Draft,
} from '../draft.ts'
import { Refusal } from '../refusal.ts'
import { listed } from './journeys.ts'
import { renameReferences } from './references.ts'

const names = ['title', 'screen', 'image', 'design', 'feeling', 'budget', 'next'] as const
const order = [
  'step',
  'title',
  'screen',
  'image',
  'design',
  'feeling',
  'score',
  'quote',
  'from',
  'budget',
  ...budgetOrder,
  'states',
  'calls',
  'next',
]

export function editStep(draft: Draft, edit: StepEdit): string {
  switch (edit.kind) {
    case 'add-step': {
      const journey = journeyOf(draft, edit.journey)
      isFree(journey, edit.step, '/step')
      leadsSomewhere(draft, journey, edit.next, '/next', edit.step)
      const steps = below(spotOf(journey.site), 'steps')
      const at = placeOf(journey.steps, edit.before, isStep, 'step')
      draft.change(steps.file, {
        kind: 'insert',
        path: steps.path,
        at,
        value: { step: edit.step, ...given(edit, names) },
      })
      return `Added the step ${edit.title ?? edit.step}`
    }
    case 'rename-step': {
      const { journey, step, spot } = stepOf(draft, edit.step)
      if (edit.to !== step.id) isFree(journey, edit.to, '/to')
      renameReferences(draft, edit.step, `${journey.id}/${edit.to}`)
      draft.change(spot.file, { kind: 'set', path: [...spot.path, 'step'], value: edit.to })
      return `Renamed the step ${step.id} to ${edit.to}`
    }
    case 'change-step':
      return change(draft, edit)
    case 'move-step': {
      const { journey, step, spot } = stepOf(draft, edit.step)
      const steps = { ...spot, path: spot.path.slice(0, -1) }
      moveItem(
        draft,
        steps,
        journey.steps.indexOf(step),
        placeOf(journey.steps, edit.before, isStep, 'step'),
      )
      return `Moved the step ${titleOf(step)}`
    }
    case 'duplicate-step': {
      const { journey, step, spot } = stepOf(draft, edit.step)
      isFree(journey, edit.to, '/to')
      const path = spot.path.slice(0, -1)
      const from = Number(spot.path.at(-1))
      draft.change(spot.file, { kind: 'copy', path, from })
      draft.change(spot.file, { kind: 'set', path: [...path, from + 1, 'step'], value: edit.to })
      if (edit.title !== undefined)
        draft.change(spot.file, {
          kind: 'set',
          path: [...path, from + 1, 'title'],
          value: edit.title,
          order,
        })
      return `Copied the step ${titleOf(step)}`
    }
    case 'delete-step': {
      const { journey, step, spot } = stepOf(draft, edit.step)
      unlink(draft, edit.step, followersOf(journey, step))
      draft.change(spot.file, { kind: 'remove', path: spot.path })
      return `Deleted the step ${titleOf(step)}`
    }
  }
}

function change(draft: Draft, edit: Extract<StepEdit, { kind: 'change-step' }>): string {
  const { journey, step, spot } = stepOf(draft, edit.step)
  const { feeling, budget, next, ...texts } = edit.set
  leadsSomewhere(draft, journey, next, '/set/next')
  setKeys(draft, spot, texts, order)
  if (feeling !== undefined) {
    if (feeling === null) setKeys(draft, spot, { feeling }, order)
    else if (feeling.score === undefined && step.feeling === undefined)
      throw new Refusal(422, 'A feeling needs a score', 'Say how people feel here, from -5 to 5.', {
        pointer: '/set/feeling/score',
      })
    else setKeys(draft, below(spot, 'feeling'), { ...feeling }, order)
  }
  if (budget !== undefined) {
    if (budget === null) setKeys(draft, spot, { budget }, order)
    else setKeys(draft, below(spot, 'budget'), { ...budget }, order)
  }
  if (next !== undefined) setList(draft, below(spot, 'next'), next, order, { keepEmpty: true })
  const named = Object.keys(edit.set)
  return named.length === 1 && typeof texts.title === 'string'
    ? `Renamed the step ${titleOf(step)} to ${texts.title}`
    : `Changed the ${listed(named)} of the step ${titleOf(step)}`
}

const isStep = (step: StepDeclaration, id: string): boolean => step.id === id

export function titleOf(step: StepDeclaration): string {
  return step.title ?? step.id
}

function isFree(journey: JourneyDeclaration, id: string, pointer: string): void {
  if (!journey.steps.some((step) => step.id === id)) return
  throw new Refusal(
    422,
    `The journey ${journey.id} has a step ${id} already`,
    'Choose another id.',
    { pointer },
  )
}

function leadsSomewhere(
  draft: Draft,
  journey: JourneyDeclaration,
  next: readonly string[] | null | undefined,
  pointer: string,
  added?: string,
): void {
  const known = new Set([
    ...journey.steps.map(({ id }) => id),
    ...draft.declarations.journeys.flatMap(({ id, steps }) =>
      steps.map((step) => `${id}/${step.id}`),
    ),
    ...(added === undefined ? [] : [added]),
  ])
  for (const [at, step] of (next ?? []).entries())
    if (!known.has(step))
      throw new Refusal(422, `There is no step ${step}`, 'It may have been renamed meanwhile.', {
        pointer: `${pointer}/${at}`,
      })
}

/** Where a step leads, by ids of its own journey. */
function followersOf(journey: JourneyDeclaration, step: StepDeclaration): readonly string[] {
  if (step.next !== undefined)
    return step.next.map((one) => one.step).filter((id) => id !== step.id)
  const following = journey.steps[journey.steps.indexOf(step) + 1]
  return following === undefined ? [] : [following.id]
}

/** Whoever leads to a step that goes leads to those after it instead, so that no way is cut. */
export function unlink(draft: Draft, name: string, followers: readonly string[]): void {
  const [journeyName = '', stepName = ''] = name.split('/')
  for (const journey of draft.declarations.journeys) {
    for (const step of journey.steps) {
      if (step.next === undefined || (journey.id === journeyName && step.id === stepName)) continue
      const next = step.next.map((one) => one.step)
      const isIt = (id: string): boolean =>
        id === name || (journey.id === journeyName && id === stepName)
      if (!next.some(isIt)) continue
      const instead =
        journey.id === journeyName
          ? followers
          : followers.map((id) => (id.includes('/') ? id : `${journeyName}/${id}`))
      const wanted = [...new Set(next.flatMap((id) => (isIt(id) ? instead : [id])))].filter(
        (id) => id !== step.id,
      )
      setList(draft, below(spotOf(step.site), 'next'), wanted, order, {
        single: true,
        keepEmpty: true,
      })
    }
  }
}
