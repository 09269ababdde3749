import type { Blueprint, StepColumn } from '@throughline/core'
import type { Lens } from '../../address.ts'
import { box, circle, inks, needShapes, type Inks } from '../../ui/picture-parts.ts'
import { fitted, wrapped, type Picture, type Shape } from '../../ui/picture.ts'
import { strings } from '../../strings.ts'
import { feelingCurve } from './feeling-curve.ts'
import { hasGap } from './in-journey.ts'
import { gapsFirst } from './needs-cell.tsx'
import { chipWord } from './states-cell.tsx'

const edge = 24
const label = 132
const column = 212
const words = strings.journey

/** A cell of the picture: how high it is, and what is in it, from its upper left corner. */
interface Cell {
  readonly height: number
  readonly shapes: readonly Shape[]
}

/** The whole blueprint, every need of it, to put into a document. */
export function blueprintPicture(blueprint: Blueprint, lens: Lens): Picture {
  const ink = inks()
  const { journey, steps } = blueprint
  const line = ink.lines[journey.line]
  const width = 2 * edge + label + Math.max(1, steps.length) * column
  const said = [journey.persona?.title, journey.persona?.context, journey.goal].filter(Boolean)
  const shapes: Shape[] = [
    text(journey.title, edge, edge + 18, ink.ink, 20, { weight: 640 }),
    text(fitted(said.join(' · '), width - 2 * edge, 12), edge, edge + 40, ink.second, 12),
  ]
  let y = edge + 60
  const lane = (name: string, cells: readonly Cell[], before: readonly Shape[] = []): void => {
    const height = Math.max(28, ...cells.map((cell) => cell.height)) + 22
    shapes.push({ kind: 'rect', x: edge, y, width: width - 2 * edge, height: 1, fill: ink.hair })
    wrapped(name, label - 20, 12, 3).forEach((row, at) =>
      shapes.push(text(row, edge, y + 23 + at * 16, ink.second, 12, { weight: 550 })),
    )
    cells.forEach((_, place) => {
      const x = edge + label + place * column
      shapes.push({ kind: 'rect', x, y, width: 1, height, fill: ink.hair })
    })
    shapes.push(...before.map((shape) => moved(shape, edge + label, y)))
    cells.forEach((cell, place) => {
      const x = edge + label + place * column
      shapes.push(...cell.shapes.map((shape) => moved(shape, x + 12, y + 11)))
    })
    y += height
  }

  lane(
    '',
    steps.map((step) => headOf(step, line, ink)),
  )
  const curve = feelingCurve(
    steps.map(({ feeling }) => feeling?.score),
    { top: 18, bottom: 70, floor: 90 },
  )
  lane(
    words.lanes.feeling,
    steps.map((step) => quoteOf(step, ink)),
    steps.length === 0
      ? []
      : [
          ...curveShapes(steps, curve.heights, line),
          ...steps.map((step, place): Shape => ({
            kind: 'path',
            d: circle(6),
            x: (place + 0.5) * column,
            y: curve.heights[place] ?? 0,
            fill: ink.surface,
            stroke: hasGap(step) ? ink.badFill : line,
            width: 3,
          })),
        ],
  )
  lane(
    words.lanes.screen,
    steps.map(({ screen }) =>
      listOf([screen ?? '–'], (row) =>
        text(fitted(row, column - 24, 12), 0, 12, ink.second, 12, { mono: true }),
      ),
    ),
  )
  lane(
    words.lanes.needs,
    steps.map((step) => needsOf(step, lens, ink)),
  )
  lane(
    words.lanes.calls,
    steps.map(({ calls }) =>
      calls.length === 0
        ? nothing(words.nothing.calls, ink)
        : rowsOf(calls, 20, ({ method, path, operation, budget, critical }) => [
            text(method === '' ? '?' : method.toUpperCase().slice(0, 4), 0, 12, ink.third, 10, {
              mono: true,
              weight: 600,
            }),
            text(
              fitted(lens === 'ux' ? path : operation, 112, 11),
              34,
              12,
              critical ? ink.ink : ink.third,
              11,
              { mono: true },
            ),
            ...(budget === undefined
              ? []
              : [
                  text(words.plain(budget), column - 24, 12, ink.second, 11, {
                    anchor: 'end' as const,
                  }),
                ]),
          ]),
    ),
  )
  lane(
    words.lanes.states,
    steps.map((step) => statesOf(step, ink)),
  )
  lane(
    words.lanes.budget,
    steps.map((step) => budgetOf(step, ink)),
  )
  lane(
    words.lanes.problems,
    steps.map((step) => {
      const messages = step.diagnostics.flatMap(
        (index) => blueprint.diagnostics[index]?.message ?? [],
      )
      if (messages.length === 0) return nothing(words.nothing.problems, ink)
      return listOf(
        messages.flatMap((message) => wrapped(message, column - 24, 11, 4)),
        (row) => text(row, 0, 11, ink.second, 11),
        15,
      )
    }),
  )
  const height = y + edge
  return {
    title: words.blueprint(journey.title),
    width,
    height,
    shapes: [{ kind: 'rect', x: 0, y: 0, width, height, fill: ink.surface }, ...shapes],
  }
}

