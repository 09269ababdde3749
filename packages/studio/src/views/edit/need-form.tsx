import { useQuery } from '@tanstack/react-query'
import type { NeedRow, StepColumn } from '@throughline/core'
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { localName, type Selection } from '../../address.ts'
import { enterPanel } from '../../ui/panel.tsx'
import { closeMatchesQuery } from '../needs/needs-data.ts'
import { operationsQuery } from '../reference/reference-api.ts'
import { contractFieldsQuery, type ContractField } from './contract-fields.ts'
import { Disclosed } from './disclosed.tsx'
import { useEdit, useEditable } from './edit-context.ts'
import { changed, EditForm, LongField, only, TextField } from './form.tsx'
import { contractIdOf, OperationChoice } from './operation-choice.tsx'
import { WhyNot } from './why-not.tsx'
import { words } from './words.ts'

const said = words.need

interface NeedProps {
  readonly step: StepColumn
  readonly need: NeedRow
  readonly onSelect: (selection: Selection) => void
}

/** What can be done to a need: say more of it, take it away, and for one the contract lacks, use what it has. */
export function EditNeed({ step, need, onSelect }: NeedProps) {
  const { make } = useEdit()
  const renamed = useRef(need.path)
  if (useEditable(step.file)?.editable !== true) return <WhyNot file={step.file} />
  const place = { step: step.name, call: need.operation, need: need.path }
  const siblings = step.needs.filter(({ operation }) => operation === need.operation)
  const at = siblings.indexOf(need)
  const move = (before: NeedRow | undefined): void =>
    void make([{ kind: 'move-need', ...place, before: before?.path ?? null }], step.file)
  const show = (path: string): void => {
    const id = need.id.slice(0, need.id.length - need.path.length) + path
    onSelect({ kind: 'need', step: localName(step.name), need: id })
  }
  const remove = async (): Promise<void> => {
    const outcome = await make([{ kind: 'remove-need', ...place }], step.file)
    if (outcome.kind !== 'done') return
    onSelect({ kind: 'step', step: localName(step.name) })
    enterPanel()
  }
  return (
    <>
      {need.status === 'missing' && <UseInstead step={step} need={need} onSelect={onSelect} />}
      <div key={need.id} className="edit-tools">
        <Disclosed words={said.edit} icon={<Pencil size={13} aria-hidden="true" />}>
          {(close) => (
            <EditForm
              label={said.form(need.label)}
              file={step.file}
              onClose={close}
              onSaved={() => {
                if (renamed.current !== need.path) show(renamed.current)
              }}
              edits={({ text }) => {
                renamed.current = text('path') || need.path
                const path = changed(need.path, text('path'))
                const set = only({
                  path: path ?? undefined,
                  label: changed(need.label, text('label')),
                  why: changed(need.why, text('why')),
                  absent: changed(need.absent, text('absent')),
                })
                return Object.keys(set).length === 0 ? [] : [{ kind: 'change-need', ...place, set }]
              }}
            >
              <TextField name="label" label={said.label} value={need.label} />
              <TextField
                name="path"
                label={said.find}
                hint={said.pathHint}
                value={need.path}
                mono
              />
              <LongField name="why" label={said.why} value={need.why} rows={2} />
              <LongField
                name="absent"
                label={said.absent}
                hint={said.absentHint}
                value={need.absent}
                rows={2}
              />
            </EditForm>
          )}
        </Disclosed>
        <button
          type="button"
          className="button small"
          aria-disabled={at === 0 || undefined}
          onClick={() => at > 0 && move(siblings[at - 1])}
        >
          <ArrowUp size={13} aria-hidden="true" />
          {words.order.up}
        </button>
        <button
          type="button"
          className="button small"
          aria-disabled={at === siblings.length - 1 || undefined}
          onClick={() => at < siblings.length - 1 && move(siblings[at + 2])}
        >
          <ArrowDown size={13} aria-hidden="true" />
          {words.order.down}
        </button>
        <button type="button" className="button small" onClick={() => void remove()}>
          <Trash2 size={13} aria-hidden="true" />
          {said.remove}
        </button>
      </div>
    </>
  )
}

