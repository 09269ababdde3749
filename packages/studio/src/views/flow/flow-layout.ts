import { curveBumpX, curveBumpY, line } from 'd3-shape'
import { layersOf, type Flow, type FlowEdge } from './flow-of.ts'

export interface FlowLayout {
  readonly width: number
  readonly height: number
  /** The upper left corner of each card. */
  readonly cards: ReadonlyMap<string, { readonly x: number; readonly y: number }>
  readonly edges: readonly DrawnEdge[]
  /** The cards of each layer, in the order in which they stand. */
  readonly layers: readonly (readonly string[])[]
}

export interface DrawnEdge {
  readonly edge: FlowEdge
  /** Path data of the line. */
  readonly d: string
  /** Where its words stand, in the middle of a free piece of the line. */
  readonly label: { readonly x: number; readonly y: number }
  /** Where the arrow stands, and which way it points: degrees, 0 to the right. */
  readonly tip: { readonly x: number; readonly y: number; readonly turned: number }
}

export const card = { width: 212, height: 104 }
const edgeOfPage = 20

/**
 * A layered drawing: a layer for each step on the way, crossings taken out by barycentres, each card as near to its
 * neighbours as the order of its layer allows. Ways back run beside all cards, in lanes that do not meet.
 * `across` goes to the right; `down` is for narrow pages.
 */
export function flowLayout(flow: Flow, direction: 'across' | 'down'): FlowLayout {
  const across = direction === 'across'
  const size = across
    ? { main: card.width, cross: card.height, mainGap: 84, crossGap: 28 }
    : { main: card.height, cross: card.width, mainGap: 56, crossGap: 20 }
  const on = flow.edges.filter(({ kind }) => kind === 'on')
  const layerOf = layersOf(
    flow.nodes.map(({ id }) => id),
    flow.edges,
  )
  const { places, chains } = placed(
    flow.nodes.map(({ id }) => id),
    on,
    layerOf,
    size,
  )
  const main = (layer: number): number => edgeOfPage + layer * (size.main + size.mainGap)
  const point = (m: number, c: number): [number, number] =>
    across ? [m, c + edgeOfPage] : [c + edgeOfPage, m]
  const deepest = Math.max(0, ...[...places.values()].map(({ cross }) => cross)) + size.cross
  const count = Math.max(0, ...layerOf.values()) + 1

  const curve = line().curve(across ? curveBumpX : curveBumpY)
  const outOf = Map.groupBy(on, ({ from }) => from)
  const drawnOn = on.map((edge): DrawnEdge => {
    const chain = chains.get(edge)!
    const from = places.get(edge.from)!
    const to = places.get(edge.to)!
    const siblings = outOf
      .get(edge.from)!
      .toSorted(
        (one, other) =>
          places.get(chains.get(one)![0]!)!.cross - places.get(chains.get(other)![0]!)!.cross,
      )
    const spread = Math.min(14, (size.cross - 30) / siblings.length)
    const start =
      from.cross + size.cross / 2 + (siblings.indexOf(edge) - (siblings.length - 1) / 2) * spread
    const end = to.cross + size.cross / 2
    const inner = chain.slice(0, -1).flatMap((dummy) => {
      const { layer, cross } = places.get(dummy)!
      const middle = cross + size.cross / 2
      return [point(main(layer), middle), point(main(layer) + size.main, middle)]
    })
    const first = point(main(from.layer) + size.main, start)
    const last = point(main(to.layer) - 5, end)
    const second = inner[0] ?? last
    return {
      edge,
      d: curve([first, ...inner, last]) ?? '',
      label: { x: (first[0] + second[0]) / 2, y: (first[1] + second[1]) / 2 },
      tip: {
        x: last[0] + (across ? 5 : 0),
        y: last[1] + (across ? 0 : 5),
        turned: across ? 0 : 90,
      },
    }
  })

  const back = flow.edges.filter(({ kind }) => kind === 'back')
  const lanes = lanesOf(back, layerOf)
  const lane = (edge: FlowEdge): number => deepest + 30 + lanes.get(edge)! * 26
  const drawnBack = back.map((edge): DrawnEdge => {
    const from = places.get(edge.from)!
    const to = places.get(edge.to)!
    const leaving = back.filter((other) => other.from === edge.from)
    const arriving = back.filter((other) => other.to === edge.to)
    // A card with others below it is left, and reached, through the gap between the layers.
    const blocked = ({ layer, cross }: Place): boolean =>
      [...places.values()].some((other) => other.layer === layer && other.cross > cross)
    const startMain = blocked(from)
      ? main(from.layer) + size.main + 16 + 8 * leaving.indexOf(edge)
      : main(from.layer) + size.main * (0.66 - 0.12 * leaving.indexOf(edge))
    const endMain = blocked(to)
      ? main(to.layer) - 18 - 8 * arriving.indexOf(edge)
      : main(to.layer) + size.main * (0.28 + 0.1 * arriving.indexOf(edge))
    const down = lane(edge)
    const corners = [
      ...(blocked(from)
        ? [
            point(main(from.layer) + size.main, from.cross + size.cross * 0.8),
            point(startMain, from.cross + size.cross * 0.8),
          ]
        : [point(startMain, from.cross + size.cross)]),
      point(startMain, down),
      point(endMain, down),
      ...(blocked(to)
        ? [
            point(endMain, to.cross + size.cross * 0.8),
            point(main(to.layer) - 5, to.cross + size.cross * 0.8),
          ]
        : [point(endMain, to.cross + size.cross + 5)]),
    ]
    const [x, y] = point((startMain + endMain) / 2, down)
    const [endX, endY] = corners.at(-1)!
    const forwards = blocked(to)
    const by = forwards ? 5 : -5
    return {
      edge,
      d: rounded(corners, 10),
      label: { x, y },
      tip: {
        x: endX + (across === forwards ? by : 0),
        y: endY + (across === forwards ? 0 : by),
        turned: forwards ? (across ? 0 : 90) : across ? -90 : 180,
      },
    }
  })

  const mainEnd = main(count - 1) + size.main + edgeOfPage
  const lowest = Math.max(deepest, ...back.map((edge) => lane(edge) + 14)) + 2 * edgeOfPage
  return {
    width: across ? mainEnd : lowest,
    height: across ? lowest : mainEnd,
    cards: new Map(
      flow.nodes.map(({ id }) => {
        const { layer, cross } = places.get(id)!
        const [x, y] = point(main(layer), cross)
        return [id, { x, y }]
      }),
    ),
    edges: [...drawnOn, ...drawnBack],
    layers: Array.from({ length: count }, (_, layer) =>
      flow.nodes
        .map(({ id }) => id)
        .filter((id) => layerOf.get(id) === layer)
        .toSorted((one, other) => places.get(one)!.cross - places.get(other)!.cross),
    ),
  }
}