function headOf(step: StepColumn, line: string, ink: Inks): Cell {
  const rows = wrapped(step.title, column - 54, 13, 3)
  return {
    height: rows.length * 17 + 2,
    shapes: [
      {
        kind: 'path',
        d: circle(10),
        x: 10,
        y: 10,
        fill: hasGap(step) ? ink.badTint : ink.group,
        stroke: hasGap(step) ? ink.badFill : line,
        width: 1.5,
      },
      text(String(step.number), 10, 14, ink.ink, 11, { weight: 600, anchor: 'middle' }),
      ...rows.map((row, at) => text(row, 30, 14 + at * 17, ink.ink, 13, { weight: 600 })),
    ],
  }
}

/** The curve in pieces between stations: a drawing has no stroke that keeps its width when it is stretched. */
function curveShapes(
  steps: readonly StepColumn[],
  heights: readonly number[],
  stroke: string,
): readonly Shape[] {
  return steps.slice(1).map((_, at): Shape => {
    const [from, to] = [heights[at] ?? 0, heights[at + 1] ?? 0]
    const third = column / 3
    return {
      kind: 'path',
      d: `M0 ${from}C${third} ${from} ${column - third} ${to} ${column} ${to}`,
      x: (at + 0.5) * column,
      y: 0,
      stroke,
      width: 4,
    }
  })
}

function quoteOf({ feeling }: StepColumn, ink: Inks): Cell {
  const rows = feeling?.quote === undefined ? [] : wrapped(`“${feeling.quote}”`, column - 24, 12, 3)
  return {
    height: 84 + rows.length * 16,
    shapes: rows.map((row, at) =>
      text(row, column / 2 - 12, 92 + at * 16, ink.second, 12, { anchor: 'middle' }),
    ),
  }
}

function needsOf({ needs }: StepColumn, lens: Lens, ink: Inks): Cell {
  if (needs.length === 0) return nothing(words.nothing.needs, ink)
  const room = column - 24 - 20
  return rowsOf(gapsFirst(needs), 21, (need) => [
    ...needShapes(need.status, ink).map((shape) => ({ ...shape, x: 7, y: 7 })),
    lens === 'ux'
      ? text(
          fitted(need.label, room, 12),
          21,
          12,
          need.status === 'missing' ? ink.bad : ink.ink,
          12,
        )
      : text(
          fitted(need.path, lens === 'backend' ? room - 50 : room, 11, 'end'),
          21,
          12,
          need.status === 'missing' ? ink.bad : ink.ink,
          11,
          { mono: true },
        ),
    ...(lens === 'backend'
      ? [
          text(fitted(need.type ?? '–', 56, 10), column - 24, 12, ink.third, 10, {
            mono: true,
            anchor: 'end' as const,
          }),
        ]
      : []),
  ])
}

function statesOf({ states }: StepColumn, ink: Inks): Cell {
  if (states.length === 0) return nothing(words.nothing.states, ink)
  const shapes: Shape[] = []
  let [x, y] = [0, 0]
  for (const { condition, status } of states) {
    const word = fitted(chipWord(condition), 150, 11)
    const wide = word.length * 6.6 + 16
    if (x > 0 && x + wide > column - 24) [x, y] = [0, y + 27]
    const look = {
      designed: { fill: ink.okTint, stroke: ink.okTint, ink: ink.okInk },
      inherited: { fill: ink.surface, stroke: ink.edge, ink: ink.second },
      missing: { fill: ink.badTint, stroke: ink.badFill, ink: ink.bad },
      'cannot-happen': { fill: ink.surface, stroke: ink.hair, ink: ink.third },
    }[status]
    shapes.push(
      { kind: 'path', d: box(wide, 22, 5), x, y, fill: look.fill, stroke: look.stroke, width: 1 },
      text(word, x + wide / 2, y + 15, look.ink, 11, { mono: true, anchor: 'middle' }),
    )
    x += wide + 5
  }
  return { height: y + 22, shapes }
}

function budgetOf({ budget: { promised, calls, overBy } }: StepColumn, ink: Inks): Cell {
  if (promised === undefined && calls === undefined) return nothing(words.nothing.budget, ink)
  const said = [
    calls === undefined ? words.callsUnknown : words.ms(calls),
    promised === undefined ? words.notPromised : `${words.of} ${words.ms(promised)}`,
    ...(overBy === undefined ? [] : [words.over(overBy)]),
  ]
  return {
    height: 20,
    shapes: [
      text(said.join(' '), 0, 13, overBy === undefined ? ink.ink : ink.bad, 12, { weight: 550 }),
    ],
  }
}

function nothing(said: string, ink: Inks): Cell {
  return { height: 16, shapes: [text(said, 0, 12, ink.third, 12)] }
}

function listOf(rows: readonly string[], draw: (row: string) => Shape, high = 16): Cell {
  return rowsOf(rows, high, (row) => [draw(row)])
}

function rowsOf<Row>(
  rows: readonly Row[],
  high: number,
  draw: (row: Row) => readonly Shape[],
): Cell {
  return {
    height: rows.length * high,
    shapes: rows.flatMap((row, at) => draw(row).map((shape) => moved(shape, 0, at * high))),
  }
}

function text(
  said: string,
  x: number,
  y: number,
  fill: string,
  size: number,
  look: Pick<Extract<Shape, { kind: 'text' }>, 'weight' | 'mono' | 'anchor'> = {},
): Shape {
  return { kind: 'text', text: said, x, y, fill, size, ...look }
}

function moved(shape: Shape, x: number, y: number): Shape {
  return { ...shape, x: shape.x + x, y: shape.y + y }
}
