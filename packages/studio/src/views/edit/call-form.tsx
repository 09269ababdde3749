import { useQuery } from '@tanstack/react-query'
import type { CallRow, Edit, StepColumn } from '@throughline/core'
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { localName, type Selection } from '../../address.ts'
import { enterPanel } from '../../ui/panel.tsx'
import { operationsQuery } from '../reference/reference-api.ts'
import { AskedFirst } from './asked-first.tsx'
import { Disclosed } from './disclosed.tsx'
import { useEdit, useEditable } from './edit-context.ts'
import { changedList, EditForm, LongField, linesOf, only, TickField, type Typed } from './form.tsx'
import { contractIdOf, OperationChoice } from './operation-choice.tsx'
import { changedPromises, PromiseFields } from './promise-fields.tsx'
import { requestFieldsQuery } from './request-fields.ts'
import { WhyNot } from './why-not.tsx'
import { words } from './words.ts'

const said = words.call

interface CallProps {
  readonly step: StepColumn
  readonly call: CallRow
  readonly onSelect: (selection: Selection) => void
}

/** Everything that can be done to a call of a step. */
export function EditCall({ step, call, onSelect }: CallProps) {
  const { make } = useEdit()
  if (useEditable(step.file)?.editable !== true) return <WhyNot file={step.file} />
  const at = step.calls.indexOf(call)
  const place = { step: step.name, call: call.operation }
  const title = call.title ?? call.operation
  const needs = step.needs.filter(({ operation }) => operation === call.operation)
  const move = (before: CallRow | undefined): void =>
    void make([{ kind: 'move-call', ...place, before: before?.operation ?? null }], step.file)
  const remove = async (): Promise<void> => {
    const outcome = await make([{ kind: 'remove-call', ...place }], step.file)
    if (outcome.kind !== 'done') return
    onSelect({ kind: 'step', step: localName(step.name) })
    enterPanel()
  }
  return (
    <div key={call.id} className="edit-tools">
      <Disclosed words={said.edit} icon={<Pencil size={13} aria-hidden="true" />}>
        {(close) => <CallForm step={step} call={call} onSelect={onSelect} onClose={close} />}
      </Disclosed>
      <button
        type="button"
        className="button small"
        aria-disabled={at === 0 || undefined}
        onClick={() => at > 0 && move(step.calls[at - 1])}
      >
        <ArrowUp size={13} aria-hidden="true" />
        {words.order.up}
      </button>
      <button
        type="button"
        className="button small"
        aria-disabled={at === step.calls.length - 1 || undefined}
        onClick={() => at < step.calls.length - 1 && move(step.calls[at + 2])}
      >
        <ArrowDown size={13} aria-hidden="true" />
        {words.order.down}
      </button>
      <AskedFirst
        words={said.remove}
        icon={<Trash2 size={13} aria-hidden="true" />}
        title={said.removeTitle(title)}
        text={said.removeText(needs.length)}
        yes={said.removeYes}
        no={said.keep}
        onYes={() => void remove()}
      />
    </div>
  )
}

/** Adds a call to a step. */
export function AddCall({ step, onSelect }: Omit<CallProps, 'call'>) {
  if (useEditable(step.file)?.editable !== true) return null
  return (
    <Disclosed words={said.add} icon={<Plus size={13} aria-hidden="true" />}>
      {(close) => <CallForm step={step} call={undefined} onSelect={onSelect} onClose={close} />}
    </Disclosed>
  )
}

/** What is called, what it waits for, what the screen sends, and what it promises. */
function CallForm({
  step,
  call,
  onSelect,
  onClose,
}: {
  readonly step: StepColumn
  readonly call: CallRow | undefined
  readonly onSelect: (selection: Selection) => void
  readonly onClose: () => void
}) {
  const [operation, setOperation] = useState(call?.operation ?? '')
  const saved = useRef('')
  const others = step.calls.filter((one) => one !== call)
  const select = (): void => {
    onSelect({ kind: 'call', step: localName(step.name), call: saved.current })
    enterPanel()
  }
  return (
    <EditForm
      label={call === undefined ? said.addForm : said.form(call.title ?? call.operation)}
      file={step.file}
      submit={call === undefined ? said.addSubmit : words.save}
      onClose={onClose}
      onSaved={() => {
        if (saved.current !== call?.id) select()
      }}
      edits={(typed) => {
        saved.current = `call:${step.name}/${operation}`
        return call === undefined
          ? [added(step, operation, typed)]
          : changedCall(step, call, operation, typed)
      }}
    >
      <OperationChoice
        label={said.operation}
        step={step}
        value={operation}
        withCalls={call !== undefined && operation === call.operation}
        onChange={setOperation}
      />
      {others.length === 0 ? (
        <p className="edit-hint">{said.afterAlone}</p>
      ) : (
        <TickField
          name="after"
          legend={said.after}
          hint={said.afterNone}
          options={others.map((one) => [one.operation, one.title ?? one.operation] as const)}
          ticked={call?.after ?? []}
        />
      )}
      <SendsField key={operation} step={step} operation={operation} sends={call?.sends ?? []} />
      <fieldset>
        <legend>{said.promises}</legend>
        <p className="edit-hint">{words.budget.hint}</p>
        <PromiseFields promises={call?.promises} />
      </fieldset>
    </EditForm>
  )
}

function added(step: StepColumn, operation: string, typed: Typed): Edit {
  const after = typed.ticked('after')
  const sends = sendsIn(typed)
  const budget = changedPromises({}, typed)
  return {
    kind: 'add-call',
    step: step.name,
    operation,
    ...(after.length > 0 && { after }),
    ...(sends.length > 0 && { sends }),
    ...(budget && { budget: budget as { readonly p75?: string } }),
  }
}

function changedCall(
  step: StepColumn,
  call: CallRow,
  operation: string,
  typed: Typed,
): readonly Edit[] {
  const set = only({
    operation: operation === call.operation ? undefined : operation,
    after: changedList(call.after, typed.ticked('after')),
    sends: changedList(call.sends, sendsIn(typed)),
    budget: changedPromises(call.promises, typed),
  })
  return Object.keys(set).length === 0
    ? []
    : [{ kind: 'change-call', step: step.name, call: call.operation, set }]
}

function sendsIn({ ticked, text }: Typed): readonly string[] {
  return [...new Set([...ticked('sends'), ...linesOf(text('sends-more'))])]
}

/** The contract's request fields to tick, and what it does not take yet to type. */
function SendsField({
  step,
  operation,
  sends,
}: {
  readonly step: StepColumn
  readonly operation: string
  readonly sends: readonly string[]
}) {
  const { data: index } = useQuery(operationsQuery)
  const { data, isLoading } = useQuery({
    ...requestFieldsQuery(contractIdOf(operation, step, index)),
    enabled: operation !== '' && index !== undefined,
    retry: false,
  })
  if (operation === '') return null
  if (isLoading || index === undefined) return <p role="status">{said.loading}</p>
  const fields = data ?? []
  const wished = sends.filter((path) => !fields.some((field) => field.path === path))
  return (
    <>
      <TickField
        name="sends"
        legend={said.sends}
        hint={fields.length === 0 ? said.sendsNone : said.sendsHint}
        options={fields.map(
          ({ path, type, required }) =>
            [path, path, required ? `${type}, ${said.required}` : type] as const,
        )}
        ticked={sends}
        mono
      />
      <LongField
        name="sends-more"
        label={said.sendsMore}
        hint={said.sendsMoreHint}
        value={wished.join('\n')}
        rows={2}
        at={['/sends', '/set/sends', '/set/sends/0', '/sends/0']}
      />
    </>
  )
}
