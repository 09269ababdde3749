import { lazyRouteComponent } from '@tanstack/react-router'
import type { JourneyHead } from '@throughline/core'
import { Pencil } from 'lucide-react'
import { useEffect } from 'react'
import { whenIdle } from '../../ui/when-idle.ts'
import { useEditable } from './edit-context.ts'
import { InDialog } from './in-dialog.tsx'
import { words } from './words.ts'

const said = words.journey

const EditJourneyForm = lazyRouteComponent(
  () => import('./edit-journey-form.tsx'),
  'EditJourneyForm',
)

/** Title, owner, goal, pains and persona of a journey, its id, and taking it away, in a dialog. */
export function EditJourney({
  journey,
  steps,
}: {
  readonly journey: JourneyHead
  /** How many steps it has. */
  readonly steps: number
}) {
  useEffect(() => whenIdle(() => void EditJourneyForm.preload?.()), [])
  if (useEditable(journey.file)?.editable !== true) return null
  return (
    <InDialog
      words={said.edit}
      title={said.form(journey.title)}
      icon={<Pencil size={14} aria-hidden="true" />}
    >
      {(close) => <EditJourneyForm journey={journey} steps={steps} onClose={close} />}
    </InDialog>
  )
}
