import type { ReportedAdvice, WorkspaceOverview } from '@throughline/core'
import { ArrowRight } from 'lucide-react'
import { localName } from '../../address.ts'
import { Copyable } from '../../ui/copyable.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { Prose } from '../../ui/prose.tsx'
import { words } from './words.ts'

/** What to change: each with what was seen, what it gains, who feels it, and the place to change it. */
export function AdviceList({
  advice,
  overview,
}: {
  readonly advice: readonly ReportedAdvice[]
  readonly overview: WorkspaceOverview | undefined
}) {
  if (advice.length === 0) return <p className="quiet">{words.advice.none}</p>
  return (
    <ol className="advice-list" aria-label={words.advice.list}>
      {advice.map((one) => (
        <li key={`${one.kind} ${one.title}`} className="card advice">
          <div className="advice-head">
            <span className={`tag ${one.kind === 'contract-drift' ? 'warn' : ''}`}>
              {words.advice.kinds[one.kind]}
            </span>
            <Gain gain={one.gain} />
          </div>
          <h3>{one.title}</h3>
          <p>
            <Prose text={one.evidence} />
          </p>
          <p className="advice-change">
            <Prose text={one.change} />
          </p>
          {one.steps.length > 0 && (
            <ul className="advice-steps" aria-label={words.advice.steps}>
              {one.steps.slice(0, 6).map((step) => (
                <li key={step}>
                  <StepLink step={step} overview={overview} />
                </li>
              ))}
            </ul>
          )}
          <div className="advice-places">
            {one.operation !== undefined && (
              <DataLink
                url={`/reference/${encodeURIComponent(one.operation)}`}
                className="inline-link"
              >
                <code>{one.operation}</code>
                <ArrowRight size={13} aria-hidden="true" />
              </DataLink>
            )}
            {one.file !== undefined && (
              <Copyable text={one.line === undefined ? one.file : `${one.file}:${one.line}`} />
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}

function Gain({ gain }: { readonly gain: ReportedAdvice['gain'] }) {
  const isSaving = gain.ms !== undefined || gain.bytes !== undefined || gain.calls !== undefined
  return (
    <span className="advice-gain num">
      {isSaving ? (
        <>
          <b>{words.advice.gain(gain)}</b> {words.advice.gains}, {words.advice.seen(gain.times)}
        </>
      ) : (
        words.advice.seen(gain.times)
      )}
    </span>
  )
}

/** A step with its line, as everywhere. */
function StepLink({
  step,
  overview,
}: {
  readonly step: string
  readonly overview: WorkspaceOverview | undefined
}) {
  const journey = overview?.journeys.find(({ steps }) => steps.some(({ name }) => name === step))
  if (journey === undefined) return <code>{step}</code>
  return (
    <DataLink
      url={`/journeys/${encodeURIComponent(journey.name)}?step=${encodeURIComponent(localName(step))}`}
      className="advice-step"
    >
      <LineDash line={journey.line} />
      {journey.steps.find(({ name }) => name === step)?.title}
    </DataLink>
  )
}
