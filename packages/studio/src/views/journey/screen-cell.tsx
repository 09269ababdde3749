import type { Situation, StepColumn } from '@throughline/core'
import { PenTool } from 'lucide-react'
import { useState } from 'react'
import { imageAddress } from '../../api.ts'
import { Wireframe } from '../../ui/wireframe.tsx'
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
      <ScreenPicture step={step} condition={shown?.condition} />
      <p className="screen-name">
        <span>{step.screen ?? step.title}</span>
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

function ScreenPicture({
  step,
  condition,
}: {
  readonly step: StepColumn
  readonly condition: string | undefined
}) {
  const address = step.image === undefined ? undefined : imageAddress(step.image)
  const [broken, setBroken] = useState<string | undefined>()
  const holes = step.needs.filter(({ status }) => status === 'missing').length
  return (
    <div className="picture">
      {address !== undefined && broken !== address && condition === undefined ? (
        <img
          src={address}
          alt={strings.journey.screenAlt(step.title)}
          onError={() => setBroken(address)}
        />
      ) : (
        <Wireframe kind={step.wireframe} holes={holes} condition={condition} />
      )}
    </div>
  )
}
