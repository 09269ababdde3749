import {
  guardrailBroken,
  nodeOf,
  plannedExperiments,
  speedArms,
  speedFlag,
  together,
  type Graph,
  type PlannedExperiment,
  type SpeedExperiment,
} from '@throughline/core'
import { funnelParameters, funnelRows } from './evidence-answers.ts'
import { askedParameters } from './questions/dialects.ts'
import { flagTroubles, stopName, stops } from './questions/experiments.ts'
import { funnel } from './questions/funnel.ts'
import type { EvidenceStore } from './store/evidence-store.ts'

export interface SpeedExperimentsOptions {
  readonly graph: () => Graph
  readonly store: () => Promise<Pick<EvidenceStore, 'query' | 'append'>>
  /** Hears, in a sentence, that an experiment was ended. */
  readonly onNotice?: (line: string) => void
  readonly now?: () => number
}

/** Guardrails are looked at so often, milliseconds. */
const lookEvery = 60_000

/**
 * The speed experiments that run now, for the pages' script: between their days, and not ended by their guardrail. Each look asks the store
 * how those fare who are held up; where they fare too badly the end is kept in the store. While the store is away nobody is held up.
 */
export function speedExperiments({
  graph,
  store,
  onNotice,
  now = Date.now,
}: SpeedExperimentsOptions): () => Promise<readonly SpeedExperiment[]> {
  let looked: { readonly at: number; readonly ended: ReadonlySet<string> } | undefined
  let looking: Promise<ReadonlySet<string>> | undefined

  async function look(running: readonly PlannedExperiment[]): Promise<ReadonlySet<string>> {
    const opened = await store()
    const known = await opened.query(stops)
    const ended = new Set<string>()
    for (const one of running) {
      const { id, from } = one.declaration
      if (known.some(({ experiment, stoppedAt }) => experiment === id && stoppedAt >= from)) {
        ended.add(keyOf(one))
        continue
      }
      const because = await brokenIn(opened, graph(), one, now())
      if (because === undefined) continue
      ended.add(keyOf(one))
      await opened.append(`experiment-stopped:${id}:${from}`, [
        { kind: 'log', time: now(), name: stopName, state: id, step: one.step, text: because },
      ])
      onNotice?.(`The experiment ${id} was ended. ${because}`)
    }
    return ended
  }

  return async () => {
    const running = plannedExperiments(graph()).filter(
      ({ declaration: { from, until } }) => from <= now() && now() < until,
    )
    if (running.length === 0) return []
    const fresh = looked !== undefined && now() - looked.at < lookEvery
    if (!fresh) {
      looking ??= look(running).finally(() => (looking = undefined))
      try {
        looked = { at: now(), ended: await looking }
      } catch {
        return []
      }
    }
    return running
      .filter((one) => looked?.ended.has(keyOf(one)) === false)
      .map(({ operation, declaration: { delay, share } }) => ({ operation, delay, share }))
  }
}

/**
 * Whether a visit is held up by an experiment that was ended, is over or is no longer there. `flags` are the visit's; those who are only
 * compared with (`speed.store.getBasket=0`) wait for nothing. `running` is asked only where it matters.
 */
export async function heldUpInVain(
  flags: readonly string[],
  running: (() => Promise<readonly SpeedExperiment[]>) | undefined,
): Promise<boolean> {
  const held = flags.filter((flag) => flag.startsWith(speedFlag('')) && !flag.endsWith('=0'))
  if (held.length === 0 || running === undefined) return false
  const names = (await running()).map(({ operation }) => `${speedFlag(operation)}=`)
  return held.some((flag) => !names.some((name) => flag.startsWith(name)))
}

/** Another beginning makes it another experiment. */
function keyOf({ declaration: { id, from } }: PlannedExperiment): string {
  return `${id} ${from}`
}

async function brokenIn(
  store: Pick<EvidenceStore, 'query'>,
  graph: Graph,
  { declaration, operation, step, journey }: PlannedExperiment,
  now: number,
): Promise<string | undefined> {
  const node = nodeOf(graph, 'journey', `journey:${journey}`)
  const steps = (node?.steps ?? []).flatMap((id) => nodeOf(graph, 'step', id) ?? []).slice(0, 60)
  const asked = askedParameters({ since: declaration.from, until: now + 60_000 })
  const rows = await store.query(funnel(steps.length, 'flag'), {
    ...asked,
    ...funnelParameters(steps),
  })
  const flags = await store.query(flagTroubles, asked)
  const [control, ...doses] = speedArms(
    { funnels: funnelRows({ name: journey, steps }, 'flag', rows), flags },
    operation,
    journey,
    step,
  )
  return guardrailBroken(declaration, control, together(doses, 'a delay'))
}
