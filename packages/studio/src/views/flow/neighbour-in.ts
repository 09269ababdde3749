import type { Flow } from './flow-of.ts'

/**
 * The card that a key leads to; `undefined` for a key that means nothing here. One pair of arrows follows the ways on and
 * back, the other goes to the cards beside, in the order in which they are drawn; Home and End go to the first and the last.
 */
export function neighbourIn(
  flow: Flow,
  layers: readonly (readonly string[])[],
  direction: 'across' | 'down',
  from: string,
  key: string,
): string | undefined {
  const across = direction === 'across'
  const layer = layers.findIndex((ids) => ids.includes(from))
  const beside = layers[layer] ?? []
  switch (key) {
    case across ? 'ArrowRight' : 'ArrowDown': {
      const ways = flow.edges.filter((edge) => edge.from === from)
      return (
        inOrder(
          layers,
          ways.filter(({ kind }) => kind === 'on').map(({ to }) => to),
        )[0] ??
        ways[0]?.to ??
        from
      )
    }
    case across ? 'ArrowLeft' : 'ArrowUp': {
      const ways = flow.edges.filter((edge) => edge.to === from && edge.kind === 'on')
      // The nearest step from which somebody comes here.
      return (
        inOrder(
          layers.toReversed(),
          ways.map((edge) => edge.from),
        )[0] ?? from
      )
    }
    case across ? 'ArrowDown' : 'ArrowRight':
      return beside[beside.indexOf(from) + 1] ?? from
    case across ? 'ArrowUp' : 'ArrowLeft':
      return beside[beside.indexOf(from) - 1] ?? from
    case 'Home':
      return flow.nodes[0]?.id
    case 'End':
      return layers.at(-1)?.at(-1)
    default:
      return undefined
  }
}

function inOrder(
  layers: readonly (readonly string[])[],
  ids: readonly string[],
): readonly string[] {
  return layers.flat().filter((id) => ids.includes(id))
}
