import type { CallRow, StepColumn } from '@throughline/core'
import { CornerDownRight } from 'lucide-react'
import { localName, type Lens, type Selection } from '../../address.ts'
import { Method } from '../../ui/method.tsx'
import { strings } from '../../strings.ts'
import type { TestOverview } from '../../client/studio-client.ts'
import { TestSign } from '../tests/test-marks.tsx'
import { Item } from './cell.tsx'
import type { Selected } from './in-journey.ts'

const words = strings.journey

/** What is asked of which API. A call that waits for others is set in under them; those off the critical path are pale. */
export function CallsCell({
  step,
  lens,
  marks,
  selected,
  onSelect,
}: {
  readonly step: StepColumn
  readonly lens: Lens
  readonly marks: TestOverview['marks']
  readonly selected: Selected | undefined
  readonly onSelect: (selection: Selection) => void
}) {
  if (step.calls.length === 0) return <p className="nothing">{words.nothing.calls}</p>
  const column = localName(step.name)
  return (
    <ul className="calls">
      {step.calls.map((call) => (
        <li key={call.id}>
          <Item
            lane="calls"
            column={column}
            className={`call ${call.critical ? 'critical' : ''} ${call.deprecated ? 'deprecated' : ''} ${call.method === '' ? 'unknown' : ''}`}
            current={selected?.kind === 'call' && selected.call.id === call.id}
            onOpen={() => onSelect({ kind: 'call', step: column, call: call.id })}
          >
            {call.depth > 0 && (
              <span className="call-after" style={{ paddingLeft: Math.min(call.depth - 1, 3) * 8 }}>
                <CornerDownRight size={11} aria-hidden="true" />
                <span className="sr">{words.after(call.depth)}, </span>
              </span>
            )}
            <Method method={call.method} />
            <span
              className={
                lens === 'ux' && call.title !== undefined ? 'call-name' : 'call-name mono tail'
              }
            >
              <bdi dir="ltr">{callName(call, lens)}</bdi>
            </span>
            {call.critical && <span className="sr">, {words.critical}</span>}
            {call.deprecated && <span className="sr">, {words.deprecated}</span>}
            <TestSign marks={marks} operation={call.operation} />
            {call.method === '' ? (
              <span className="call-unknown">{words.callUnknown}</span>
            ) : (
              call.budget !== undefined && (
                <span className="call-ms num">
                  {words.plain(call.budget)}
                  <span className="sr"> ms</span>
                </span>
              )
            )}
          </Item>
        </li>
      ))}
    </ul>
  )
}

function callName(call: CallRow, lens: Lens): string {
  switch (lens) {
    case 'ux':
      return call.title ?? (call.path || call.operation)
    case 'frontend':
      return call.path || call.operation
    case 'backend':
      return call.operation
  }
}
