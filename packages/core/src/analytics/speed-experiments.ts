import { nodeOf } from '../2-link/ask.ts'
import { findOperation } from '../2-link/find-operation.ts'
import type { Graph } from '../2-link/graph.ts'
import type { ExperimentDeclaration } from '../1-parse/declarations.ts'
import { originOf } from '../text/site.ts'
import { stepsCalling } from './advice/places.ts'

/** A speed experiment that can run: its operation is there, and a step where leaving is counted. */
export interface PlannedExperiment {
  readonly declaration: ExperimentDeclaration
  /** `store.getBasket` */
  readonly operation: string
  /** `checkout/basket`, and the journey it belongs to. */
  readonly step: string
  readonly journey: string
}

/** The speed experiments of a workspace, whenever they run. One that holds back what another does already is left out. */
export function plannedExperiments(graph: Graph): readonly PlannedExperiment[] {
  const planned: PlannedExperiment[] = []
  for (const declaration of graph.declarations.experiments) {
    const { operation: written, operationSite, from, until } = declaration
    const { name, operation } = findOperation(graph.apis, written, originOf(operationSite))
    const step = declaration.step ?? stepsCalling(graph, name)[0]
    const node = step === undefined ? undefined : nodeOf(graph, 'step', `step:${step}`)
    const taken = planned.some(
      (one) =>
        one.operation === name && one.declaration.from < until && from < one.declaration.until,
    )
    if (operation === undefined || node === undefined || !(until > from) || taken) continue
    planned.push({
      declaration,
      operation: name,
      step: node.name,
      journey: node.journey.slice('journey:'.length),
    })
  }
  return planned
}

/** An arm with those of it that met an error. */
export interface WatchedArm {
  readonly sessions: number
  readonly left: number
  readonly troubled: number
}

/**
 * Why an experiment must end, as a sentence; `undefined` while it may go on: the held up leave more often, or meet more errors, than its
 * guardrail allows. Nothing is said before either arm has its least number of visits.
 */
export function guardrailBroken(
  { guardrail: { dropOff, errors, least } }: Pick<ExperimentDeclaration, 'guardrail'>,
  control: WatchedArm,
  treated: WatchedArm,
): string | undefined {
  if (Math.min(control.sessions, treated.sessions) < least) return undefined
  const worse = (name: 'left' | 'troubled'): number =>
    // One of a thousand more is one, whatever binary fractions say.
    Math.round((treated[name] / treated.sessions - control[name] / control.sessions) * 1e9) / 1e9
  const points = (share: number): string => `${Math.round(share * 1000) / 10} points`
  if (worse('left') >= dropOff)
    return `Of ${treated.sessions} visits that were held up, ${points(worse('left'))} more left than of ${control.sessions} others: the guardrail is ${points(dropOff)}.`
  if (worse('troubled') >= errors)
    return `Of ${treated.sessions} visits that were held up, ${points(worse('troubled'))} more met an error than of ${control.sessions} others: the guardrail is ${points(errors)}.`
  return undefined
}

/** What a page notes of a visit: `speed.store.getBasket=400`. */
export function speedFlag(operation: string): string {
  return `speed.${operation}`
}
