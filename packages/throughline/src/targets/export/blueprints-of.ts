import {
  blueprintOf,
  check,
  closest,
  nodesOfKind,
  type Blueprint,
  type Graph,
} from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'

/** Every journey as the studio draws it, or the one that is named. Throws `CannotRun` (TL9003) where there is none. */
export function blueprintsOf(graph: Graph, name: string | undefined): readonly Blueprint[] {
  const journeys = [...nodesOfKind(graph, 'journey')]
  const wanted = name === undefined ? journeys : journeys.filter((one) => one.name === name)
  if (wanted.length === 0) {
    const [near] = closest(
      name ?? '',
      journeys.map((one) => one.name),
      1,
    )
    throw new CannotRun(
      'TL9003',
      name === undefined
        ? 'There is no journey here to draw. `throughline init` drafts one from a contract.'
        : `There is no journey \`${name}\`.${near === undefined ? '' : ` Did you mean \`${near}\`?`}`,
    )
  }
  const diagnostics = [...check(graph)]
  return wanted.map((journey) => blueprintOf(graph, journey, diagnostics))
}
