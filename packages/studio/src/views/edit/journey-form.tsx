import { useNavigate } from '@tanstack/react-router'
import type { Edit, JourneyHead, WorkspaceOverview } from '@throughline/core'
import { Pencil, Plus } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { Modal } from '../../ui/modal.tsx'
import { useEdit, useEditable } from './edit-context.ts'
import { changed, EditForm, LongField, only, SelectField, TextField, type Typed } from './form.tsx'
import { newId } from './new-id.ts'
import { words } from './words.ts'

const said = words.journey
const somebodyNew = '+'

/** A button that opens a form about a whole journey in a dialog. */
function InDialog({
  words: label,
  title,
  icon,
  primary = false,
  children,
}: {
  readonly words: string
  readonly title: string
  readonly icon: ReactNode
  readonly primary?: boolean
  readonly children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className={primary ? 'button primary' : 'button'}
        onClick={() => setOpen(true)}
      >
        {icon}
        {label}
      </button>
      {open && (
        <Modal label={title} className="edit-dialog" onClose={() => setOpen(false)}>
          <h2>{title}</h2>
          {children(() => setOpen(false))}
        </Modal>
      )}
    </>
  )
}

/** Title, goal, pains and persona of a journey. */
export function EditJourney({ journey }: { readonly journey: JourneyHead }) {
  if (useEditable(journey.file)?.editable !== true) return null
  const pains = journey.pains.join('\n')
  return (
    <InDialog
      words={said.edit}
      title={said.form(journey.title)}
      icon={<Pencil size={14} aria-hidden="true" />}
    >
      {(close) => (
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
      primary
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
          edits={({ text }, persona) => {
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
  const { files } = useEdit()
  const now = journey?.persona
  const known = files.flatMap(({ kind, name }) =>
    kind === 'persona' && name !== undefined ? [name] : [],
  )
  // A persona that is described inside its journey has no file, and can only stay.
  const names = now && !known.includes(now.name) ? [now.name, ...known] : known
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
          ...names.map((name) => [name, name === now?.name ? now.title : inWords(name)] as const),
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
      {children}
    </EditForm>
  )
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** `returning-customer` -> `Returning customer`. */
function inWords(id: string): string {
  const text = id.replaceAll(/[-_]+/g, ' ')
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
