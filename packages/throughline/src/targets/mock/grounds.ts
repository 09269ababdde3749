import type { Place } from './data-control.ts'
import { observedIn } from './observed-latency.ts'
import type { Observed } from './observed-latency.ts'
import type { Manner } from './rest-call.ts'
import type { ServedApi } from './served-apis.ts'
import type { Ground } from './world/base.ts'
import { ORDINARY, dataNamed, problemsIn } from './world/dataset.ts'
import type { DataChoice } from './world/dataset.ts'
import type { Resources } from './world/resources.ts'

/** What worlds stand on: what they are filled with, and what has been looked up of it. */
export interface Grounds {
  /** `dataset` is the usual one unless said; a seed in another language stands apart. */
  readonly of: (resources: Resources, dataset?: string, seed?: string) => Ground
  /** Read when the first request needs it, and again after each change on disk. */
  readonly dataOf: (name: string | undefined) => DataChoice
  /** Every REST API with a world of things. */
  readonly places: (ground: (resources: Resources) => Ground) => readonly Place[]
  /** What only GraphQL APIs know. */
  readonly graphqlPlaces: () => readonly Pick<Place, 'api' | 'resources'>[]
  /** How long calls took in an environment, read when a scenario wants it first, and again after a change. */
  readonly observed: () => Observed
  /** Files have changed. */
  readonly forget: () => void
}

interface GroundsOptions {
  readonly manner: Manner
  readonly apis: () => readonly ServedApi[]
  readonly dataset?: string | undefined
  readonly observed?: (() => Uint8Array | undefined) | undefined
  readonly onNotice?: ((line: string) => void) | undefined
}

/** Grounds for the APIs that there are now; of each language but the usual one, what was looked up last. */
export function groundsFor({
  manner,
  apis,
  dataset: usual,
  observed: readObserved,
  onNotice,
}: GroundsOptions): Grounds {
  let known: Ground['known'] = new Map()
  const knownElsewhere = new Map<string, Ground['known']>()
  const filled = new Map<string, DataChoice>()
  let latencies: Observed | undefined

  return {
    of(resources, dataset, seed = manner.seed) {
      const own = dataOf(dataset ?? usual)
      const { dynamic } = manner
      const looked = seed === manner.seed ? known : knownWith(seed)
      return { resources, seed, dynamic, filled: own, dataset: own.dataset, known: looked }
    },
    dataOf,
    places: (ground) =>
      restApis().map((one) => ({
        api: one.name,
        resources: one.resources(),
        ground: ground(one.resources()),
      })),
    graphqlPlaces,
    observed: () => (latencies ??= observedIn(readObserved?.())),
    forget() {
      known = new Map()
      knownElsewhere.clear()
      filled.clear()
      latencies = undefined
    },
  }

  /** What has been looked up in another language. */
  function knownWith(seed: string): Ground['known'] {
    let found = knownElsewhere.get(seed)
    if (found === undefined) {
      if (knownElsewhere.size >= MOST_LANGUAGES) knownElsewhere.clear()
      knownElsewhere.set(seed, (found = new Map()))
    }
    return found
  }

  function dataOf(name: string | undefined): DataChoice {
    if (name === undefined) return ORDINARY
    let choice = filled.get(name)
    if (choice === undefined) {
      const read = dataNamed(name, manner.readFile)
      choice = read.choice
      filled.set(name, choice)
      const places =
        choice.data === undefined
          ? []
          : [
              ...restApis().map((one) => one.resources()),
              ...graphqlPlaces().map((one) => one.resources),
            ]
      for (const line of [...read.problems, ...problemsIn(choice, places)]) onNotice?.(line)
    }
    return choice
  }

  function restApis(): readonly ServedApi[] {
    return apis().filter((one) => one.contract.protocol === 'rest')
  }

  function graphqlPlaces(): readonly Pick<Place, 'api' | 'resources'>[] {
    const rest = restApis().map((one) => one.resources())
    return apis().flatMap((one) => {
      const resources = one.graphql()?.resources(rest)
      return resources === undefined ? [] : [{ api: one.name, resources }]
    })
  }
}

const MOST_LANGUAGES = 20