interface Place {
  readonly layer: number
  /** Upper (or left) end, from 0. */
  readonly cross: number
}

/** Where each card stands, and each place at which a long edge passes a layer. */
function placed(
  nodes: readonly string[],
  edges: readonly FlowEdge[],
  layerOf: ReadonlyMap<string, number>,
  { cross: size, crossGap }: { readonly cross: number; readonly crossGap: number },
): {
  readonly places: ReadonlyMap<string, Place>
  /** What an edge passes on its way, its end last. */
  readonly chains: ReadonlyMap<FlowEdge, readonly string[]>
} {
  const layers = new Map<string, number>(nodes.map((id) => [id, layerOf.get(id)!]))
  const chains = new Map<FlowEdge, readonly string[]>()
  const links: { readonly from: string; readonly to: string }[] = []
  for (const edge of edges) {
    const chain: string[] = []
    for (let layer = layerOf.get(edge.from)! + 1; layer < layerOf.get(edge.to)!; layer += 1) {
      const dummy = `${edge.from} ${edge.to} ${layer}`
      layers.set(dummy, layer)
      chain.push(dummy)
    }
    chain.push(edge.to)
    chains.set(edge, chain)
    chain.forEach((to, index) => links.push({ from: chain[index - 1] ?? edge.from, to }))
  }
  const rows = [...Map.groupBy([...layers.keys()], (id) => layers.get(id)!)]
    .toSorted(([one], [other]) => one - other)
    .map(([, row]) => row)
  const before = Map.groupBy(links, ({ to }) => to)
  const after = Map.groupBy(links, ({ from }) => from)
  const neighbours = (id: string, forwards: boolean): readonly string[] =>
    forwards
      ? (before.get(id) ?? []).map(({ from }) => from)
      : (after.get(id) ?? []).map(({ to }) => to)

  // Crossings: each layer is put in the order of its neighbours' middles, forwards and backwards in turn.
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const forwards = sweep % 2 === 0
    for (const index of forwards ? rows.keys() : [...rows.keys()].toReversed()) {
      const fixed = rows[index + (forwards ? -1 : 1)]
      if (fixed === undefined) continue
      const row = rows[index]!
      const middle = new Map(
        row.map((id, at) => {
          const places = neighbours(id, forwards).map((one) => fixed.indexOf(one))
          return [id, places.length === 0 ? at : mean(places)]
        }),
      )
      row.sort((one, other) => middle.get(one)! - middle.get(other)!)
    }
  }

  const isCard = new Set(nodes)
  const heightOf = (id: string): number => (isCard.has(id) ? size : passing)
  const centres = new Map<string, number>()
  for (const row of rows) {
    let at = 0
    for (const id of row) {
      centres.set(id, at + heightOf(id) / 2)
      at += heightOf(id) + crossGap
    }
  }
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    const forwards = sweep % 2 === 0
    for (const row of forwards ? rows : rows.toReversed()) {
      const wanted = row.map((id) => {
        const near = neighbours(id, forwards).map((one) => centres.get(one)!)
        return near.length === 0 ? centres.get(id)! : mean(near)
      })
      const kept = apart(wanted, row.map(heightOf), crossGap)
      row.forEach((id, index) => centres.set(id, kept[index]!))
    }
  }
  const top = Math.min(...[...centres].map(([id, centre]) => centre - heightOf(id) / 2))
  return {
    places: new Map(
      [...centres].map(([id, centre]) => [
        id,
        { layer: layers.get(id)!, cross: centre - size / 2 - top },
      ]),
    ),
    chains,
  }
}

