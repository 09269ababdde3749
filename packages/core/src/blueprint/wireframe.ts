import type { CallNode, StepNode } from '../2-link/graph.ts'
import type { NeedRow, StepColumn } from './blueprint.ts'

/** Which automatic wireframe stands for a screen without a picture: by the words of the step, else by what it needs and sends. */
export function wireframeOf(
  step: StepNode,
  number: number,
  calls: readonly CallNode[],
  needs: readonly Pick<NeedRow, 'path'>[],
): StepColumn['wireframe'] {
  const said = `${step.step} ${step.title} ${step.screen ?? ''}`.toLowerCase()
  if (/\b(pay|payment|card)/.test(said)) return 'payment'
  if (/\b(track|map|van|courier)\b/.test(said)) return 'map'
  if (/\b(done|confirm|confirmation|thank|thanks|receipt|success)/.test(said)) return 'confirmation'
  if (/\b(slot|slots|calendar|delivery|date|seat)/.test(said)) return 'grid'
  if (step.screen === '/' || (number === 1 && /\b(home|start|open)\b/.test(said))) return 'home'
  const lists = needs.filter((need) => need.path.includes('[]')).length
  if (lists * 2 >= needs.length && lists > 0) return 'list'
  if (calls.some((call) => call.sends.length > 0)) return 'form'
  return 'detail'
}
