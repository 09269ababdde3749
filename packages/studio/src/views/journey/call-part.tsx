import type { CallRow, StepColumn } from '@throughline/core'
import { localName } from '../../address.ts'
import { NeedGlyph } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { Facts, PanelTitle } from '../../ui/panel.tsx'
import { strings } from '../../strings.ts'
import { EditCall } from '../edit/call-form.tsx'
import { TestFound } from '../tests/test-marks.tsx'
import type { InspectorPart } from './inspector-part.ts'
import { PartProblems } from './part-problems.tsx'

const words = strings.inspector

/** A call of a step: its promise, what it waits for and sends, and what the screen needs of its answer. */
export function CallPart({
  blueprint,
  step,
  call,
  onSelect,
}: InspectorPart & { readonly step: StepColumn; readonly call: CallRow }) {
  const needs = step.needs.filter(({ operation }) => operation === call.operation)
  return (
    <>
      <PanelTitle>
        {call.title ?? call.operation} <span>{words.on(step.title)}</span>
      </PanelTitle>
      {call.method === '' ? (
        <p className="gap-text">{strings.journey.callUnknown}</p>
      ) : (
        <p className="call-line">
          <Method method={call.method} /> <code>{call.path}</code>
        </p>
      )}
      <Facts
        rows={[
          [words.operation, <code key="operation">{call.operation}</code>],
          [
            words.promise,
            call.budget === undefined ? words.noPromise : `${strings.journey.ms(call.budget)}, p75`,
          ],
          [
            '',
            call.after === undefined
              ? words.atOnce
              : words.waitsFor(
                  call.after.map(
                    (name) => step.calls.find(({ operation }) => operation === name)?.title ?? name,
                  ),
                ),
          ],
          call.sends === undefined
            ? undefined
            : [words.sends, call.sends.map((path) => <code key={path}>{path}</code>)],
          call.stage === undefined
            ? undefined
            : [
                words.stage,
                <span key="stage" className="tag">
                  {call.stage}
                </span>,
              ],
          call.deprecated
            ? [
                '',
                <span key="deprecated" className="tag warn">
                  {strings.journey.deprecated}
                </span>,
              ]
            : undefined,
        ]}
      />
      <TestFound step={step.name} operation={call.operation} />
      <EditCall step={step} call={call} onSelect={onSelect} />
      {needs.length > 0 && (
        <section>
          <h3 className="caps">{words.usedHere}</h3>
          <ul className="needs">
            {needs.map((need) => (
              <li key={need.id}>
                <button
                  type="button"
                  className={`need ${need.status}`}
                  onClick={() =>
                    onSelect({ kind: 'need', step: localName(step.name), need: need.id })
                  }
                >
                  <NeedGlyph status={need.status} />
                  <span className="need-name">{need.label}</span>
                  <code className="need-type">{need.type ?? '–'}</code>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <PartProblems blueprint={blueprint} indexes={call.diagnostics} onSelect={onSelect} />
    </>
  )
}
