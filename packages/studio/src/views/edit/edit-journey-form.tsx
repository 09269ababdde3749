import { useNavigate } from '@tanstack/react-router'
import type { JourneyHead } from '@throughline/core'
import { Trash2 } from 'lucide-react'
import { AskedFirst } from './asked-first.tsx'
import { useEdit } from './edit-context.ts'
import { changed, linesOf, LongField, only } from './form.tsx'
import { JourneyForm, ownerIn } from './journey-form.tsx'
import { RenameId } from './rename-form.tsx'
import { words } from './words.ts'

const said = words.journey

/** What a journey says of itself, to be said otherwise; its id, and taking it away. */
export function EditJourneyForm({
  journey,
  steps,
  onClose,
}: {
  readonly journey: JourneyHead
  /** How many steps it has. */
  readonly steps: number
  readonly onClose: () => void
}) {
  const { make } = useEdit()
  const navigate = useNavigate()
  const pains = journey.pains.join('\n')
  const remove = async (): Promise<void> => {
    const outcome = await make([{ kind: 'delete-journey', journey: journey.name }], journey.file)
    if (outcome.kind === 'done') void navigate({ to: '/journeys' })
  }
  return (
    <>
      <JourneyForm
        label={said.form(journey.title)}
        file={journey.file}
        journey={journey}
        submit={words.save}
        onClose={onClose}
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
  )
}
