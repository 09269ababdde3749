import { useNavigate } from '@tanstack/react-router'
import type { WorkspaceOverview } from '@throughline/core'
import { Plus } from 'lucide-react'
import { useRef } from 'react'
import { useEdit } from './edit-context.ts'
import { only, TextField } from './form.tsx'
import { InDialog } from './in-dialog.tsx'
import { JourneyForm, ownerIn } from './journey-form.tsx'
import { newId } from './new-id.ts'
import { words } from './words.ts'

const said = words.journey

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
