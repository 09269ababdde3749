import type { Blueprint, WorkspaceOverview } from '@throughline/core'
import { box, circle, inks, type Inks } from '../../ui/picture-parts.ts'
import { fitted, wrapped, type Picture, type Shape } from '../../ui/picture.ts'
import { hasGap } from '../journey/in-journey.ts'
import { countsOf } from './counts-of.ts'
import { drawnAs, edgeWords } from './edge-look.ts'
import { card, flowLayout } from './flow-layout.ts'
import { flowOf, type FlowNode } from './flow-of.ts'
import { words } from './words.ts'

const head = 56

/** The ways through a journey, to put into a document: always from left to right, in light colours. */
export function flowPicture(
  blueprint: Blueprint,
  overview: WorkspaceOverview | undefined,
): Picture {
  const { journey } = blueprint
  const flow = flowOf(blueprint, overview)
  const ink = inks()
  const line = ink.lines[journey.line]
  const { width: wide, height: high, cards, edges } = flowLayout(flow, 'across')
  const width = Math.max(wide, 420)
  const height = high + head
  const shapes: Shape[] = [
    { kind: 'rect', x: 0, y: 0, width, height, fill: ink.surface },
    {
      kind: 'text',
      text: fitted(words.picture(journey.title), width - 40, 18),
      x: 20,
      y: 38,
      fill: ink.ink,
      size: 18,
      weight: 640,
    },
  ]
  for (const { edge, d, label, tip } of edges) {
    const kind = drawnAs(edge)
    const stroke = kind === 'back' ? ink.third : line
    shapes.push({
      kind: 'path',
      d,
      x: 0,
      y: head,
      stroke,
      width: kind === 'back' ? 1.5 : 3,
      ...(kind !== 'said' && { dash: kind === 'back' ? [5, 4] : [1, 6] }),
    })
    shapes.push({
      kind: 'path',
      d: arrows[tip.turned] ?? arrows[0]!,
      x: tip.x,
      y: tip.y + head,
      fill: stroke,
    })
    const said = edgeWords(edge)
    if (said === undefined) continue
    const half = said.length * 3.4 + 5
    shapes.push({
      kind: 'path',
      d: box(half * 2, 18, 9),
      x: label.x - half,
      y: label.y - 9 + head,
      fill: ink.surface,
      stroke: ink.edge,
      width: 1,
    })
    shapes.push({
      kind: 'text',
      text: said,
      x: label.x,
      y: label.y + 4 + head,
      fill: ink.second,
      size: 11,
      weight: 500,
      anchor: 'middle',
    })
  }
  for (const node of flow.nodes) {
    const { x, y } = cards.get(node.id) ?? { x: 0, y: 0 }
    shapes.push(...cardShapes(node, x, y + head, ink, line))
  }
  return { title: words.picture(journey.title), width, height, shapes }
}

/** A tip that points right, down, left or up. */
const arrows: Readonly<Record<number, string>> = {
  0: 'M-8-4.500L0 0L-8 4.500z',
  90: 'M4.500-8L0 0L-4.500-8z',
  180: 'M8 4.500L0 0L8-4.500z',
  [-90]: 'M-4.500 8L0 0L4.500 8z',
}

function cardShapes(
  node: FlowNode,
  x: number,
  y: number,
  ink: Inks,
  line: string,
): readonly Shape[] {
  const gap = node.kind === 'step' && hasGap(node.step)
  const colour = node.kind === 'away' ? ink.lines[node.journey.line] : gap ? ink.badFill : line
  const title = node.kind === 'step' ? words.step(node.step.number, node.step.title) : node.title
  const rows = wrapped(title, card.width - 44, 13, 2)
  const shapes: Shape[] = [
    {
      kind: 'path',
      d: box(card.width, card.height, 10),
      x,
      y,
      fill: node.kind === 'away' ? ink.group : ink.surface,
      stroke: gap ? ink.badFill : ink.edge,
      width: 1,
    },
    {
      kind: 'path',
      d: circle(5),
      x: x + 19,
      y: y + 20,
      fill: ink.surface,
      stroke: colour,
      width: 3,
    },
    ...rows.map((text, row): Shape => ({
      kind: 'text',
      text,
      x: x + 33,
      y: y + 24 + row * 17,
      fill: ink.ink,
      size: 13,
      weight: 600,
    })),
  ]
  if (gap) shapes.push({ kind: 'path', d: circle(2), x: x + 19, y: y + 20, fill: ink.badFill })
  const under = y + 24 + rows.length * 17
  if (node.kind === 'away')
    return [
      ...shapes,
      {
        kind: 'text',
        text: fitted(words.away(node.journey.title), card.width - 44, 12),
        x: x + 33,
        y: under,
        fill: ink.third,
        size: 12,
      },
    ]
  if (node.step.screen !== undefined)
    shapes.push({
      kind: 'text',
      text: fitted(node.step.screen, card.width - 44, 11),
      x: x + 33,
      y: under,
      fill: ink.third,
      size: 11,
      mono: true,
    })
  const said = countsOf(node.step)
    .map(({ words: text }) => text)
    .join(' · ')
  shapes.push({
    kind: 'text',
    text: fitted(said, card.width - 44, 11),
    x: x + 33,
    y: y + card.height - 13,
    fill: gap ? ink.bad : ink.second,
    size: 12,
  })
  return shapes
}