const sweeps = 8
/** How much room an edge takes that passes a layer. */
const passing = 18

/**
 * The places nearest to the wanted ones that keep their order and their distance: least squares, by joining neighbours
 * that would overlap into blocks (pool adjacent violators).
 */
function apart(
  wanted: readonly number[],
  sizes: readonly number[],
  gap: number,
): readonly number[] {
  // Taken off, the distances from the first leave a row that only has to grow.
  const offsets = [0]
  for (let index = 1; index < sizes.length; index += 1)
    offsets.push(offsets[index - 1]! + (sizes[index - 1]! + sizes[index]!) / 2 + gap)
  const blocks: { sum: number; count: number }[] = []
  wanted.forEach((centre, index) => {
    blocks.push({ sum: centre - offsets[index]!, count: 1 })
    for (;;) {
      const last = blocks.at(-1)!
      const other = blocks.at(-2)
      if (other === undefined || other.sum / other.count <= last.sum / last.count) break
      blocks.splice(-2, 2, { sum: other.sum + last.sum, count: other.count + last.count })
    }
  })
  const kept = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
  return kept.map((centre, index) => centre + offsets[index]!)
}

/** A lane for each way back, so that none lies on another: short ones nearest to the cards. */
function lanesOf(
  edges: readonly FlowEdge[],
  layerOf: ReadonlyMap<string, number>,
): ReadonlyMap<FlowEdge, number> {
  const lanes = new Map<FlowEdge, number>()
  const taken: (readonly [number, number])[][] = []
  const span = (edge: FlowEdge): readonly [number, number] => [
    layerOf.get(edge.to)!,
    layerOf.get(edge.from)!,
  ]
  const byLength = edges.toSorted((one, other) => {
    const [a, b] = span(one)
    const [c, d] = span(other)
    return b - a - (d - c)
  })
  for (const edge of byLength) {
    const [from, to] = span(edge)
    let lane = taken.findIndex((others) => others.every(([a, b]) => b < from || to < a))
    if (lane < 0) lane = taken.push([]) - 1
    taken[lane]!.push([from, to])
    lanes.set(edge, lane)
  }
  return lanes
}

/** A line of straight pieces whose corners are round. */
function rounded(points: readonly (readonly [number, number])[], radius: number): string {
  return points
    .map(([x, y], index) => {
      const before = points[index - 1]
      const after = points[index + 1]
      if (before === undefined) return `M${x},${y}`
      if (after === undefined) return `L${x},${y}`
      const towards = (other: readonly [number, number]): readonly [number, number] => {
        const length = Math.hypot(other[0] - x, other[1] - y)
        const share = length === 0 ? 0 : Math.min(radius, length / 2) / length
        return [x + (other[0] - x) * share, y + (other[1] - y) * share]
      }
      const [inX, inY] = towards(before)
      const [outX, outY] = towards(after)
      return `L${inX},${inY}Q${x},${y},${outX},${outY}`
    })
    .join('')
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
