import type { StateDeclaration } from '../1-parse/declarations.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import type { Origin } from '../text/origin.ts'
import { child, originOf } from '../text/site.ts'
import { suggestion } from '../text/suggestion.ts'

/** States of one place (app, step or call) with `same` followed, the first of each condition. */
export interface LinkedStates {
  readonly states: ReadonlyMap<string, LinkedState>
  readonly diagnostics: readonly Diagnostic[]
}
export interface LinkedState {
  /** As written, where it was written. */
  readonly written: StateDeclaration
  /** The one that says what is shown. */
  readonly shown: StateDeclaration
}

/**
 * Links the states of one place. `same` looks in the place itself first, then outwards (`outer`, nearest first);
 * a name that is nowhere and a circle of `same`s are reported, and the state then shows nothing.
 */
export function linkStates(
  declared: readonly StateDeclaration[],
  outer: readonly ReadonlyMap<string, LinkedState>[],
  subject: string | undefined,
): LinkedStates {
  const diagnostics: Diagnostic[] = []
  const here = new Map<string, StateDeclaration>()
  for (const state of declared) if (!here.has(state.condition)) here.set(state.condition, state)
  const states = new Map<string, LinkedState>()
  for (const [condition, written] of here) {
    const { shown, problem } = follow(condition, here, outer)
    states.set(condition, { written, shown: shown ?? written })
    if (problem === undefined) continue
    const found =
      problem === 'loop'
        ? diagnostic('TL2018', sameOf(written), { state: quoted(condition) })
        : diagnostic('TL2013', sameOf(written), {
            state: quoted(written.same ?? ''),
            suggestion: suggestion(written.same ?? '', namesAround(condition, here, outer)),
          })
    diagnostics.push(subject === undefined ? found : { ...found, subject })
  }
  return { states, diagnostics }
}

function sameOf({ site }: StateDeclaration): Origin {
  return originOf(child(site, 'same') ?? site)
}

function namesAround(
  condition: string,
  here: ReadonlyMap<string, unknown>,
  outer: readonly ReadonlyMap<string, unknown>[],
): ReadonlySet<string> {
  const names = new Set([here, ...outer].flatMap((states) => [...states.keys()]))
  names.delete(condition)
  return names
}

/** Follows `same` to the state that says what is shown. */
function follow(
  condition: string,
  here: ReadonlyMap<string, StateDeclaration>,
  outer: readonly ReadonlyMap<string, LinkedState>[],
): { readonly shown?: StateDeclaration; readonly problem?: 'loop' | 'unknown' } {
  const seen = new Set<string>()
  let name = condition
  let state = here.get(condition)!
  while (state.same !== undefined) {
    seen.add(name)
    const target: string = state.same
    const next = target === name ? undefined : here.get(target)
    if (next === undefined) {
      const inherited = outer.find((states) => states.has(target))?.get(target)
      if (inherited !== undefined) return { shown: inherited.shown }
      return { problem: target === name ? 'loop' : 'unknown' }
    }
    if (seen.has(target)) return { problem: 'loop' }
    name = target
    state = next
  }
  return { shown: state }
}
