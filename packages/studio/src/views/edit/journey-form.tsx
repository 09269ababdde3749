import { useQuery } from '@tanstack/react-query'
import type { Edit, JourneyHead } from '@throughline/core'
import { useState, type ReactNode } from 'react'
import { setupQuery } from './edit-api.ts'
import { EditForm, LongField, SelectField, TextField, type Typed } from './form.tsx'
import { newId } from './new-id.ts'
import { words } from './words.ts'

const said = words.journey
const somebodyNew = '+'
const anotherTeam = '+'

interface ChosenPersona {
  /** Empty for nobody. */
  readonly id: string
  /** Creates them, where they are new. */
  readonly edits: readonly Edit[]
}

/** What can be said of a journey, whether it is there or new: title, goal, whom it is about and whose it is. */
export function JourneyForm({
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

/** The team that was chosen or typed; empty for none. */
export function ownerIn({ text }: Typed): string {
  return text('team') === anotherTeam ? text('owner') : text('team')
}
