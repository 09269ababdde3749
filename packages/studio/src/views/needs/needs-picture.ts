import { circle, inks, needShapes } from '../../ui/picture-parts.ts'
import { fitted, wrapped, type Picture, type Shape } from '../../ui/picture.ts'
import type { Lens } from '../../address.ts'
import { cellsIn, journeysOf, worstOf, type Column } from './columns.ts'
import type { Line } from './lines-of.ts'
import { words } from './words.ts'

const field = 300
const head = 104
const rowHeight = 28
const edge = 24

/** The matrix as it is filtered and folded right now, to put into a document. */
export function needsPicture(
  lines: readonly Line[],
  columns: readonly Column[],
  lens: Lens,
): Picture {
  const ink = inks()
  const columnWidth = Math.max(72, Math.min(110, 1100 / Math.max(1, columns.length)))
  const width = edge * 2 + field + columns.length * columnWidth
  const height = edge * 2 + head + lines.length * rowHeight
  const left = (place: number): number => edge + field + place * columnWidth
  const missing = new Set(
    lines.flatMap((line) =>
      line.kind === 'row'
        ? line.row.cells.flatMap(({ status, step }) => (status === 'missing' ? [step] : []))
        : [],
    ),
  )
  const shapes: Shape[] = [{ kind: 'rect', x: 0, y: 0, width, height, fill: ink.surface }]

  for (const { journey, columns: its } of journeysOf(columns)) {
    const from = columns.indexOf(its[0]!)
    const line = ink.lines[journey.line]
    const start = left(from) + columnWidth / 2
    shapes.push({
      kind: 'text',
      text: fitted(journey.title, its.length * columnWidth - 12, 12),
      x: left(from) + 6,
      y: edge + 14,
      fill: ink.ink,
      size: 12,
      weight: 600,
    })
    shapes.push({
      kind: 'path',
      d: `M0 0h${(its.length - 1) * columnWidth}`,
      x: start,
      y: edge + 36,
      stroke: line,
      width: 4,
    })
    its.forEach((column, place) => {
      const x = start + place * columnWidth
      const gap =
        column.kind === 'step'
          ? missing.has(column.id)
          : journey.steps.some(({ name }) => missing.has(name))
      shapes.push({
        kind: 'path',
        d: circle(6),
        x,
        y: edge + 36,
        fill: ink.surface,
        stroke: gap ? ink.bad : line,
        width: 3,
      })
      if (gap) shapes.push({ kind: 'path', d: circle(2.6), x, y: edge + 36, fill: ink.bad })
      const title = column.kind === 'step' ? column.step.title : words.steps(journey.steps.length)
      wrapped(title, columnWidth - 8, 11, 3).forEach((text, row) =>
        shapes.push({
          kind: 'text',
          text,
          x,
          y: edge + 58 + row * 14,
          fill: ink.second,
          size: 11,
          anchor: 'middle',
        }),
      )
    })
    shapes.push({
      kind: 'rect',
      x: left(from),
      y: edge,
      width: 1,
      height: height - 2 * edge,
      fill: ink.hair,
    })
  }

  lines.forEach((line, index) => {
    const y = edge + head + index * rowHeight
    shapes.push({ kind: 'rect', x: edge, y, width: width - 2 * edge, height: 1, fill: ink.hair })
    const text = y + 18
    if (line.kind !== 'row') {
      const { group } = line
      shapes.push({
        kind: 'rect',
        x: edge,
        y: y + 1,
        width: width - 2 * edge,
        height: rowHeight - 1,
        fill: ink.group,
      })
      shapes.push({
        kind: 'text',
        text:
          line.kind === 'rest'
            ? words.leftOut(group.leftOut.fields, group.leftOut.more)
            : `${group.method} ${group.path}`.trim(),
        x: edge + 10,
        y: text,
        fill: line.kind === 'rest' ? ink.third : ink.ink,
        size: 12,
        mono: line.kind === 'group',
      })
      return
    }
    const { row } = line
    shapes.push({
      kind: 'text',
      text:
        lens === 'ux' ? fitted(row.label, field - 60, 12) : fitted(row.path, field - 60, 12, 'end'),
      x: edge + 10,
      y: text,
      fill: row.unused ? ink.third : ink.ink,
      size: 12,
      mono: lens !== 'ux',
      struck: row.unused,
    })
    shapes.push({
      kind: 'text',
      text: row.unused ? words.unused : String(row.usedBy),
      x: edge + field - 10,
      y: text,
      fill: ink.third,
      size: 11,
      anchor: 'end',
    })
    columns.forEach((column, place) => {
      const cells = cellsIn(column, row.cells)
      const status = worstOf(cells)
      const x = left(place)
      if (status === 'missing' || status === 'optional') {
        shapes.push({
          kind: 'rect',
          x: x + 1,
          y: y + 1,
          width: columnWidth - 1,
          height: rowHeight - 1,
          fill: status === 'missing' ? ink.badTint : ink.warnTint,
        })
      }
      const middle = { x: x + columnWidth / 2, y: y + rowHeight / 2 }
      if (status === undefined)
        shapes.push({ kind: 'path', d: circle(1.2), ...middle, fill: ink.edge })
      else shapes.push(...needShapes(status, ink).map((shape) => ({ ...shape, ...middle })))
    })
  })
  return { title: words.grid, width, height, shapes }
}
