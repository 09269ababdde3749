import type { Discovered, DiscoveredJourney } from './discovered.ts'
import type { Observation } from './observation.ts'
import { stillMissing, type Declared, type StillMissing } from './still-missing.ts'
import { visitsIn } from './screens.ts'

/** A look at an app while somebody clicks through it: what the studio shows, and people edit before anything is written. */
export interface Discovery {
  /** The team's app. */
  readonly app: string
  /** Where it is to be clicked through, where it is served from here. */
  readonly address?: string
  /** Whether a workspace is written in the end; where there is one already, only differences are shown. */
  readonly writes: boolean
  /** Paths that are written, or were. */
  readonly files: readonly string[]
  readonly journeys: readonly DiscoveredJourney[]
  readonly operations: readonly {
    readonly name: string
    readonly method: string
    readonly path: string
    readonly calls: number
    /** Screens that call it. */
    readonly screens: readonly string[]
  }[]
  readonly missing: StillMissing
  /** The screen that can be taken back. */
  readonly last?: { readonly path: string; readonly heading: string }
  readonly notes: readonly string[]
  readonly differences: readonly string[]
}

/** What the studio shows of what was seen; `declared` is what a workspace that is there already names. */
export function discoveryOf(
  observations: readonly Observation[],
  found: Discovered,
  about: Pick<Discovery, 'app' | 'address' | 'writes' | 'files' | 'differences'>,
  declared?: Declared,
): Discovery {
  const last = visitsIn(observations).at(-1)
  const screensOf = new Map<string, Set<string>>()
  for (const { screen, calls } of found.journeys.flatMap((one) => one.steps))
    for (const { operation } of calls)
      screensOf.set(operation, (screensOf.get(operation) ?? new Set()).add(screen))
  return {
    ...about,
    journeys: found.journeys,
    operations: found.apis.flatMap((api) =>
      api.operations.map(({ name, method, path, calls }) => ({
        name: `${api.name}.${name}`,
        method,
        path,
        calls,
        screens: [...(screensOf.get(`${api.name}.${name}`) ?? [])],
      })),
    ),
    missing: stillMissing(observations, found, declared),
    ...(last !== undefined && { last: { path: last.path, heading: last.heading } }),
    notes: found.notes,
  }
}
