import type { SurveyResult } from '@throughline/core'
import { percent } from '../../ui/amounts.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { words } from './words.ts'

const { survey: say } = words

/** What people answered, a card for each survey and step: the scale, what the unhappy had met and the happy hadn't, and their words. */
export function SurveyResults({
  surveys,
  titleOf,
}: {
  readonly surveys: readonly SurveyResult[]
  /** What a step is called; without it, everybody knows which step it is. */
  readonly titleOf?: (step: string) => string
}) {
  return (
    <ul className="survey-list">
      {surveys.map((result) => (
        <li key={`${result.survey} ${result.step ?? ''}`}>
          <Survey result={result} titleOf={titleOf} />
        </li>
      ))}
    </ul>
  )
}

function Survey({
  result,
  titleOf,
}: {
  readonly result: SurveyResult
  readonly titleOf: ((step: string) => string) | undefined
}) {
  const { survey, question, step, answers, quota, mean, scale, distribution, texts } = result
  const most = Math.max(1, ...distribution.map((one) => one.answers))
  return (
    <>
      <p className="survey-question">{question ?? survey}</p>
      <p className="quiet num">
        {titleOf && (
          <>
            {step === undefined ? (
              say.nowhere
            ) : (
              <DataLink
                url={`/performance?step=${encodeURIComponent(step)}`}
                className="inline-link"
              >
                {titleOf(step)}
              </DataLink>
            )}
            {', '}
          </>
        )}
        {say.answers(answers, quota)}
        {mean !== undefined && `, ${say.mean(mean)}`}
      </p>
      {distribution.length > 0 && (
        <ul className="part-list">
          {distribution.map(({ value, answers: count }) => (
            <li key={value}>
              <span className="num">
                {value}{' '}
                <small className="quiet">
                  {value === scale?.from ? scale.low : value === scale?.to ? scale.high : undefined}
                </small>
              </span>
              <span className="part-bar" aria-hidden="true">
                <span style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className="quiet num">{say.chose(count, count / answers)}</span>
            </li>
          ))}
        </ul>
      )}
      <Groups result={result} />
      {texts.length > 0 && (
        <ul className="survey-texts">
          {texts.slice(0, mostTexts).map(({ text, at, value }) => (
            <li key={`${at} ${text}`}>
              <q>{text}</q>
              {value !== undefined && <span className="quiet num"> {value}</span>}
            </li>
          ))}
        </ul>
      )}
      {texts.length > mostTexts && (
        <p className="quiet num">{say.moreTexts(texts.length - mostTexts)}</p>
      )}
    </>
  )
}

const mostTexts = 5

/** The unhappy beside the happy; nothing below the least number of cases. */
function Groups({ result: { unhappy, happy } }: { readonly result: SurveyResult }) {
  if (unhappy === undefined || happy === undefined) return null
  const sentences = [
    ...(unhappy.waited !== undefined && happy.waited !== undefined
      ? [say.waited(unhappy.waited, happy.waited)]
      : []),
    ...(unhappy.troubled !== undefined && happy.troubled !== undefined
      ? [say.troubled(percent(unhappy.troubled), percent(happy.troubled))]
      : []),
  ]
  if (sentences.length === 0)
    return <p className="quiet num">{say.tooFew(unhappy.answers, happy.answers)}</p>
  return (
    <p className="num">
      {sentences.join(' ')} <span className="tag worth">{words.cost.labels.association}</span>
    </p>
  )
}
