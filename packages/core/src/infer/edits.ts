import type { DiscoveredCall } from './discovered.ts'
import { generalPath } from './general-path.ts'
import type { DiscoveryEdit, Observation } from './observation.ts'
import { routeOf, type IdOf, type Visit } from './screens.ts'

/** What somebody has said about the result, asked by the walk of a journey and the screen of a step. */
export interface Edits {
  readonly merges: readonly Extract<DiscoveryEdit, { kind: 'merge' }>[]
  readonly isLeftOut: (walk: string, screen: string) => boolean
  /** The name of a step, or of a journey; `undefined` where nobody gave one. */
  readonly titleOf: (walk: string, screen?: string) => string | undefined
  readonly withNeeds: (walk: string, screen: string, call: DiscoveredCall) => DiscoveredCall
}

/** Edits among observations; of two about the same the later holds. */
export function editsOf(observations: readonly Observation[], idOf: IdOf): Edits {
  const merges: Extract<DiscoveryEdit, { kind: 'merge' }>[] = []
  const titles = new Map<string, string>()
  const out = new Map<string, boolean>()
  const needs = new Map<string, Map<string, boolean>>()
  const key = (walk: string, screen?: string): string =>
    screen === undefined ? walk : `${walk}\n${shapeOf(screen, idOf)}`
  for (const one of observations) {
    if (one.kind !== 'edit') continue
    const { edit } = one
    switch (edit.kind) {
      case 'name-step':
        titles.set(key(edit.walk, edit.screen), edit.title)
        break
      case 'name-journey':
        titles.set(key(edit.walk), edit.title)
        break
      case 'leave-out':
        out.set(key(edit.walk, edit.screen), edit.out)
        break
      case 'merge':
        merges.push(edit)
        break
      case 'need': {
        const call = `${key(edit.walk, edit.screen)}\n${edit.operation}`
        const own = needs.get(call) ?? new Map<string, boolean>()
        needs.set(call, own.set(edit.path, edit.needed))
        break
      }
    }
  }
  return {
    merges,
    isLeftOut: (walk, screen) => out.get(key(walk, screen)) === true,
    titleOf(walk, screen) {
      const title = titles.get(key(walk, screen))?.trim()
      return title === '' ? undefined : title
    },
    withNeeds(walk, screen, call) {
      const own = needs.get(`${key(walk, screen)}\n${call.operation}`)
      if (own === undefined) return call
      const paths = new Set([
        ...call.needs.filter((path) => own.get(path) !== false),
        ...[...own].flatMap(([path, needed]) => (needed ? [path] : [])),
      ])
      // In the order of the answer, and never one that it does not have.
      return { ...call, needs: call.fields.flatMap(({ path }) => (paths.has(path) ? [path] : [])) }
    },
  }
}

/** Journeys with those put together that somebody says are one. */
export function merged(
  journeys: readonly (readonly (readonly Visit[])[])[],
  { merges }: Edits,
): readonly (readonly (readonly Visit[])[])[] {
  const all = [...journeys]
  const at = (walk: string): number =>
    all.findIndex((walks) => walks.some((one) => one[0]?.walk === walk))
  for (const { walk, into } of merges) {
    const [from, to] = [at(walk), at(into)]
    if (from < 0 || to < 0 || from === to) continue
    all[to] = [...all[to]!, ...all[from]!]
    all.splice(from, 1)
  }
  return all
}

/** A screen whatever its parameters are called; one that was seen before its ids were known is the same. */
function shapeOf(screen: string, idOf: IdOf): string {
  return routeOf(generalPath(screen, idOf), idOf).replace(/\{[^}]+\}|:\w+/g, '*')
}
