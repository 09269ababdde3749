import { nodeOf } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import type { Operation } from '../operation/operation.ts'
import { segmentsOf, type Segment } from '../schema/field-path.ts'
import { usageOf } from './usage.ts'

/** A step that a change or a fault in an answer touches. */
export interface Hurt {
  /** `checkout/basket` */
  readonly step: string
  readonly title: string
  readonly journey: string
  readonly screen?: string
  /** What the step reads there, as the journey calls it; absent where the whole call is touched. */
  readonly need?: string
  readonly label?: string
  /** What the screen does when it is not there. */
  readonly absent?: string
}

/**
 * Which steps a field of an operation's success answer matters to: those that need it, something in it, or something that
 * it is part of. `''` is the whole answer: every step that makes the call. A map's own keys stand for its `{}`.
 */
export function hurtBy(graph: Graph, operation: Operation, field: string): readonly Hurt[] {
  const { callers, needs } = usageOf(graph, `${operation.api}.${operation.name}`)
  if (field === '') return callers.map(({ step }) => stepOf(graph, step))
  const wanted = field.startsWith('header:') ? undefined : segmentsOf(field)
  const hurt: Hurt[] = []
  for (const [path, users] of needs) {
    const touched =
      path === field || (wanted !== undefined && overlaps(wanted, segmentsOf(path) ?? []))
    if (!touched) continue
    for (const { step, label } of users)
      hurt.push({
        ...stepOf(graph, step),
        need: path,
        ...(label !== undefined && { label }),
        ...absentOf(graph, operation, step, path),
      })
  }
  return hurt
}

/** `checkout/basket (Price)`, for one line of text; `no step` where nobody is hurt. */
export function hurtsInWords(hurts: readonly Hurt[], most = 3): string {
  if (hurts.length === 0) return 'no step'
  const words = hurts
    .slice(0, most)
    .map(({ step, label }) => (label === undefined ? step : `${step} (${label})`))
  return `${words.join(', ')}${hurts.length > most ? `, and ${hurts.length - most} more` : ''}`
}

function stepOf(graph: Graph, name: string): Hurt {
  const step = nodeOf(graph, 'step', `step:${name}`)
  const journey = name.split('/')[0]!
  return {
    step: name,
    title: step?.title ?? name,
    journey,
    ...(step?.screen !== undefined && { screen: step.screen }),
  }
}

function absentOf(
  graph: Graph,
  { id }: Operation,
  step: string,
  path: string,
): { readonly absent?: string } {
  for (const callId of nodeOf(graph, 'step', `step:${step}`)?.calls ?? []) {
    const call = nodeOf(graph, 'call', callId)
    if (call?.operation !== id) continue
    for (const needId of call.needs) {
      const need = nodeOf(graph, 'need', needId)
      if (need?.path === path && need.absent !== undefined) return { absent: need.absent }
    }
  }
  return {}
}

/** Whether one path leads to, through or out of the other. */
function overlaps(one: readonly Segment[], other: readonly Segment[]): boolean {
  const shorter = Math.min(one.length, other.length)
  for (let index = 0; index < shorter; index++) if (!fits(one[index]!, other[index]!)) return false
  return shorter > 0
}

function fits(one: Segment, other: Segment): boolean {
  if (one.kind === 'values' || other.kind === 'values') return true
  const isItem = (segment: Segment): boolean => segment.kind === 'items' || segment.kind === 'item'
  if (isItem(one) || isItem(other)) return isItem(one) && isItem(other)
  return one.kind === 'name' && other.kind === 'name' && one.name === other.name
}
