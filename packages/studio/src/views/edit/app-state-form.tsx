import type { Edit, SetupState } from '@throughline/core'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useEdit, useEditable } from './edit-context.ts'
import { changed, EditForm, LongField, only, SelectField, TextField, type Typed } from './form.tsx'
import { InDialog } from './in-dialog.tsx'
import { words } from './words.ts'

const said = words.appStates
const fields = words.state

interface StateProps {
  readonly state: SetupState
  readonly states: readonly SetupState[]
  readonly file: string
}

/** Decides or changes what the whole app shows under a condition. */
export function EditAppState({ state, states, file }: StateProps) {
  const { make } = useEdit()
  if (useEditable(file)?.editable !== true) return null
  const { condition, label, written } = state
  const title = written ? said.edit(label) : said.decide(label)
  return (
    <div className="edit-tools">
      <InDialog
        words={written ? fields.edit : fields.decide}
        title={title}
        icon={<Pencil size={13} aria-hidden="true" />}
        className="button small"
      >
        {(close) => (
          <EditForm
            label={title}
            file={file}
            submit={written ? words.save : fields.decide}
            onClose={close}
            edits={(typed) => editsOf(state, condition, typed)}
          >
            <StateFields state={state} states={states} />
          </EditForm>
        )}
      </InDialog>
      {written && (
        <button
          type="button"
          className="button small"
          onClick={() => void make([{ kind: 'remove-state', condition }], file)}
        >
          <Trash2 size={13} aria-hidden="true" />
          {said.remove}
        </button>
      )}
    </div>
  )
}

/** A pattern for a condition that is not in the list: a status, a class, a problem type. */
export function AddAppState({ file, states }: Omit<StateProps, 'state'>) {
  if (useEditable(file)?.editable !== true) return null
  return (
    <InDialog
      words={fields.add}
      title={fields.addForm}
      icon={<Plus size={15} aria-hidden="true" />}
      className="button primary"
    >
      {(close) => (
        <EditForm
          label={fields.addForm}
          file={file}
          submit={fields.decide}
          onClose={close}
          edits={(typed) =>
            editsOf(
              states.find(({ condition }) => condition === typed.text('condition')),
              typed.text('condition'),
              typed,
            )
          }
        >
          <TextField
            name="condition"
            label={fields.condition}
            hint={fields.addHint}
            at={['/condition']}
            mono
          />
          <StateFields state={undefined} states={states} />
        </EditForm>
      )}
    </InDialog>
  )
}

function StateFields({
  state,
  states,
}: {
  readonly state: SetupState | undefined
  readonly states: readonly SetupState[]
}) {
  const written = state?.written
  const [same, setSame] = useState(written?.same ?? '')
  const others = states.filter((one) => one.written !== undefined && one !== state)
  return (
    <>
      {others.length > 0 && (
        <SelectField
          name="same"
          label={fields.same}
          value={same}
          onChange={setSame}
          options={[
            ['', fields.own],
            ...others.map((one) => [one.condition, fields.sameAs(one.label)] as const),
          ]}
        />
      )}
      {same === '' && (
        <>
          <LongField
            name="show"
            label={fields.show}
            hint={fields.showHint}
            value={written?.show}
            at={['/set/show', '/set']}
          />
          <TextField
            name="recover"
            label={fields.recover}
            hint={fields.recoverHint}
            value={written?.recover}
          />
          <TextField
            name="test"
            label={fields.test}
            hint={fields.testHint}
            value={written?.test}
            mono
          />
        </>
      )}
    </>
  )
}

function editsOf(
  state: SetupState | undefined,
  condition: string,
  { text }: Typed,
): readonly Edit[] {
  const written = state?.written
  const same = text('same')
  const set =
    same === ''
      ? only({
          show: changed(written?.show, text('show')),
          recover: changed(written?.recover, text('recover')),
          test: changed(written?.test, text('test')),
          same: written?.same === undefined ? undefined : null,
        })
      : only({
          same: same === written?.same ? undefined : same,
          show: written?.show === undefined ? undefined : null,
          recover: written?.recover === undefined ? undefined : null,
          test: written?.test === undefined ? undefined : null,
        })
  if (Object.keys(set).length === 0 && written) return []
  return [{ kind: 'set-state', condition, set }]
}
