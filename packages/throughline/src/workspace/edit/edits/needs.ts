import type { NeedDeclaration, NeedEdit } from '@throughline/core'
import {
  below,
  callOf,
  given,
  isInBrackets,
  moveItem,
  placeOf,
  setKeys,
  spotOf,
  type Draft,
  type FoundCall,
} from '../draft.ts'
import type { Plain } from '../plain.ts'
import { Refusal } from '../refusal.ts'
import { callOrder, mapOf } from './calls.ts'
import { titleOf } from './steps.ts'

const names = ['label', 'why', 'absent'] as const
const order = ['path', ...names]

export function editNeed(draft: Draft, edit: NeedEdit): string {
  const found = callOf(draft, edit.step, edit.call)
  const { step, call } = found
  switch (edit.kind) {
    case 'add-need': {
      isFree(found, edit.path, '/path')
      const at = placeOf(call.needs, edit.before, isNeed, 'need')
      insert(draft, found, at, { path: edit.path, ...given(edit, names) })
      return `${titleOf(step)} needs ${edit.label ?? edit.path}`
    }
    case 'change-need': {
      const need = needOf(found, edit.need)
      const { path, ...texts } = edit.set
      if (path !== undefined && path !== need.path) isFree(found, path, '/set/path')
      change(draft, found, need, path ?? need.path, texts)
      return `Changed the need ${need.label ?? need.path} of ${titleOf(step)}`
    }
    case 'move-need': {
      const need = needOf(found, edit.need)
      const target =
        edit.to === undefined ? found : callOf(draft, edit.to.step, edit.to.call, '/to')
      const at = placeOf(target.call.needs, edit.before, isNeed, 'need')
      if (target.call.site === call.site) {
        const spot = spotOf(need.site)
        moveItem(draft, { ...spot, path: spot.path.slice(0, -1) }, call.needs.indexOf(need), at)
      } else {
        isFree(target, need.path, '/to')
        insert(draft, target, at, spotOf(need.site).value as Plain)
        // Lists before this one may have grown: it is looked for again.
        removeNeed(draft, callOf(draft, edit.step, edit.call), edit.need)
      }
      return `Moved the need ${need.label ?? need.path} of ${titleOf(step)}`
    }
    case 'remove-need': {
      const need = needOf(found, edit.need)
      removeNeed(draft, found, edit.need)
      return `${titleOf(step)} no longer needs ${need.label ?? need.path}`
    }
  }
}

const isNeed = (need: NeedDeclaration, path: string): boolean => need.path === path

function needOf({ call, step }: FoundCall, path: string): NeedDeclaration {
  const need = call.needs.find((one) => one.path === path)
  if (need === undefined)
    throw new Refusal(
      422,
      `${titleOf(step)} does not need ${path} of ${call.operation}`,
      'It may have been changed meanwhile.',
      { pointer: '/need' },
    )
  return need
}

function isFree({ call, step }: FoundCall, path: string, pointer: string): void {
  if (call.needs.some((need) => need.path === path))
    throw new Refusal(
      422,
      `${titleOf(step)} needs ${path} of ${call.operation} already`,
      'Change that need instead.',
      { pointer },
    )
}

function insert(draft: Draft, found: FoundCall, at: number, value: Plain): void {
  const spot = mapOf(draft, found)
  const { needs } = found.call
  const isBare = typeof value === 'object' && value !== null && Object.keys(value).length === 1
  const onlyMaps = needs.length > 0 && needs.every((need) => typeof need.site.value === 'object')
  const written = isBare && !onlyMaps ? Object.values(value)[0]! : value
  draft.change(spot.file, {
    kind: 'insert',
    path: [...spot.path, 'needs'],
    at,
    value: written,
    order: callOrder,
  })
}

function removeNeed(draft: Draft, found: FoundCall, path: string): void {
  const spot = spotOf(needOf(found, path).site)
  draft.change(spot.file, { kind: 'remove', path: spot.path })
}

function change(
  draft: Draft,
  { call }: FoundCall,
  need: NeedDeclaration,
  path: string,
  texts: Readonly<Partial<Record<(typeof names)[number], string | null>>>,
): void {
  const spot = spotOf(need.site)
  if (typeof spot.value === 'string') {
    const value = { path, ...given(texts, names) }
    const isBare = Object.keys(value).length === 1
    draft.change(spot.file, { kind: 'set', path: spot.path, value: isBare ? path : value })
    return
  }
  setKeys(draft, spot, { ...(path !== need.path && { path }), ...texts }, order)
  const left = names.filter((name) =>
    texts[name] === undefined ? need[name] !== undefined : texts[name] !== null,
  )
  const others = call.needs.some((one) => typeof one.site.value === 'string')
  const keys = Object.keys(spot.value as object)
  const isOurs = keys.every((key) => order.includes(key))
  // What is left in braces is a path alone, and its neighbours are written without.
  if (left.length === 0 && others && isOurs && isInBrackets(draft, below(spot)))
    draft.change(spot.file, { kind: 'set', path: spot.path, value: path })
}
