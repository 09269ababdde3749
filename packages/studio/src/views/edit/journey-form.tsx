import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Edit, JourneyHead, WorkspaceOverview } from '@throughline/core'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { AskedFirst } from './asked-first.tsx'
import { setupQuery } from './edit-api.ts'
import { useEdit, useEditable } from './edit-context.ts'
import {
  changed,
  EditForm,
  linesOf,
  LongField,
  only,
  SelectField,
  TextField,
  type Typed,
} from './form.tsx'
import { InDialog } from './in-dialog.tsx'
import { newId } from './new-id.ts'
import { RenameId } from './rename-form.tsx'
import { words } from './words.ts'

const said = words.journey
const somebodyNew = '+'
const anotherTeam = '+'

/** Title, owner, goal, pains and persona of a journey, its id, and taking it away. */
export function EditJourney({
  journey,
  steps,
}: {
  readonly journey: JourneyHead
  /** How many steps it has. */
  readonly steps: number
}) {
  const { make } = useEdit()
  const navigate = useNavigate()
  if (useEditable(journey.file)?.editable !== true) return null
  const pains = journey.pains.join('\n')
  const remove = async (): Promise<void> => {
    const outcome = await make([{ kind: 'delete-journey', journey: journey.name }], journey.file)
    if (outcome.kind === 'done') void navigate({ to: '/journeys' })
  }
  return (
    <InDialog
      words={said.edit}
      title={said.form(journey.title)}
      icon={<Pencil size={14} aria-hidden="true" />}
    >
      {(close) => (
        <>
          <JourneyForm
            label={said.form(journey.title)}
            file={journey.file}
            journey={journey}
            submit={words.save}
            onClose={close}
            edits={(typed, persona) => {
              const chosen = changed(journey.persona?.name, persona.id)
              const hurts = changed(pains, typed.text('pains'))
              const set = only({
                title: changed(journey.title, typed.text('title')),
                owner: changed(journey.owner, ownerIn(typed)),
                goal: changed(journey.goal, typed.text('goal')),
                pains: typeof hurts === 'string' ? linesOf(hurts) : hurts,
                persona: chosen,
              })
              return Object.keys(set).length === 0
                ? []
                : [...persona.edits, { kind: 'change-journey', journey: journey.name, set }]
            }}
          >
            <LongField
              name="pains"
              label={said.pains}
              hint={said.painsHint}
              value={pains}
              at={journey.pains.map((_, at) => `/set/pains/${at}`)}
            />
          </JourneyForm>
          <div className="edit-tools apart">
            <RenameId
              id={journey.name}
              file={journey.file}
              edit={(to) => ({ kind: 'rename-journey', journey: journey.name, to })}
              onSaved={(to) => void navigate({ to: '/journeys/$name', params: { name: to } })}
            />
            <AskedFirst
              words={said.remove}
              icon={<Trash2 size={13} aria-hidden="true" />}
              title={said.removeTitle(journey.title)}
              text={said.removeText(steps)}
              yes={said.removeYes}
              no={said.removeNo}
              onYes={() => void remove()}
            />
          </div>
        </>
      )}
    </InDialog>
  )
}

/** A new journey, and the person it is about where nobody of them is known yet. */
export function CreateJourney({ journeys }: { readonly journeys: WorkspaceOverview['journeys'] }) {
  const { readOnly } = useEdit()
  const navigate = useNavigate()
  const created = useRef('')
  if (readOnly) return null
  return (
    <InDialog
      words={said.create}
      title={said.createForm}
      icon={<Plus size={15} aria-hidden="true" />}
      className="button primary"
    >
      {(close) => (
        <JourneyForm
          label={said.createForm}
          file={undefined}
          journey={undefined}
          submit={said.createSubmit}
          onClose={close}
          onSaved={() =>
            void navigate({ to: '/journeys/$name', params: { name: created.current } })
          }
          edits={(typed, persona) => {
            const { text } = typed
            const title = text('title')
            const journey = newId(
              title,
              journeys.map(({ name }) => name),
              'journey',
            )
            created.current = journey
            const first = text('first')
            return [
              ...persona.edits,
              {
                kind: 'create-journey',
                journey,
                title,
                ...only({
                  goal: text('goal') || undefined,
                  owner: ownerIn(typed) || undefined,
                  persona: persona.id || undefined,
                  steps:
                    first === '' ? undefined : [{ step: newId(first, [], 'step'), title: first }],
                }),
              },
            ]
          }}
        >
          <TextField name="first" label={said.firstStep} hint={said.firstStepHint} />
        </JourneyForm>
      )}
    </InDialog>
  )
}

