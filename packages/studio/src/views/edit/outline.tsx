import type { CallRow, Edit, NeedRow, StepColumn } from '@throughline/core'
import { GripVertical } from 'lucide-react'
import { useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { localName, type Selection } from '../../address.ts'
import { NeedGlyph } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { AddCall } from './call-form.tsx'
import { useEdit, useEditable } from './edit-context.ts'
import { words } from './words.ts'

const said = words.call

type Row =
  | { readonly kind: 'call'; readonly call: CallRow }
  | { readonly kind: 'need'; readonly call: CallRow; readonly need: NeedRow }

/**
 * The calls of a step and what each gives, in the order of the file. Rows are dragged to another place, a need also to
 * another call; Alt with an arrow key does the same.
 */
export function StepOutline({
  step,
  onSelect,
}: {
  readonly step: StepColumn
  readonly onSelect: (selection: Selection) => void
}) {
  const { make } = useEdit()
  const editable = useEditable(step.file)?.editable === true
  const [dragged, setDragged] = useState<Row>()
  const [over, setOver] = useState<string>()
  const [told, setTold] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const needsOf = (call: CallRow): readonly NeedRow[] =>
    step.needs.filter(({ operation }) => operation === call.operation)

  const send = async (
    edit: Edit,
    row: { readonly id: string; readonly words: string },
    at: number,
    of: number,
  ): Promise<void> => {
    const outcome = await make([edit], step.file)
    if (outcome.kind !== 'done') return
    setTold(words.order.moved(row.words, at, of))
    // A row that is drawn elsewhere loses the focus.
    requestAnimationFrame(() =>
      list.current
        ?.querySelector<HTMLElement>(`[data-row="${CSS.escape(row.id)}"] button`)
        ?.focus(),
    )
  }

  /** Puts a call before another one, `undefined` is the end. */
  const placeCall = (call: CallRow, before: CallRow | undefined): void => {
    if (call === before) return
    const left = step.calls.filter((one) => one !== call)
    const at = before === undefined ? left.length : left.indexOf(before)
    void send(
      {
        kind: 'move-call',
        step: step.name,
        call: call.operation,
        before: before?.operation ?? null,
      },
      { id: call.id, words: call.title ?? call.operation },
      at + 1,
      step.calls.length,
    )
  }
  const placeNeed = (
    from: { readonly call: CallRow; readonly need: NeedRow },
    to: CallRow,
    before: NeedRow | undefined,
  ): void => {
    if (from.need === before) return
    const left = needsOf(to).filter((one) => one !== from.need)
    const at = before === undefined ? left.length : left.indexOf(before)
    void send(
      {
        kind: 'move-need',
        step: step.name,
        call: from.call.operation,
        need: from.need.path,
        before: before?.path ?? null,
        ...(to !== from.call && { to: { step: step.name, call: to.operation } }),
      },
      { id: `need:${step.name}/${to.operation}/${from.need.path}`, words: from.need.label },
      at + 1,
      left.length + 1,
    )
  }
  /** What lies before the row that something is dropped on, or that it goes to the end of. */
  const drop = (onto: Row, after: boolean): void => {
    if (dragged?.kind === 'call') {
      const at = step.calls.indexOf(onto.call) + (after || onto.kind === 'need' ? 1 : 0)
      placeCall(dragged.call, step.calls[at])
    }
    if (dragged?.kind !== 'need') return
    const needs = needsOf(onto.call)
    if (onto.kind === 'call') placeNeed(dragged, onto.call, needs[0])
    else placeNeed(dragged, onto.call, needs[needs.indexOf(onto.need) + (after ? 1 : 0)])
  }

  const handles = (row: Row, key: string) =>
    !editable
      ? {}
      : {
          'data-row': key,
          draggable: true,
          'data-drop':
            over?.startsWith(`${key} `) === true ? over.slice(key.length + 1) : undefined,
          onDragStart: (event: DragEvent) => {
            event.stopPropagation()
            event.dataTransfer.setData('text/plain', key)
            event.dataTransfer.effectAllowed = 'move'
            setDragged(row)
          },
          onDragEnd: () => {
            setDragged(undefined)
            setOver(undefined)
          },
          onDragOver: (event: DragEvent) => {
            if (dragged === undefined) return
            event.preventDefault()
            setOver(`${key} ${isAfter(event) ? 'after' : 'before'}`)
          },
          onDragLeave: () => setOver(undefined),
          onDrop: (event: DragEvent) => {
            if (dragged === undefined) return
            event.preventDefault()
            setOver(undefined)
            drop(row, isAfter(event))
          },
          onKeyDown: (event: KeyboardEvent) => {
            if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            const by = event.key === 'ArrowUp' ? -1 : 1
            if (row.kind === 'call') {
              const at = step.calls.indexOf(row.call) + by
              if (at >= 0 && at < step.calls.length)
                placeCall(row.call, step.calls[by === 1 ? at + 1 : at])
              return
            }
            const needs = needsOf(row.call)
            const at = needs.indexOf(row.need) + by
            if (at >= 0 && at < needs.length)
              placeNeed(row, row.call, needs[by === 1 ? at + 1 : at])
            else {
              // Past the end of its call it goes on to the next one.
              const next = step.calls[step.calls.indexOf(row.call) + by]
              if (next !== undefined) placeNeed(row, next, by === 1 ? needsOf(next)[0] : undefined)
            }
          },
        }

  return (
    <section className="outline">
      <h3 className="caps">{said.outline}</h3>
      {step.calls.length === 0 ? (
        <p className="quiet">{said.outlineNone}</p>
      ) : (
        editable && <p className="edit-hint">{words.order.hint}</p>
      )}
      <ul ref={list} aria-label={said.outline}>
        {step.calls.map((call) => (
          <li key={call.id}>
            <div className="outline-row" {...handles({ kind: 'call', call }, call.id)}>
              {editable && <GripVertical size={12} aria-hidden="true" />}
              <button
                type="button"
                className="outline-call"
                onClick={() =>
                  onSelect({ kind: 'call', step: localName(step.name), call: call.id })
                }
              >
                <Method method={call.method} /> <span>{call.title ?? call.operation}</span>
              </button>
            </div>
            <ul>
              {needsOf(call).map((need) => (
                <li key={need.id}>
                  <div className="outline-row" {...handles({ kind: 'need', call, need }, need.id)}>
                    {editable && <GripVertical size={12} aria-hidden="true" />}
                    <button
                      type="button"
                      className={`need ${need.status}`}
                      onClick={() =>
                        onSelect({ kind: 'need', step: localName(step.name), need: need.id })
                      }
                    >
                      <NeedGlyph status={need.status} />
                      <span className="need-name">{need.label}</span>
                    </button>
                  </div>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <div className="edit-tools">
        <AddCall key={step.name} step={step} onSelect={onSelect} />
      </div>
      <p className="sr" role="status">
        {told}
      </p>
    </section>
  )
}

function isAfter(event: DragEvent): boolean {
  const { top, height } = event.currentTarget.getBoundingClientRect()
  return event.clientY > top + height / 2
}
