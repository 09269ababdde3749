import type { StateDeclaration, StateEdit } from '@throughline/core'
import { callOf, given, setKeys, spotOf, stepOf, type Draft, type Spot } from '../draft.ts'
import { isMapValue, type Plain } from '../plain.ts'
import { Refusal } from '../refusal.ts'
import { callOrder, mapOf } from './calls.ts'
import { titleOf } from './steps.ts'

const names = ['show', 'test', 'recover', 'design', 'same'] as const
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
const workspaceOrder = [
  '$schema',
  'throughline',
  'name',
  'apis',
  'teams',
  'states',
  'rules',
  'clients',
  'app',
]

export function editState(draft: Draft, edit: StateEdit): string {
  const { holder, states, order, where } = holderOf(draft, edit)
  const state = states.find(({ condition }) => condition === plainCondition(edit.condition))
  if (edit.kind === 'remove-state') {
    if (state === undefined)
      throw new Refusal(
        422,
        `${where} has no state ${edit.condition}`,
        'It may have been removed meanwhile.',
        { pointer: '/condition' },
      )
    draft.change(holder().file, { kind: 'remove', path: spotOf(state.site).path })
    return `Removed the state ${edit.condition} of ${where}`
  }
  if (
    edit.set.same !== undefined &&
    edit.set.same !== null &&
    plainCondition(edit.set.same) === plainCondition(edit.condition)
  )
    throw new Refusal(422, 'A state cannot be the same as itself', 'Choose another condition.', {
      pointer: '/set/same',
    })
  const { same, ...texts } = edit.set
  const values = {
    ...texts,
    ...(same !== undefined && { same: same === null ? null : sameValue(same) }),
  }
  if (state === undefined) add(draft, holder(), states, edit.condition, given(values, names), order)
  else change(draft, spotOf(state.site), values)
  return state === undefined
    ? `Added the state ${edit.condition} to ${where}`
    : `Changed the state ${edit.condition} of ${where}`
}

function add(
  draft: Draft,
  holder: Spot,
  states: readonly StateDeclaration[],
  condition: string,
  value: Readonly<Record<string, Plain>>,
  order: readonly string[],
): void {
  if (Object.keys(value).length === 0)
    throw new Refusal(422, 'Nothing is said about this state', 'Say what people see.', {
      pointer: '/set',
    })
  const onlyTexts = states.length > 0 && states.every(({ site }) => typeof site.value === 'string')
  const isText = onlyTexts && Object.keys(value).length === 1 && value['show'] !== undefined
  draft.change(holder.file, {
    kind: 'set',
    path: [...holder.path, 'states', condition],
    value: isText ? value['show']! : value,
    order,
  })
}

function change(draft: Draft, spot: Spot, values: Readonly<Record<string, Plain>>): void {
  if (isMapValue(spot.value)) return setKeys(draft, spot, values, names)
  const before = typeof spot.value === 'string' ? { show: spot.value } : {}
  const value = given({ ...before, ...values }, names)
  const [first] = Object.keys(value)
  if (first === undefined) draft.change(spot.file, { kind: 'remove', path: spot.path })
  else
    draft.change(spot.file, {
      kind: 'set',
      path: spot.path,
      value: Object.keys(value).length === 1 && first === 'show' ? value['show']! : value,
    })
}

interface Holder {
  /** What the states stand on; a call that is a name alone becomes a map. */
  readonly holder: () => Spot
  readonly states: readonly StateDeclaration[]
  readonly order: readonly string[]
  readonly where: string
}

function holderOf(draft: Draft, { step, call }: StateEdit): Holder {
  if (step === undefined) {
    const { workspace } = draft.declarations
    const spot = spotOf(workspace.site)
    if (call !== undefined)
      throw new Refusal(422, 'A call stands in a step', 'Name the step too.', { pointer: '/step' })
    if (workspace.site.value === null || typeof workspace.site.value !== 'object')
      throw new Refusal(
        409,
        'There is no throughline.yaml',
        'Only contracts are open. `throughline init` writes a workspace for them.',
      )
    draft.about(spot.file)
    return {
      holder: () => spot,
      states: workspace.states,
      order: workspaceOrder,
      where: 'the whole app',
    }
  }
  if (call === undefined) {
    const found = stepOf(draft, step)
    return {
      holder: () => found.spot,
      states: found.step.states,
      order: stepOrder,
      where: titleOf(found.step),
    }
  }
  const found = callOf(draft, step, call)
  return {
    holder: () => mapOf(draft, found),
    states: found.call.states,
    order: callOrder,
    where: `${found.call.operation} of ${titleOf(found.step)}`,
  }
}

/** `4XX` and `problem:out-of-stock` as the graph says them. */
function plainCondition(written: string): string {
  return written.startsWith('problem:')
    ? `problem: ${written.slice(8).trim()}`
    : written.toLowerCase()
}

/** A status is written as people write it: `same: 422`. */
function sameValue(same: string): string | number {
  return /^\d{3}$/.test(same) ? Number(same) : same
}
