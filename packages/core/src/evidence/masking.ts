import { nodesOfKind } from '../2-link/ask.ts'
import type { Graph } from '../2-link/graph.ts'
import { personalWords, secretWords } from '../3-check/classes.ts'
import { holdingWords } from '../3-check/words.ts'

/** Whether a value may not be kept, by the name it goes by: what the policy classifies, and what sounds secret or personal anyway. */
export function maskOf(graph: Graph): (name: string) => boolean {
  let mask = remembered.get(graph)
  if (mask === undefined) {
    const words = [...nodesOfKind(graph, 'class')].flatMap((one) => one.declaration.contains)
    mask = holdingWords([...words, ...secretWords, ...personalWords, ...always])
    remembered.set(graph, mask)
  }
  return mask
}

const remembered = new WeakMap<Graph, (name: string) => boolean>()

/** What telemetry calls people, and what travels in headers. */
const always = [
  'authorization',
  'cookie',
  'token',
  'secret',
  'enduser',
  'user id',
  'user name',
  'username',
  'user hash',
  'client address',
  'ip',
]
