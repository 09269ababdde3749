import type { CallDeclaration, CallEdit, StepDeclaration } from '@throughline/core'
import {
  below,
  budgetOrder,
  callOf,
  given,
  moveItem,
  placeOf,
  sameCall,
  setKeys,
  setList,
  spotOf,
  stepOf,
  type Draft,
  type FoundCall,
  type Spot,
} from '../draft.ts'
import { Refusal } from '../refusal.ts'
import { listed } from './journeys.ts'
import { titleOf } from './steps.ts'

export const callOrder = [
  'operation',
  'after',
  'sends',
  'needs',
  'budget',
  ...budgetOrder,
  'states',
]
const stepOrder = [
  'step',
  'title',
  'screen',
  'image',
  'design',
  'feeling',
  'budget',
  'states',
  'calls',
  'next',
]

export function editCall(draft: Draft, edit: CallEdit): string {
  switch (edit.kind) {
    case 'add-call': {
      const { step, spot } = stepOf(draft, edit.step)
      exists(draft, edit.operation, '/operation')
      isFree(draft, step, edit.operation, '/operation')
      const after = written(draft, step, edit.after, '/after')
      const value = {
        operation: edit.operation,
        ...(after !== undefined &&
          after.length > 0 && { after: after.length === 1 ? after[0]! : after }),
        ...given(edit, ['sends', 'needs', 'budget']),
      }
      const calls = below(spot, 'calls')
      const at = placeOf(step.calls, edit.before, isCall(draft, step), 'call')
      const isShort =
        Object.keys(value).length === 1 &&
        step.calls.length > 0 &&
        step.calls.every((call) => typeof call.site.value === 'string')
      draft.change(spot.file, {
        kind: 'insert',
        path: calls.path,
        at,
        value: isShort ? edit.operation : value,
        order: stepOrder,
      })
      return `${titleOf(step)} calls ${edit.operation}`
    }
    case 'change-call':
      return change(draft, edit)
    case 'move-call': {
      const { step, call, spot } = callOf(draft, edit.step, edit.call)
      const calls = { ...spot, path: spot.path.slice(0, -1) }
      moveItem(
        draft,
        calls,
        step.calls.indexOf(call),
        placeOf(step.calls, edit.before, isCall(draft, step), 'call'),
      )
      return `Moved the call ${call.operation} of ${titleOf(step)}`
    }
    case 'remove-call': {
      const { step, call, spot } = callOf(draft, edit.step, edit.call)
      for (const other of waitingFor(draft, step, call)) {
        const left = other.after
          .map(({ operation }) => operation)
          .filter((operation) => sameCall(draft, step, operation) !== call)
        setList(draft, below(spotOf(other.site), 'after'), left, callOrder, { single: true })
      }
      draft.change(spot.file, { kind: 'remove', path: spot.path })
      return `${titleOf(step)} no longer calls ${call.operation}`
    }
  }
}

function change(draft: Draft, edit: Extract<CallEdit, { kind: 'change-call' }>): string {
  const found = callOf(draft, edit.step, edit.call)
  const { step, call } = found
  const { operation, after, sends, budget } = edit.set
  const waits =
    after === undefined || after === null ? after : written(draft, step, after, '/set/after', call)
  const spot = mapOf(
    draft,
    found,
    Object.values(edit.set).some((value) => value !== null) &&
      Object.keys(edit.set).some((key) => key !== 'operation'),
  )
  if (waits !== undefined) setList(draft, below(spot, 'after'), waits, callOrder, { single: true })
  if (sends !== undefined) setList(draft, below(spot, 'sends'), sends, callOrder)
  if (budget === null) setKeys(draft, spot, { budget }, callOrder)
  else if (budget !== undefined) setKeys(draft, below(spot, 'budget'), { ...budget }, callOrder)
  if (operation !== undefined && operation !== call.operation) {
    exists(draft, operation, '/set/operation')
    if (draft.operation(operation).name !== draft.operation(call.operation).name)
      isFree(draft, step, operation, '/set/operation')
    // Those that wait for it name it.
    for (const other of waitingFor(draft, step, call))
      for (const { operation: name, site } of other.after)
        if (sameCall(draft, step, name) === call)
          draft.change(spot.file, { kind: 'set', path: spotOf(site).path, value: operation })
    const isShort = typeof spot.value === 'string'
    draft.change(spot.file, {
      kind: 'set',
      path: isShort ? spot.path : [...spot.path, 'operation'],
      value: operation,
    })
  }
  return `Changed the ${listed(Object.keys(edit.set))} of the call ${call.operation} of ${titleOf(step)}`
}

/** The place of a call that keys can be set in. A call that is written as its name alone becomes a map. */
export function mapOf(draft: Draft, { call, spot }: FoundCall, isNeeded = true): Spot {
  if (typeof spot.value !== 'string' || !isNeeded) return spot
  const value = { operation: call.operation }
  draft.change(spot.file, { kind: 'set', path: spot.path, value })
  return { ...spot, value }
}

const isCall =
  (draft: Draft, step: StepDeclaration) =>
  (call: CallDeclaration, name: string): boolean =>
    sameCall(draft, step, name) === call

function waitingFor(
  draft: Draft,
  step: StepDeclaration,
  call: CallDeclaration,
): readonly CallDeclaration[] {
  return step.calls.filter(
    (other) =>
      other !== call &&
      other.after.some(({ operation }) => sameCall(draft, step, operation) === call),
  )
}

/** Calls to wait for, as they are written in the step. */
function written(
  draft: Draft,
  step: StepDeclaration,
  names: readonly string[] | null | undefined,
  pointer: string,
  self?: CallDeclaration,
): readonly string[] | undefined {
  return names?.map((name, at) => {
    const call = sameCall(draft, step, name)
    if (call === undefined || call === self)
      throw new Refusal(
        422,
        call === undefined ? `The step does not call ${name}` : 'A call cannot wait for itself',
        'Choose another call of this step.',
        { pointer: `${pointer}/${at}` },
      )
    return call.operation
  })
}

function exists(draft: Draft, operation: string, pointer: string): void {
  const found = draft.operation(operation)
  if (found.operation === undefined)
    throw new Refusal(
      422,
      `No contract has the operation ${operation}`,
      'Choose one from the list of operations.',
      { pointer },
    )
}

function isFree(draft: Draft, step: StepDeclaration, operation: string, pointer: string): void {
  if (sameCall(draft, step, operation) !== undefined)
    throw new Refusal(
      422,
      `The step calls ${operation} already`,
      'Add what is needed to that call.',
      { pointer },
    )
}
