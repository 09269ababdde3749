import type { NeedRow, StepColumn } from '@throughline/core'
import { localName } from '../../address.ts'
import { Method } from '../../ui/method.tsx'
import { Facts, Note, PanelTitle } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { strings } from '../../strings.ts'
import { EditNeed } from '../edit/need-form.tsx'
import { ProposeField } from '../review/propose.tsx'
import type { InspectorPart } from './inspector-part.ts'
import { PartProblems } from './part-problems.tsx'

const words = strings.inspector

/** A need: the field it wants, whether the contract gives it, and what people see without it. */
export function NeedPart({
  blueprint,
  step,
  need,
  onSelect,
}: InspectorPart & { readonly step: StepColumn; readonly need: NeedRow }) {
  const call = step.calls.find(({ operation }) => operation === need.operation)
  return (
    <>
      <PanelTitle>
        {need.label} <span>{words.on(step.title)}</span>
      </PanelTitle>
      {need.why !== undefined && <p className="lead-text">{need.why}.</p>}
      <Facts
        rows={[
          [words.field, <code key="field">{need.path}</code>],
          [
            words.type,
            need.type === undefined ? (
              <span key="type" className="bad">
                {words.noType}
              </span>
            ) : (
              <code key="type">{need.type}</code>
            ),
          ],
          [
            words.operation,
            <button
              key="operation"
              type="button"
              className="inline-link"
              disabled={!call}
              onClick={() =>
                call && onSelect({ kind: 'call', step: localName(step.name), call: call.id })
              }
            >
              {call && <Method method={call.method} />} <code>{call?.path || need.operation}</code>
            </button>,
          ],
          need.class === undefined
            ? undefined
            : [
                words.class,
                <span key="class" className="tag">
                  {need.class}
                </span>,
              ],
        ]}
      />
      {need.because !== undefined && (
        <Note title={words.mayBeMissing} tone={need.status === 'optional' ? 'warn' : 'plain'}>
          <Prose text={need.because} />
        </Note>
      )}
      {need.absent !== undefined ? (
        <Note title={words.absent} tone="plain">
          <Prose text={need.absent} />
        </Note>
      ) : (
        need.status === 'optional' && <p className="gap-text">{words.absentUnsaid}</p>
      )}
      {need.status === 'missing' && (
        <ProposeField need={need.id} field={need.label} operation={need.operation} />
      )}
      <EditNeed step={step} need={need} onSelect={onSelect} />
      <PartProblems blueprint={blueprint} indexes={need.diagnostics} onSelect={onSelect} />
    </>
  )
}
