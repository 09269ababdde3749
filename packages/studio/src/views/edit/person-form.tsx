import type { Edit, PersonaValues, SetupPersona } from '@throughline/core'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { AskedFirst } from './asked-first.tsx'
import { useEdit, useEditable } from './edit-context.ts'
import {
  changed,
  changedList,
  EditForm,
  LongField,
  only,
  SelectField,
  TextField,
  type Typed,
} from './form.tsx'
import { InDialog } from './in-dialog.tsx'
import { newId } from './new-id.ts'
import { RenameId } from './rename-form.tsx'
import { WhyNot } from './why-not.tsx'
import { words } from './words.ts'

const said = words.personas
const datasets = ['typical', 'minimal', 'empty', 'one', 'many', 'extreme']

/** What can be done to a person: say more, another id, a file of their own, and taking them away. */
export function EditPerson({
  person,
  people,
}: {
  readonly person: SetupPersona
  readonly people: readonly SetupPersona[]
}) {
  const { make } = useEdit()
  if (useEditable(person.file)?.editable !== true) return <WhyNot file={person.file} />
  const extract = (): void => {
    const { inside } = person
    if (inside === undefined) return
    const taken = people.filter((one) => one.inside === undefined).map(({ name }) => name)
    const id = newId(person.title, taken, 'persona')
    const { title, goal, context, devices, dataset } = person
    const values = only({
      goal,
      context,
      devices: devices.length === 0 ? undefined : devices,
      dataset,
    })
    void make(
      [
        { kind: 'create-persona', persona: id, title, ...values },
        { kind: 'change-journey', journey: inside, set: { persona: id } },
      ],
      person.file,
    )
  }
  return (
    <div className="edit-tools">
      <InDialog
        words={said.edit}
        title={said.form(person.title)}
        icon={<Pencil size={13} aria-hidden="true" />}
        className="button small"
      >
        {(close) => (
          <>
            <EditForm
              label={said.form(person.title)}
              file={person.file}
              onClose={close}
              edits={(typed) => changedPerson(person, typed)}
            >
              <PersonFields person={person} />
            </EditForm>
            {person.inside === undefined && (
              <div className="edit-tools apart">
                <RenameId
                  id={person.name}
                  file={person.file}
                  edit={(to) => ({ kind: 'rename-persona', persona: person.name, to })}
                  onSaved={close}
                />
              </div>
            )}
          </>
        )}
      </InDialog>
      {person.inside !== undefined && (
        <button type="button" className="button small" title={said.extractHint} onClick={extract}>
          {said.extract}
        </button>
      )}
      <AskedFirst
        words={said.remove}
        icon={<Trash2 size={13} aria-hidden="true" />}
        title={said.removeTitle(person.title)}
        text={said.removeText(person.journeys.length)}
        yes={said.removeYes}
        no={said.keep}
        onYes={() => void make([{ kind: 'delete-persona', persona: person.name }], person.file)}
      />
    </div>
  )
}

/** A new person, in a file of their own. */
export function CreatePerson({ people }: { readonly people: readonly SetupPersona[] }) {
  const { readOnly } = useEdit()
  if (readOnly) return null
  return (
    <InDialog
      words={said.create}
      title={said.createForm}
      icon={<Plus size={15} aria-hidden="true" />}
      className="button primary"
    >
      {(close) => (
        <EditForm
          label={said.createForm}
          file={undefined}
          submit={said.createSubmit}
          onClose={close}
          edits={(typed) => {
            const title = typed.text('title')
            const taken = people.map(({ name }) => name)
            const persona = newId(title, taken, 'persona')
            const set = valuesIn(typed)
            return [{ kind: 'create-persona', persona, ...only(set), title }]
          }}
        >
          <PersonFields person={undefined} />
        </EditForm>
      )}
    </InDialog>
  )
}

function PersonFields({ person }: { readonly person: SetupPersona | undefined }) {
  const dataset = person?.dataset ?? ''
  return (
    <>
      <TextField name="title" label={said.name} value={person?.title} />
      <LongField name="goal" label={said.goal} value={person?.goal} rows={2} />
      <LongField
        name="context"
        label={said.context}
        hint={said.contextHint}
        value={person?.context}
        rows={2}
      />
      <TextField
        name="devices"
        label={said.devices}
        hint={said.devicesHint}
        value={person?.devices.join(', ')}
        at={['/devices', '/set/devices', '/devices/0', '/set/devices/0']}
      />
      <SelectField
        name="dataset"
        label={said.dataset}
        hint={said.datasetHint}
        value={dataset}
        options={[
          ['', said.noDataset],
          ...(dataset === '' || datasets.includes(dataset) ? [] : [[dataset, dataset] as const]),
          ...datasets.map((one) => [one, one] as const),
        ]}
      />
    </>
  )
}

function valuesIn({ text }: Typed): {
  readonly [Name in keyof PersonaValues]?: PersonaValues[Name] | undefined
} {
  const devices = devicesIn(text('devices'))
  return {
    goal: text('goal') || undefined,
    context: text('context') || undefined,
    devices: devices.length === 0 ? undefined : devices,
    dataset: text('dataset') || undefined,
  }
}

function changedPerson(person: SetupPersona, { text }: Typed): readonly Edit[] {
  const devices = devicesIn(text('devices'))
  const isSame = devices.join('\n') === person.devices.join('\n')
  const set = only({
    title: changed(person.title, text('title')),
    goal: changed(person.goal, text('goal')),
    context: changed(person.context, text('context')),
    devices: isSame ? undefined : (changedList(person.devices, devices) ?? devices),
    dataset: changed(person.dataset, text('dataset')),
  })
  return Object.keys(set).length === 0
    ? []
    : [{ kind: 'change-persona', persona: person.name, set }]
}

function devicesIn(text: string): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
