import { Frown, Smile } from 'lucide-react'
import { useId, useMemo } from 'react'
import { strings } from '../../strings.ts'
import { Cell } from './cell.tsx'
import { feelingCurve } from './feeling-curve.ts'
import { hasGap } from './in-journey.ts'
import { Lane, type LaneProps } from './lane.tsx'

const height = 100
const words = strings.journey

/** The journey's own line: how people feel along the way, a station for each step. */
export function FeelingLane({ blueprint: { steps }, selected, among }: LaneProps) {
  const fade = useId()
  const curve = useMemo(
    () =>
      feelingCurve(
        steps.map((step) => step.feeling?.score),
        { top: 18, bottom: 79, floor: height },
        among?.map((step) => step.feeling?.score),
      ),
    [steps, among],
  )
  const sources = [...new Set(steps.flatMap((step) => step.feeling?.from ?? []))]
  const noted = steps.some((step) => step.feeling)
  return (
    <Lane
      name={words.lanes.feeling}
      note={
        sources.length === 1
          ? words.lanes.feelingFrom(sources.join())
          : noted
            ? words.lanes.feelingSources(sources.length)
            : words.lanes.feelingNone
      }
    >
      {steps.map((step, index) => (
        <Cell
          key={step.name}
          lane="feeling"
          selected={selected?.step?.name === step.name}
          changes={[step.feeling, hasGap(step)]}
        >
          {index === 0 && (
            <div
              className="curve"
              aria-hidden="true"
              style={{ width: `${steps.length * 100}%`, height }}
            >
              {noted && (
                <>
                  <Smile className="mood best" size={13} />
                  <Frown className="mood worst" size={13} />
                </>
              )}
              <svg viewBox={`0 0 ${steps.length * 100} ${height}`} preserveAspectRatio="none">
                <defs>
                  <linearGradient id={fade} x1="0" y1="0" x2="0" y2="1">
                    <stop offset="0" className="fade-from" />
                    <stop offset="1" className="fade-to" />
                  </linearGradient>
                </defs>
                <path d={curve.ground} fill={`url(#${fade})`} />
                <path d={curve.stroke} className="curve-line" vectorEffect="non-scaling-stroke" />
              </svg>
              {steps.map((station, at) => (
                <span
                  key={station.name}
                  className={`station ${hasGap(station) ? 'gap' : ''} ${station.feeling ? words.lanes.feelingSources(sources.length) : 'unknown'}`}
                  style={{ left: `${((at + 0.5) / steps.length) * 100}%`, top: curve.heights[at] }}
                />
              ))}
            </div>
          )}
          <p className="quote">
            <span className="sr">
              {step.feeling ? words.feelingScore(step.feeling.score) : words.feelingUnknown}
              {hasGap(step) && `, ${words.stationGap}`}
              {'. '}
            </span>
            {step.feeling?.quote !== undefined && (
              <q title={step.feeling.from}>{step.feeling.quote}</q>
            )}
          </p>
        </Cell>
      ))}
    </Lane>
  )
}
