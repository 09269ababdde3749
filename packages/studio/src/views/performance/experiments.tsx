import type { ExperimentReport } from '@throughline/core'
import { percent } from '../../ui/amounts.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { words } from './words.ts'

const { experiment: say } = words

/** Experiments with how many left on either side: what was drawn by lot, and so says what caused what. */
export function Experiments({
  experiments,
  titleOf,
}: {
  readonly experiments: readonly ExperimentReport[]
  readonly titleOf: (step: string) => string
}) {
  return (
    <ul className="survey-list">
      {experiments.map((one) => (
        <li key={`${one.journey} ${one.name}`}>
          <Experiment experiment={one} titleOf={titleOf} />
        </li>
      ))}
    </ul>
  )
}

function Experiment({
  experiment: one,
  titleOf,
}: {
  readonly experiment: ExperimentReport
  readonly titleOf: (step: string) => string
}) {
  const { name, title, kind, state, stopped, step, operation, delay = 0, from, until } = one
  return (
    <>
      <p className="survey-question">
        {title ?? name} {kind === 'speed' && <span className="tag worth">{say.states[state]}</span>}
      </p>
      <p className="quiet num">
        {kind === 'speed' && operation !== undefined && (
          <>
            <DataLink url={`/reference/${encodeURIComponent(operation)}`} className="inline-link">
              <code>{operation}</code>
            </DataLink>{' '}
            {say.later(delay)}
            {from !== undefined && until !== undefined && `, ${say.between(from, until)}`}
            {'. '}
          </>
        )}
        {step === undefined ? (
          say.unfinished
        ) : (
          <>
            {say.leaving}{' '}
            <DataLink url={`/performance?step=${encodeURIComponent(step)}`} className="inline-link">
              {titleOf(step)}
            </DataLink>
          </>
        )}
      </p>
      {stopped && <p className="num">{say.stopped(stopped.at, stopped.because)}</p>}
      {state !== 'planned' && <Arms experiment={one} />}
      <Result experiment={one} />
    </>
  )
}

function Arms({ experiment: { arms } }: { readonly experiment: ExperimentReport }) {
  const shares = arms.map(({ sessions, left }) => (sessions === 0 ? 0 : left / sessions))
  const most = Math.max(0.01, ...shares)
  return (
    <ul className="part-list">
      {arms.map(({ name, sessions, left }, index) => (
        <li key={name}>
          <span className="num">{name}</span>
          <span className="part-bar leaving" aria-hidden="true">
            <span style={{ width: `${(shares[index]! / most) * 100}%` }} />
          </span>
          <span className="quiet num">{say.left(left, sessions)}</span>
        </li>
      ))}
    </ul>
  )
}

function Result({ experiment: { result, state } }: { readonly experiment: ExperimentReport }) {
  if (state === 'planned') return null
  if (result.kind === 'broken') return <p className="quiet num">{say.noFigure(result.because)}</p>
  const { difference, anytime, verdict } = result
  const finding = {
    sure: say.found(difference.value),
    early: say.early(difference.value),
    luck: say.nothing,
  }[verdict]
  return (
    <>
      <p className="num">
        {finding} <span className="tag worth strong">{words.cost.labels.experiment}</span>
      </p>
      <p className="quiet num">
        {say.anytime(percent(anytime.low), percent(anytime.high))}
        {'. '}
        {say.interval(percent(difference.low), percent(difference.high))}
      </p>
    </>
  )
}