interface ChosenPersona {
  /** Empty for nobody. */
  readonly id: string
  /** Creates them, where they are new. */
  readonly edits: readonly Edit[]
}

function JourneyForm({
  label,
  file,
  journey,
  submit,
  edits,
  onSaved,
  onClose,
  children,
}: {
  readonly label: string
  readonly file: string | undefined
  readonly journey: JourneyHead | undefined
  readonly submit: string
  readonly edits: (typed: Typed, persona: ChosenPersona) => readonly Edit[]
  readonly onSaved?: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const { data: setup } = useQuery(setupQuery)
  const now = journey?.persona
  // A persona that is described inside another journey has no id to choose.
  const personas = (setup?.personas ?? []).filter(
    ({ name, inside }) => inside === undefined || name === now?.name,
  )
  const names = personas.map(({ name }) => name)
  const teams = setup?.teams.map(({ name }) => name) ?? []
  const owner = journey?.owner ?? ''
  const [team, setTeam] = useState(owner)
  const [chosen, setChosen] = useState(now?.name ?? '')
  return (
    <EditForm
      label={label}
      file={file}
      submit={submit}
      onClose={onClose}
      {...(onSaved && { onSaved })}
      edits={(typed) => {
        if (chosen !== somebodyNew) return edits(typed, { id: chosen, edits: [] })
        const title = typed.text('persona-title')
        const id = newId(title, names, 'persona')
        const context = typed.text('persona-context')
        return edits(typed, {
          id,
          edits: [
            { kind: 'create-persona', persona: id, title, ...(context !== '' && { context }) },
          ],
        })
      }}
    >
      <TextField
        name="title"
        label={said.title}
        value={journey?.title}
        at={['/set/title', ...(chosen === somebodyNew ? [] : ['/title'])]}
      />
      <LongField name="goal" label={said.goal} value={journey?.goal} rows={2} />
      <SelectField
        name="persona"
        label={said.persona}
        value={chosen}
        onChange={setChosen}
        options={[
          ...(now ? [] : [['', said.nobody] as const]),
          ...(now && !names.includes(now.name) ? [[now.name, now.title] as const] : []),
          ...personas.map(({ name, title }) => [name, title] as const),
          ...(now ? [['', said.nobody] as const] : []),
          [somebodyNew, said.newPersona],
        ]}
      />
      {chosen === somebodyNew && (
        <>
          <TextField name="persona-title" label={said.personaTitle} at={['/title']} />
          <LongField
            name="persona-context"
            label={said.personaContext}
            hint={said.personaContextHint}
            rows={2}
            at={['/context']}
          />
        </>
      )}
      <SelectField
        name="team"
        label={said.owner}
        value={team}
        onChange={setTeam}
        options={[
          ['', said.noOwner],
          ...(owner === '' || teams.includes(owner) ? [] : [[owner, owner] as const]),
          ...teams.map((name) => [name, name] as const),
          [anotherTeam, said.ownerTyped],
        ]}
      />
      {team === anotherTeam && <TextField name="owner" label={said.ownerName} />}
      {children}
    </EditForm>
  )
}

function ownerIn({ text }: Typed): string {
  return text('team') === anotherTeam ? text('owner') : text('team')
}
