import type { JourneyReport } from '@throughline/core'
import { ms, percent } from '../../ui/amounts.ts'
import { enterPanel } from '../../ui/panel.tsx'
import { waitLevel } from '../../ui/wait-bar.tsx'
import { words } from './words.ts'

/** The same figures as the bars, for those who would rather read numbers. */
export function FiguresTable({
  journey: { title, steps },
  open,
  onOpen,
}: {
  readonly journey: JourneyReport
  readonly open: string | undefined
  readonly onOpen: (step: string) => void
}) {
  const { column } = words
  return (
    <div className="card figures">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            {[
              column.step,
              column.came,
              column.wentOn,
              column.left,
              'p50',
              'p75',
              'p95',
              words.panel.budget,
              column.over,
              column.apdex,
              column.leftWaiting,
              column.saw,
              column.errors,
              column.cost,
            ].map((head) => (
              <th key={head} scope="col" className={head === column.saw ? 'wide' : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => {
            const { wait, cost } = step
            const won = cost?.kind === 'estimate' && cost.claimed ? cost.won : undefined
            return (
              <tr key={step.name} data-open={step.name === open || undefined}>
                <th scope="row">
                  <button
                    type="button"
                    data-step={step.name}
                    aria-current={step.name === open ? 'true' : undefined}
                    onClick={({ detail }) => {
                      onOpen(step.name)
                      // Opened by keyboard: the reader goes along into the panel.
                      if (detail === 0) enterPanel()
                    }}
                  >
                    {step.title}
                  </button>
                </th>
                <td>{step.sessions.toLocaleString('en')}</td>
                <td>{step.wentOn.toLocaleString('en')}</td>
                <td>{step.dropOff === undefined ? '' : percent(step.dropOff)}</td>
                <td>{wait && ms(wait.p50)}</td>
                <td className={wait && waitLevel(wait) === 'bad' ? 'bad' : undefined}>
                  {wait && ms(wait.p75)}
                </td>
                <td>{wait && ms(wait.p95)}</td>
                <td>{wait?.budget !== undefined && ms(wait.budget)}</td>
                <td>{wait?.over !== undefined && percent(wait.over)}</td>
                <td>{wait?.apdex.toFixed(2)}</td>
                <td>{wait?.leftWaiting}</td>
                <td className="wide">
                  {step.shown.map(({ condition, times }) => `${condition} ×${times}`).join(', ')}
                </td>
                <td>{step.errors.reduce((sum, { times }) => sum + times, 0) || ''}</td>
                <td>
                  {won &&
                    `${Math.round(won.value)} (${Math.round(won.low)} to ${Math.round(won.high)})`}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
