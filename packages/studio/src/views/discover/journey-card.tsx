import { Pencil } from 'lucide-react'
import { useId, useState } from 'react'
import type { DiscoveredJourney, Discovery } from '../../client/studio-client.ts'
import { LineDash } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { Disclosed } from '../edit/disclosed.tsx'
import type { Deed } from './discover-data.ts'
import { NameForm } from './name-form.tsx'
import { words } from './words.ts'

type Step = DiscoveredJourney['steps'][number]
type Call = Step['calls'][number]

/** A journey as it was walked: each step with its calls, what was read of them, and what can be said about it. */
export function JourneyCard({
  journey,
  line,
  others,
  operations,
  onDeed,
}: {
  readonly journey: DiscoveredJourney
  readonly line: 1 | 2 | 3 | 4
  readonly others: readonly DiscoveredJourney[]
  readonly operations: Discovery['operations']
  readonly onDeed: (deed: Deed) => Promise<void>
}) {
  const { walk, title, steps, leftOut } = journey
  const id = useId()
  return (
    <section className="card discover-journey" aria-labelledby={id}>
      <header>
        <LineDash line={line} />
        <h2 id={id}>{title}</h2>
        <span className="quiet">{words.journey.walks(journey.walks)}</span>
        <Disclosed words={words.journey.rename} icon={<Pencil size={13} aria-hidden="true" />}>
          {(close) => (
            <NameForm
              label={words.journey.name}
              submit={words.journey.save}
              value={title}
              onSave={(name) =>
                void onDeed({ kind: 'edit', edit: { kind: 'name-journey', walk, title: name } })
              }
              onClose={close}
            />
          )}
        </Disclosed>
        {others.length > 0 && (
          <label className="discover-merge">
            <span>{words.journey.merge}</span>
            <select
              className="input"
              value=""
              onChange={(event) => {
                const into = others.find((one) => one.id === event.target.value)
                if (into !== undefined)
                  void onDeed({ kind: 'edit', edit: { kind: 'merge', walk, into: into.walk } })
              }}
            >
              <option value="">{words.journey.mergeNone}</option>
              {others.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      <ol aria-label={words.journey.steps} className={`line-${line}`}>
        {steps.map((step) => (
          <StepItem key={step.id} walk={walk} step={step} operations={operations} onDeed={onDeed} />
        ))}
      </ol>
      {leftOut.length > 0 && (
        <p className="discover-out">
          <b className="caps">{words.journey.leftOut}</b>
          {leftOut.map((screen) => (
            <button
              key={screen}
              type="button"
              className="button small"
              onClick={() =>
                void onDeed({ kind: 'edit', edit: { kind: 'leave-out', walk, screen, out: false } })
              }
            >
              {words.step.putBack(screen)}
            </button>
          ))}
        </p>
      )}
    </section>
  )
}

function StepItem({
  walk,
  step,
  operations,
  onDeed,
}: {
  readonly walk: string
  readonly step: Step
  readonly operations: Discovery['operations']
  readonly onDeed: (deed: Deed) => Promise<void>
}) {
  const { title, screen, visits, names, calls } = step
  const needs = calls.reduce((sum, one) => sum + one.needs.length, 0)
  return (
    <li className="discover-step">
      <div className="discover-step-head">
        <h3>{title}</h3>
        <code>{screen}</code>
        <span className="quiet">
          {words.step.visits(visits)},{' '}
          {calls.length === 0 ? words.step.silent : words.step.needs(needs)}
        </span>
      </div>
      <div className="discover-step-tools">
        <Disclosed words={words.journey.rename} icon={<Pencil size={13} aria-hidden="true" />}>
          {(close) => (
            <NameForm
              label={words.step.name}
              submit={words.journey.save}
              value={title}
              names={names}
              onSave={(name) =>
                void onDeed({
                  kind: 'edit',
                  edit: { kind: 'name-step', walk, screen, title: name },
                })
              }
              onClose={close}
            />
          )}
        </Disclosed>
        <button
          type="button"
          className="button small"
          onClick={() =>
            void onDeed({ kind: 'edit', edit: { kind: 'leave-out', walk, screen, out: true } })
          }
        >
          {words.step.leaveOut}
        </button>
      </div>
      {calls.map((call) => (
        <CallFields
          key={call.operation}
          call={call}
          method={operations.find((one) => one.name === call.operation)?.method ?? ''}
          onNeeded={(path, needed) =>
            onDeed({
              kind: 'edit',
              edit: { kind: 'need', walk, screen, operation: call.operation, path, needed },
            })
          }
        />
      ))}
    </li>
  )
}

/** The fields of an answer with what the screen did with each, and whether it needs them. */
function CallFields({
  call,
  method,
  onNeeded,
}: {
  readonly call: Call
  readonly method: string
  /** Resolves when it is known, or has failed. */
  readonly onNeeded: (path: string, needed: boolean) => Promise<void>
}) {
  // A tick stands at once, whatever the server takes to know of it.
  const [ticked, setTicked] = useState<ReadonlyMap<string, boolean>>(new Map())
  const needs = new Set(call.needs)
  const tick = async (path: string, needed: boolean): Promise<void> => {
    setTicked((before) => new Map(before).set(path, needed))
    await onNeeded(path, needed)
    setTicked((before) => new Map([...before].filter(([one]) => one !== path)))
  }
  const failures = call.states.filter((one) => /^\d/.test(one.condition))
  return (
    <details className="discover-call">
      <summary>
        <Method method={method} /> <code>{call.operation}</code>
        <span className="quiet"> {words.step.needs(call.needs.length)}</span>
      </summary>
      {failures.length > 0 && (
        <p>
          <b className="caps">{words.call.failed}</b>{' '}
          {failures.map((one) => `${one.condition}: ${one.show}`).join(' · ')}
        </p>
      )}
      <table aria-label={words.call.fields(call.operation)}>
        <thead>
          <tr>
            <th scope="col">{words.call.needed}</th>
            <th scope="col">{words.call.field}</th>
            <th scope="col">{words.call.read}</th>
            <th scope="col">{words.call.copied}</th>
            <th scope="col">{words.call.what}</th>
          </tr>
        </thead>
        <tbody>
          {call.fields.map(({ path, read, copied, use }) => (
            <tr key={path} className={use === 'read' ? undefined : 'quiet'}>
              <td>
                <input
                  type="checkbox"
                  aria-label={path}
                  checked={ticked.get(path) ?? needs.has(path)}
                  onChange={(event) => void tick(path, event.target.checked)}
                />
              </td>
              <td>
                <code>{path}</code>
              </td>
              <td className="num">{read}</td>
              <td className="num">{copied}</td>
              <td>{words.call.uses[use]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
