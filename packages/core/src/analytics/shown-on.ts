import { nodesOfKind } from '../2-link/ask.ts'
import type { Graph, StepNode } from '../2-link/graph.ts'
import type { EvidenceAnswers } from './answers.ts'
import type { Shown } from './evidence-report.ts'

/** What people saw on a step instead of the usual: states seen on the page, and answers that failed where nobody looked. */
export function shownOn(
  graph: Graph,
  step: StepNode,
  { shown, failed }: Pick<EvidenceAnswers, 'shown' | 'failed'>,
): readonly Shown[] {
  const found = new Map<string, { sessions: number; times: number; seen: boolean }>()
  const add = (condition: string, sessions: number, times: number, seen: boolean): void => {
    const known = found.get(condition)
    if (known === undefined) found.set(condition, { sessions, times, seen })
    else if (known.seen === seen) {
      known.sessions += sessions
      known.times += times
    }
  }
  for (const row of shown)
    if (row.step === step.name && row.state !== 'loading')
      add(row.state, row.sessions, row.times, true)
  for (const row of failed)
    if (row.step === step.name) {
      const condition = conditionOf(row.status, row.outcome)
      const covering = [condition, classOf(row.status)]
      if (!covering.some((one) => one !== undefined && found.get(one)?.seen === true))
        add(condition, row.sessions, row.times, false)
    }
  const designed = designsOf(graph, step)
  return [...found]
    .map(([condition, { sessions, times, seen }]) => {
      const show = designed.get(condition) ?? designed.get(`${condition[0]}xx`)
      return { condition, sessions, times, seen, ...(show !== undefined && { show }) }
    })
    .toSorted((a, b) => b.sessions - a.sessions || b.times - a.times)
}

function conditionOf(status: number, outcome: string): string {
  if (status >= 400) return String(status)
  return outcome === 'timeout'
    ? 'timeout'
    : outcome === 'pending'
      ? 'left while waiting'
      : 'offline'
}

function classOf(status: number): string | undefined {
  return status >= 400 ? `${Math.floor(status / 100)}xx` : undefined
}

/** What the journey says is shown, by condition: the step's own, its calls', the app's. */
function designsOf(graph: Graph, step: StepNode): ReadonlyMap<string, string> {
  const designed = new Map<string, string>()
  for (const [condition, { show }] of graph.appStates)
    if (show !== undefined) designed.set(condition, show)
  for (const state of nodesOfKind(graph, 'state'))
    if (
      state.show !== undefined &&
      (state.on === step.id || step.calls.some((call) => call === state.on))
    )
      designed.set(state.condition, state.show)
  return designed
}
