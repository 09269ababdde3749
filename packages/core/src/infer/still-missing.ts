import type { Discovered } from './discovered.ts'
import { generalPath } from './general-path.ts'
import type { Observation } from './observation.ts'
import { idsIn, routeOf } from './screens.ts'

/** What a person who clicks has not shown yet. */
export interface StillMissing {
  /** Screens that pages link to, or journeys name, and that nobody opened. */
  readonly screens: readonly string[]
  /** Screens that were opened, and made no call. */
  readonly silent: readonly string[]
  /** Operations of the contract that nothing has called: `GET /orders/{orderId}`. */
  readonly operations: readonly string[]
  /** Calls that were never seen to fail, by step: `basket api.getBasket`. */
  readonly neverFailed: readonly string[]
}

/** What a workspace names already. */
export interface Declared {
  /** Routes of its steps. */
  readonly screens: readonly string[]
  readonly operations: readonly { readonly method: string; readonly path: string }[]
}

/** Screens and operations that are still to be shown; those of a workspace too, where there is one. */
export function stillMissing(
  observations: readonly Observation[],
  { apis, journeys }: Discovered,
  declared: Declared = { screens: [], operations: [] },
): StillMissing {
  const idOf = idsIn(observations.filter((one) => one.kind === 'call'))
  const steps = journeys.flatMap((one) => one.steps)
  const opened = new Set(
    [...steps.map((one) => one.screen), ...journeys.flatMap((one) => one.leftOut)].map(shape),
  )
  const linked = observations
    .flatMap((one) => (one.kind === 'links' ? one.paths : []))
    .map((one) => routeOf(one, idOf))
    // A file to load is no screen.
    .filter((one) => !/\.[a-z]\w{1,4}$/i.test(one))
  const screens = new Map<string, string>()
  for (const screen of [...linked, ...declared.screens])
    if (!opened.has(shape(screen)) && !screens.has(shape(screen)))
      screens.set(shape(screen), screen)
  const called = apis.flatMap((one) => one.operations)
  const operations = declared.operations.filter(
    ({ method, path }) =>
      !called.some((one) => one.method === method && endsAlike(shape(one.path), shape(path))),
  )
  return {
    screens: [...screens.values()].slice(0, 100),
    silent: [...new Set(steps.filter((one) => one.calls.length === 0).map((one) => one.screen))],
    operations: operations.map(({ method, path }) => `${method} ${path}`).slice(0, 500),
    neverFailed: steps.flatMap((step) =>
      step.calls.flatMap(({ operation, states }) =>
        states.some((one) => /^\d/.test(one.condition)) ? [] : [`${step.id} ${operation}`],
      ),
    ),
  }
}

function endsAlike(seen: string, declared: string): boolean {
  return (
    seen === declared ||
    (seen !== '' && declared.endsWith(seen)) ||
    (declared !== '' && seen.endsWith(declared))
  )
}

/** A path with nameless parameters. */
function shape(path: string): string {
  return generalPath(path)
    .replace(/\{[^}]+\}|:\w+/g, '*')
    .replace(/\/$/, '')
}
