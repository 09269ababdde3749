import type { EvidenceReport } from '@throughline/core'
import { ms } from '../../ui/amounts.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { hourOf, operationsWithHours } from './hours-of.ts'
import { words } from './words.ts'

const { hours: say } = words
const width = 720
const height = 150

/** How long one operation took in each hour, as pages felt it: p75 beside its budget, as a line or as a table. */
export function Hours({
  report,
  chosen,
  asTable,
  onChoose,
}: {
  readonly report: EvidenceReport
  /** `store.getBasket`; without it the operation that is called most. */
  readonly chosen: string | undefined
  readonly asTable: boolean
  readonly onChoose: (operation: string | undefined) => void
}) {
  const all = operationsWithHours(report)
  const shown = all.find(({ operation }) => operation === chosen) ?? all[0]
  if (shown === undefined) return null
  const { operation, hours, budget, steps } = shown
  return (
    <section className="performance-hours" aria-labelledby="hours">
      <header>
        <h2 id="hours">{say.title}</h2>
        <select
          className="select"
          aria-label={say.operation}
          value={operation}
          onChange={({ currentTarget: { value } }) =>
            onChoose(value === all[0]?.operation ? undefined : value)
          }
        >
          {all.map((one) => (
            <option key={one.operation} value={one.operation}>
              {one.operation}
            </option>
          ))}
        </select>
        <p className="quiet">
          {say.lead}
          {steps.length > 0 && (
            <>
              {' '}
              {say.feltOn}{' '}
              {steps.map((step, index) => (
                <span key={step.name}>
                  {index > 0 && ', '}
                  <DataLink
                    url={`/performance?step=${encodeURIComponent(step.name)}`}
                    className="inline-link"
                  >
                    {step.title}
                  </DataLink>
                </span>
              ))}
              .
            </>
          )}
        </p>
      </header>
      {asTable ? (
        <div className="card figures">
          <table>
            <caption className="sr">{operation}</caption>
            <thead>
              <tr>
                <th scope="col">{say.hour}</th>
                <th scope="col">{say.calls}</th>
                <th scope="col">p75</th>
                <th scope="col">{say.budget}</th>
              </tr>
            </thead>
            <tbody>
              {hours.map(({ hour, calls, p75 }) => (
                <tr key={hour}>
                  <th scope="row">{hourOf(hour)}</th>
                  <td>{calls.toLocaleString('en')}</td>
                  <td className={budget !== undefined && p75 > budget ? 'bad' : undefined}>
                    {ms(p75)}
                  </td>
                  <td>{budget !== undefined && ms(budget)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Line {...shown} />
      )}
    </section>
  )
}

function Line({ operation, hours, budget }: ReturnType<typeof operationsWithHours>[number]) {
  const [first, last] = [hours[0]!.hour, hours.at(-1)!.hour]
  const longest = hours.reduce((most, one) => (one.p75 > most.p75 ? one : most))
  const top = Math.max(longest.p75, budget ?? 0) * 1.08
  const x = (hour: number): number =>
    last === first ? width / 2 : ((hour - first) / (last - first)) * width
  const y = (value: number): number => height - (value / Math.max(1, top)) * height
  // An hour in which too few came is a gap: nobody knows what it was like.
  const runs = hours.reduce<(typeof hours)[number][][]>((found, one) => {
    const run = found.at(-1)
    if (run !== undefined && one.hour - run.at(-1)!.hour <= 3_600_000) run.push(one)
    else found.push([one])
    return found
  }, [])
  const path = runs
    .map(
      (run) =>
        `M${run.map(({ hour, p75 }) => `${x(hour).toFixed(1)} ${y(p75).toFixed(1)}`).join('L')}`,
    )
    .join('')
  const limit = budget === undefined ? undefined : y(budget)
  return (
    <figure className="card hours-chart">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say.chart(operation, hourOf(longest.hour), longest.p75, budget)}
      >
        {limit !== undefined && (
          <>
            <clipPath id="hours-over">
              <rect x={0} y={0} width={width} height={Math.max(0, limit)} />
            </clipPath>
            <line className="hours-budget" x1={0} x2={width} y1={limit} y2={limit} />
          </>
        )}
        <path className="hours-line" d={path} />
        {limit !== undefined && (
          <path className="hours-line over" clipPath="url(#hours-over)" d={path} />
        )}
        {runs
          .filter((run) => run.length === 1)
          .map(([one]) => (
            <line
              key={one!.hour}
              className={`hours-line ${budget !== undefined && one!.p75 > budget ? 'over' : ''}`}
              x1={x(one!.hour) - 2}
              x2={x(one!.hour) + 2}
              y1={y(one!.p75)}
              y2={y(one!.p75)}
            />
          ))}
      </svg>
      <figcaption className="quiet num">
        <span>{hourOf(first)}</span>
        <span>
          {say.longest(hourOf(longest.hour), longest.p75)}
          {budget !== undefined && `, ${say.promised(budget)}`}
        </span>
        <span>{hourOf(last)}</span>
      </figcaption>
    </figure>
  )
}
