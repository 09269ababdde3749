import { deepest } from '../text/limits.ts'
import type { Path } from '../text/origin.ts'
import { isObject } from '../text/site.ts'
import { parseJsonPath } from './json-path.ts'
import type { Overlay, OverlayAction, OverlayStep } from './overlay.ts'
import { selected, type Selected } from './selected.ts'

/** What an overlay makes of a document. */
export interface Overlaid {
  /** The document after all actions. What they leave alone is the very same objects. */
  readonly value: unknown
  /** What was done, in order. */
  readonly steps: readonly OverlayStep[]
  /** Actions that could not be done: the others are. */
  readonly problems: readonly { readonly action: number; readonly problem: string }[]
  /** Actions whose target selects nothing, which is no error by the specification and seldom meant. */
  readonly idle: readonly number[]
}

/** More changes than this by one overlay are given up. */
const mostSteps = 100_000

/**
 * Applies an OpenAPI Overlay (1.0, 1.1) to a document, action by action. Nothing is changed in place. An action that its
 * target does not fit (a list merged into a map, the root removed) is left out and told.
 */
export function applyOverlay(document: unknown, { actions }: Pick<Overlay, 'actions'>): Overlaid {
  let value = document
  const steps: OverlayStep[] = []
  const problems: { action: number; problem: string }[] = []
  const idle: number[] = []
  for (const [index, action] of actions.entries()) {
    try {
      const found = stepsOf(value, action)
      if (found === undefined) {
        idle.push(index)
        continue
      }
      if (steps.length + found.length > mostSteps)
        throw new Unfit(`makes more than ${mostSteps.toLocaleString('en')} changes`)
      for (const step of found) {
        value = afterStep(value, step)
        steps.push(step)
      }
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
      problems.push({ action: index, problem: error.message })
    }
  }
  return { value, steps, problems, idle }
}

class Unfit extends Error {}

/** What an action changes; `undefined` where its target selects nothing. */
function stepsOf(document: unknown, action: OverlayAction): readonly OverlayStep[] | undefined {
  const targets = query(document, action.target, 'target')
  if (targets.length === 0) return undefined
  if (action.remove === true) return removals(targets)
  const { update, copy } = action
  if (update !== undefined && copy !== undefined)
    throw new Unfit('has both `update` and `copy`: leave one of them out')
  const merged = copy === undefined ? update : copied(document, copy)
  if (merged === undefined) throw new Unfit('has neither `update`, `copy` nor `remove`')
  const kinds = new Set(targets.map(({ value }) => kindOf(value)))
  if (kinds.size > 1)
    throw new Unfit(
      `selects ${[...kinds].toSorted().join(' and ')} together: all must be of one kind`,
    )
  const steps: OverlayStep[] = []
  for (const { path, value } of targets) merge(path, value, merged, steps)
  return steps
}

function query(document: unknown, text: string, key: 'target' | 'copy'): readonly Selected[] {
  const parsed = parseJsonPath(text)
  if ('problem' in parsed)
    throw new Unfit(`\`${key}\` ${parsed.problem} (character ${parsed.at + 1})`)
  const found = selected(document, parsed)
  if (found === undefined) throw new Unfit(`\`${key}\` looks at too many values`)
  return found
}

function copied(document: unknown, copy: string): unknown {
  const found = query(document, copy, 'copy')
  if (found.length !== 1)
    throw new Unfit(`\`copy\` selects ${found.length} values: it must select one`)
  return found[0]!.value
}

/** What stands deeper and later goes first, so that the other paths still lead where they did. */
function removals(targets: readonly Selected[]): readonly OverlayStep[] {
  const paths = new Map(targets.map(({ path }) => [JSON.stringify(path), path]))
  if ([...paths.values()].some((path) => path.length === 0))
    throw new Unfit('removes the whole document')
  const isInside = (path: Path): boolean =>
    path.some((_, length) => length > 0 && paths.has(JSON.stringify(path.slice(0, length))))
  return [...paths.values()]
    .filter((path) => !isInside(path))
    .toSorted(laterFirst)
    .map((path) => ({ kind: 'remove', path }))
}

function laterFirst(a: Path, b: Path): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [left, right] = [a[at], b[at]]
    if (typeof left === 'number' && typeof right === 'number' && left !== right) return right - left
  }
  return b.length - a.length
}

function merge(path: Path, old: unknown, update: unknown, steps: OverlayStep[]): void {
  if (steps.length > mostSteps)
    throw new Unfit(`makes more than ${mostSteps.toLocaleString('en')} changes`)
  if (path.length > deepest) throw new Unfit('leads deeper than any document')
  if (Array.isArray(old)) {
    for (const value of Array.isArray(update) ? (update as readonly unknown[]) : [update])
      steps.push({ kind: 'append', path, value })
    return
  }
  if (isObject(old)) {
    if (!isObject(update)) throw misfit(path, old, update)
    for (const [key, value] of Object.entries(update)) {
      const inner = [...path, key]
      if (!Object.hasOwn(old, key)) steps.push({ kind: 'set', path: inner, value })
      else if (Array.isArray(old[key]) && !Array.isArray(value))
        throw misfit(inner, old[key], value)
      else merge(inner, old[key], value, steps)
    }
    return
  }
  if (update !== null && typeof update === 'object') throw misfit(path, old, update)
  if (old !== update) steps.push({ kind: 'set', path, value: update })
}

function misfit(path: Path, old: unknown, update: unknown): Unfit {
  return new Unfit(
    `can't merge ${oneOf(update)} into \`${path.join('.') || '$'}\`, which is ${oneOf(old)}`,
  )
}

function kindOf(value: unknown): 'lists' | 'maps' | 'plain values' {
  return Array.isArray(value) ? 'lists' : isObject(value) ? 'maps' : 'plain values'
}

function oneOf(value: unknown): string {
  return { lists: 'a list', maps: 'a map', 'plain values': 'a plain value' }[kindOf(value)]
}

/** The document after one change; only what lies on the way to it is made anew. */
export function afterStep(document: unknown, step: OverlayStep): unknown {
  const { path } = step
  if (step.kind === 'append')
    return changed(document, path, (list) =>
      Array.isArray(list) ? [...(list as readonly unknown[]), step.value] : list,
    )
  if (step.kind === 'set') return changed(document, path, () => step.value)
  const key = path.at(-1)!
  return changed(document, path.slice(0, -1), (holder) => {
    if (Array.isArray(holder)) return holder.filter((_, index) => index !== key)
    if (!isObject(holder)) return holder
    return Object.fromEntries(Object.entries(holder).filter(([name]) => name !== key))
  })
}

function changed(value: unknown, path: Path, change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (index === key ? changed(one, rest, change) : one))
  if (!isObject(value)) return value
  const own = Object.hasOwn(value, key) ? value[key] : undefined
  // A computed key makes an own property, whatever it is called.
  return { ...value, [key]: changed(own, rest, change) }
}
