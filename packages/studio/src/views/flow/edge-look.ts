import type { FlowEdge } from './flow-of.ts'
import { words } from './words.ts'

/** Which of the lines of the legend it is. */
export function drawnAs({ kind, implied }: FlowEdge): 'said' | 'implied' | 'back' {
  if (kind === 'back') return 'back'
  return implied ? 'implied' : 'said'
}

/** The word on a line; most lines need none. */
export function edgeWords({ kind, ways, skips }: FlowEdge): string | undefined {
  if (kind === 'back') return words.edge.back
  if (skips > 0) return words.edge.skips(skips)
  return ways > 1 ? words.edge.or : undefined
}
