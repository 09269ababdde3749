import type { StatesMatrix, StateStatus } from '@throughline/core'
import { box, circle, inks, type Inks } from '../../ui/picture-parts.ts'
import { fitted, wrapped, type Picture, type Shape } from '../../ui/picture.ts'
import { strings } from '../../strings.ts'
import { facing, type StatesJourney } from './in-states.ts'
import { words } from './words.ts'

const edge = 24
const head = 84
const step = 230
const column = 176
const row = 92
const group = 30

/** The steps that are shown, each beside every way it can go, to put into a document. */
export function statesPicture(
  journeys: readonly StatesJourney[],
  columns: StatesMatrix['columns'],
): Picture {
  const ink = inks()
  const width = 2 * edge + step + columns.length * column
  const height =
    2 * edge + head + journeys.reduce((sum, { steps }) => sum + group + steps.length * row, 0)
  const left = (place: number): number => edge + step + place * column
  const shapes: Shape[] = [
    { kind: 'rect', x: 0, y: 0, width, height, fill: ink.surface },
    {
      kind: 'text',
      text: words.title,
      x: edge,
      y: edge + 16,
      fill: ink.ink,
      size: 18,
      weight: 640,
    },
    ...columns.flatMap(({ label, hint }, place): Shape[] => [
      {
        kind: 'text',
        text: label,
        x: left(place) + 12,
        y: edge + 50,
        fill: ink.ink,
        size: 13,
        weight: 600,
      },
      {
        kind: 'text',
        text: fitted(hint, column - 24, 11),
        x: left(place) + 12,
        y: edge + 67,
        fill: ink.third,
        size: 11,
      },
    ]),
  ]
  let y = edge + head
  for (const journey of journeys) {
    shapes.push(
      { kind: 'rect', x: edge, y, width: width - 2 * edge, height: group, fill: ink.group },
      {
        kind: 'path',
        d: 'M0 0h12',
        x: edge + 12,
        y: y + group / 2,
        stroke: ink.lines[journey.line],
        width: 4,
      },
      {
        kind: 'text',
        text: journey.title,
        x: edge + 34,
        y: y + 19,
        fill: ink.ink,
        size: 12,
        weight: 600,
      },
    )
    y += group
    for (const one of journey.steps) {
      shapes.push({ kind: 'rect', x: edge, y, width: width - 2 * edge, height: 1, fill: ink.hair })
      wrapped(one.title, step - 24, 13, 2).forEach((text, at) =>
        shapes.push({
          kind: 'text',
          text,
          x: edge + 12,
          y: y + 26 + at * 17,
          fill: ink.ink,
          size: 13,
          weight: 600,
        }),
      )
      if (one.screen !== undefined)
        shapes.push({
          kind: 'text',
          text: fitted(one.screen, step - 24, 11),
          x: edge + 12,
          y: y + row - 16,
          fill: ink.third,
          size: 11,
          mono: true,
        })
      if (one.cells.length === 0)
        shapes.push({
          kind: 'text',
          text: words.noCalls,
          x: left(0) + 12,
          y: y + 26,
          fill: ink.third,
          size: 12,
        })
      one.cells.forEach((cell, place) => {
        const chip = facing(cell.chips, null)
        const x = left(place)
        shapes.push({ kind: 'rect', x, y, width: 1, height: row, fill: ink.hair })
        if (chip === undefined) {
          const why = cell.status === 'not-asked' ? words.notAsked : words.cannot
          shapes.push({ kind: 'text', text: why, x: x + 12, y: y + 26, fill: ink.third, size: 12 })
          return
        }
        const missing = chip.status === 'missing'
        if (missing)
          shapes.push({
            kind: 'rect',
            x: x + 1,
            y: y + 1,
            width: column - 1,
            height: row - 1,
            fill: ink.badTint,
          })
        shapes.push(...statusShapes(chip.status, x + 18, y + 21, ink))
        shapes.push({
          kind: 'text',
          text: strings.state[chip.status],
          x: x + 30,
          y: y + 25,
          fill: missing ? ink.bad : ink.second,
          size: 11,
          weight: 500,
        })
        const more = cell.chips.length - 1
        if (more > 0)
          shapes.push({
            kind: 'text',
            text: words.more(more),
            x: x + column - 12,
            y: y + 25,
            fill: ink.third,
            size: 11,
            anchor: 'end',
          })
        wrapped(chip.show ?? chip.label, column - 24, 12, 3).forEach((text, at) =>
          shapes.push({
            kind: 'text',
            text,
            x: x + 12,
            y: y + 45 + at * 16,
            fill: ink.ink,
            size: 12,
          }),
        )
      })
      y += row
    }
  }
  return { title: words.grid, width, height, shapes }
}

/** Apart by shape, too: a disc, a ring, a square with a cross. */
function statusShapes(status: StateStatus, x: number, y: number, ink: Inks): readonly Shape[] {
  switch (status) {
    case 'designed':
      return [{ kind: 'path', d: circle(5), x, y, fill: ink.ok }]
    case 'inherited':
      return [{ kind: 'path', d: circle(4.5), x, y, stroke: ink.ok }]
    case 'missing':
      return [
        { kind: 'path', d: box(10, 10, 2.5), x: x - 5, y: y - 5, stroke: ink.bad },
        { kind: 'path', d: 'M-2-2l4 4M2-2l-4 4', x, y, stroke: ink.bad },
      ]
    case 'cannot-happen':
      return [{ kind: 'path', d: circle(1.5), x, y, fill: ink.edge }]
  }
}
