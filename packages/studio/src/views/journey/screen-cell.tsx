import type { Situation, StepColumn } from '@throughline/core'
import { Image as ImageIcon, PenTool } from 'lucide-react'
import { ScreenPicture } from '../../ui/screen-picture.tsx'
import { strings } from '../../strings.ts'
import type { Selected } from './in-journey.ts'

/** What people look at: the linked picture, or a wireframe drawn from the screen's kind, in the state that plays now. */
export function ScreenCell({
  step,
  selected,
  situation,
}: {
  readonly step: StepColumn
  readonly selected: Selected | undefined
  readonly situation: Situation | null
}) {
  const played = situation && step.states.find(({ scenario }) => scenario === situation.scenario)
  const shown = selected?.kind === 'state' && selected.step === step ? selected.state : played
  return (
    <div className="screen">
      <div className="picture">
        <ScreenPicture step={step} condition={shown?.condition} design={shown?.design} />
      </div>
      <p className="screen-name">
        <span>{step.screen ?? step.title}</span>
        {step.image !== undefined && /^https?:/.test(step.image) && (
          <a
            className="icon-button"
            href={step.image}
            target="_blank"
            rel="noreferrer"
            aria-label={`${strings.journey.imageLink}: ${step.title}`}
            title={strings.journey.imageLink}
          >
            <ImageIcon size={14} />
          </a>
        )}
        {step.design !== undefined && /^https?:/.test(step.design) && (
          <a
            className="icon-button"
            href={step.design}
            target="_blank"
            rel="noreferrer"
            aria-label={`${strings.journey.designLink}: ${step.title}`}
            title={strings.journey.designLink}
          >
            <PenTool size={14} />
          </a>
        )}
      </p>
    </div>
  )
}