/** The fields that somebody may have meant, each one click away. */
function UseInstead({ step, need, onSelect }: NeedProps) {
  const { make } = useEdit()
  const { data } = useQuery(closeMatchesQuery(need.operation, need.path, step.name))
  const use = async (path: string): Promise<void> => {
    const place = { step: step.name, call: need.operation, need: need.path }
    const outcome = await make([{ kind: 'change-need', ...place, set: { path } }], step.file)
    if (outcome.kind !== 'done') return
    const id = need.id.slice(0, need.id.length - need.path.length) + path
    onSelect({ kind: 'need', step: localName(step.name), need: id })
    enterPanel()
  }
  const matches = data?.matches.filter(
    ({ path }) => !step.needs.some((one) => one.operation === need.operation && one.path === path),
  )
  if (matches === undefined || matches.length === 0) return null
  return (
    <section className="note accent use-instead">
      <b>{said.close}</b>
      <ul>
        {matches.slice(0, 4).map(({ path, type, because }) => (
          <li key={path}>
            <button type="button" className="button" onClick={() => void use(path)}>
              {said.use(path)}
            </button>
            <span>
              <code>{type}</code> {because}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Adds a need to a step, from the contract's fields or as a wish. */
export function AddNeed({
  step,
  onSelect,
}: {
  readonly step: StepColumn
  readonly onSelect: (selection: Selection) => void
}) {
  if (useEditable(step.file)?.editable !== true) return null
  return (
    <Disclosed words={said.add} icon={<Plus size={13} aria-hidden="true" />}>
      {(close) => <AddNeedForm step={step} onSelect={onSelect} onClose={close} />}
    </Disclosed>
  )
}

function AddNeedForm({
  step,
  onSelect,
  onClose,
}: {
  readonly step: StepColumn
  readonly onSelect: (selection: Selection) => void
  readonly onClose: () => void
}) {
  const { data: index } = useQuery(operationsQuery)
  const [call, setCall] = useState(step.calls[0]?.operation ?? '')
  const [path, setPath] = useState('')
  const added = useRef('')
  const called = new Set(step.calls.map(({ operation }) => operation))
  return (
    <EditForm
      label={said.addForm}
      file={step.file}
      submit={said.addSubmit}
      onClose={onClose}
      onSaved={() => {
        onSelect({ kind: 'need', step: localName(step.name), need: added.current })
        enterPanel()
      }}
      edits={({ text }) => {
        added.current = `need:${step.name}/${call}/${path}`
        const values = only({
          label: text('label') || undefined,
          why: text('why') || undefined,
          absent: text('absent') || undefined,
        })
        return [
          ...(called.has(call)
            ? []
            : [{ kind: 'add-call' as const, step: step.name, operation: call }]),
          { kind: 'add-need' as const, step: step.name, call, path, ...values },
        ]
      }}
    >
      {step.calls.length === 0 && <p className="edit-hint">{said.noCall}</p>}
      <OperationChoice
        label={said.call}
        step={step}
        value={call}
        withCalls
        onChange={(operation) => {
          setCall(operation)
          setPath('')
        }}
      />
      <FieldPicker
        operation={contractIdOf(call, step, index)}
        taken={step.needs.filter((need) => need.operation === call).map((need) => need.path)}
        path={path}
        onPick={setPath}
      />
      <TextField name="label" label={said.label} />
      <LongField name="why" label={said.why} rows={2} />
      <LongField name="absent" label={said.absent} hint={said.absentHint} rows={2} />
    </EditForm>
  )
}

/** How many fields are listed at once; searching finds the others. */
const mostShown = 100

/** The contract's fields to search and pick one of; what is typed and not there can be wished for. */
function FieldPicker({
  operation,
  taken,
  path,
  onPick,
}: {
  readonly operation: string
  readonly taken: readonly string[]
  readonly path: string
  readonly onPick: (path: string) => void
}) {
  const { data, error, isLoading } = useQuery({
    ...contractFieldsQuery(operation),
    enabled: operation !== '',
    retry: false,
  })
  const [search, setSearch] = useState('')
  const name = useId()
  const wish = search.trim()
  const matching = (data ?? []).filter((field) => matches(field, wish))
  const isKnown = (data ?? []).some((field) => field.path === wish)
  return (
    <>
      <TextField
        name="find"
        type="search"
        label={said.find}
        hint={said.findHint}
        at={['/path', '/needs/0']}
        mono
        onChange={(event) => {
          setSearch(event.currentTarget.value)
          onPick('')
        }}
      />
      {operation !== '' && (
        <fieldset>
          <legend className="sr">{said.fields}</legend>
          <div className="field-list" aria-busy={isLoading}>
            {error && <p className="bad">{said.failed(error.message)}</p>}
            {isLoading && <p role="status">{said.loading}</p>}
            {data && matching.length === 0 && <p>{said.none}</p>}
            {matching.slice(0, mostShown).map((field) => {
              const already = taken.includes(field.path)
              return (
                <label key={field.path} title={field.description}>
                  <input
                    type="radio"
                    name={name}
                    checked={path === field.path}
                    disabled={already}
                    onChange={() => onPick(field.path)}
                  />
                  <code>{field.path}</code>
                  <small>
                    {already
                      ? said.already
                      : field.maybe
                        ? `${field.type}, ${said.maybe}`
                        : field.type}
                  </small>
                </label>
              )
            })}
            {matching.length > mostShown && <p>{said.more(matching.length - mostShown)}</p>}
            {(data ?? error) && wish !== '' && !isKnown && !taken.includes(wish) && (
              <label>
                <input
                  type="radio"
                  name={name}
                  checked={path === wish}
                  onChange={() => onPick(wish)}
                />
                <span>{said.wish(wish)}</span>
                <small>{said.wishHint}</small>
              </label>
            )}
          </div>
        </fieldset>
      )}
    </>
  )
}

function matches({ path, description = '' }: ContractField, search: string): boolean {
  const text = `${path} ${description}`.toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
