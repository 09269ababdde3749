import { useQuery } from '@tanstack/react-query'
import type { Edit, StepColumn } from '@throughline/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { journeyQuery, workspaceQuery } from '../../api.ts'
import { Disclosed } from './disclosed.tsx'
import { useEdit, type Editing } from './edit-context.ts'
import { EditForm, LongField, only, TextField, type Typed } from './form.tsx'
import { words } from './words.ts'

const said = words.field

/** A field of an operation's answer, as the contract says it. */
export interface NeededField {
  /** `store.getBasket` */
  readonly operation: string
  /** `/basket`; of GraphQL the field's name. */
  readonly operationPath: string
  readonly method: string
  /** `items[].name` */
  readonly path: string
}

/** Says that a screen needs a field: of one step where that is known, or of a step to choose. */
export function FieldNeeded({
  field,
  step,
  taken,
}: {
  readonly field: NeededField
  /** `checkout/basket` and its title. */
  readonly step?: { readonly name: string; readonly title: string } | undefined
  /** The steps that need it already. */
  readonly taken: readonly string[]
}) {
  const { readOnly } = useEdit()
  if (readOnly || (step !== undefined && taken.includes(step.name))) return null
  return (
    <div key={`${field.operation} ${field.path} ${step?.name}`} className="edit-tools">
      <Disclosed
        words={step === undefined ? said.add : said.addTo(step.title)}
        icon={<Plus size={13} aria-hidden="true" />}
      >
        {(close) => <FieldForm field={field} chosen={step?.name} taken={taken} onClose={close} />}
      </Disclosed>
    </div>
  )
}

function FieldForm({
  field,
  chosen,
  taken,
  onClose,
}: {
  readonly field: NeededField
  readonly chosen: string | undefined
  readonly taken: readonly string[]
  readonly onClose: () => void
}) {
  const { files } = useEdit()
  const { data: overview } = useQuery(workspaceQuery)
  const [step, setStep] = useState(chosen ?? '')
  const journey = step.slice(0, step.indexOf('/'))
  const { data: blueprint } = useQuery({ ...journeyQuery(journey), enabled: journey !== '' })
  const column = blueprint?.steps.find(({ name }) => name === step)
  const file = fileOf(files, journey)
  const call = column && callOf(column, field)
  return (
    <EditForm
      label={said.form(field.path)}
      file={file}
      submit={said.submit}
      onClose={onClose}
      edits={(typed) => (column === undefined ? [] : editsOf(column, field, call, typed))}
    >
      {chosen === undefined && (
        <div className="edit-field">
          <label htmlFor="field-step">{said.step}</label>
          <select
            id="field-step"
            className="input"
            required
            value={step}
            onChange={(event) => setStep(event.currentTarget.value)}
          >
            {step === '' && <option value="">{said.choose}</option>}
            {overview?.journeys.map(({ name, title, steps }) => (
              <optgroup key={name} label={title}>
                {steps.map((one) => (
                  <option key={one.name} value={one.name} disabled={taken.includes(one.name)}>
                    {taken.includes(one.name) ? `${one.title} (${said.needs})` : one.title}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </div>
      )}
      {column && call === undefined && <p className="edit-hint">{said.calls(field.operation)}</p>}
      <TextField name="label" label={words.need.label} />
      <LongField name="why" label={words.need.why} rows={2} />
      <LongField name="absent" label={words.need.absent} hint={words.need.absentHint} rows={2} />
    </EditForm>
  )
}

function editsOf(
  step: StepColumn,
  { operation, path }: NeededField,
  call: string | undefined,
  { text }: Typed,
): readonly Edit[] {
  const values = only({
    label: text('label') || undefined,
    why: text('why') || undefined,
    absent: text('absent') || undefined,
  })
  return [
    ...(call === undefined ? [{ kind: 'add-call' as const, step: step.name, operation }] : []),
    { kind: 'add-need', step: step.name, call: call ?? operation, path, ...values },
  ]
}

/** The call of a step that asks for a field; a GraphQL call may be named after its document. */
function callOf(
  { calls }: StepColumn,
  { operation, operationPath, method }: NeededField,
): string | undefined {
  const found =
    calls.find((call) => call.operation === operation) ??
    calls.find(
      (call) =>
        call.path === operationPath &&
        call.method === method &&
        call.operation.split('.')[0] === operation.split('.')[0],
    )
  return found?.operation
}

function fileOf(files: Editing['files'], journey: string): string | undefined {
  return files.find(({ kind, name }) => kind === 'journey' && name === journey)?.path
}
