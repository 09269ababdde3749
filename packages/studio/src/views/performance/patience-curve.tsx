import type { WaitingInterval } from '@throughline/core'
import { words } from './words.ts'

const width = 280
const height = 84

/** The share still there after each quarter of a second of waiting, with its 95 % interval. */
export function PatienceCurve({
  leaving,
  budget,
}: {
  readonly leaving: readonly WaitingInterval[]
  readonly budget: number | undefined
}) {
  const length = leaving[1]!.from - leaving[0]!.from
  const end = leaving.at(-1)!.from + length
  const bottom = Math.min(0.9, ...leaving.map(({ low }) => low))
  const x = (time: number): string => ((time / end) * width).toFixed(1)
  const y = (share: number): string =>
    (height - ((share - bottom) / Math.max(0.001, 1 - bottom)) * height).toFixed(1)
  const line = `M0 ${y(1)}${leaving.map(({ from, stay }) => `H${x(from + length)}V${y(stay)}`).join('')}`
  const top = leaving.map(({ from, high }) => `L${x(from + length)} ${y(high)}`).join('')
  const under = leaving
    .toReversed()
    .map(({ from, low }) => `L${x(from + length)} ${y(low)}`)
    .join('')
  const told = leaving.filter((_, index) => index % Math.ceil(leaving.length / 5) === 0)
  return (
    <figure className="patience">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={words.panel.patienceChart(
          told.map(({ from, stay }) => words.panel.patienceAt(stay, from + length)).join(', '),
        )}
      >
        <path className="patience-band" d={`M0 ${y(1)}${top}${under}Z`} />
        {budget !== undefined && budget < end && (
          <line className="patience-budget" x1={x(budget)} x2={x(budget)} y1={0} y2={height} />
        )}
        <path className="patience-line" d={line} />
      </svg>
      <figcaption className="quiet num">
        <span>100 %</span>
        <span>{words.panel.patienceAt(leaving.at(-1)!.stay, end)}</span>
      </figcaption>
    </figure>
  )
}
