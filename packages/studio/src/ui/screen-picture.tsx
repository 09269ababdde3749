import type { StepColumn } from '@throughline/core'
import { useState } from 'react'
import { imageAddress } from '../api.ts'
import { strings } from '../strings.ts'
import { Wireframe } from './wireframe.tsx'

/**
 * A screen as people see it: its picture where the workspace has one, else a sketch with a hole for each missing need.
 * Under a condition it is always the sketch, of what is left then.
 */
export function ScreenPicture({
  step,
  condition,
}: {
  readonly step: Pick<StepColumn, 'title' | 'image' | 'wireframe'> & {
    readonly needs?: StepColumn['needs']
  }
  readonly condition?: string | undefined
}) {
  const address = step.image === undefined ? undefined : imageAddress(step.image)
  const [broken, setBroken] = useState<string | undefined>()
  const holes = (step.needs ?? [])
    .filter(({ status }) => status === 'missing')
    .map(({ label }) => label)
  return address !== undefined && broken !== address && condition === undefined ? (
    <img
      src={address}
      alt={strings.journey.screenAlt(step.title)}
      onError={() => setBroken(address)}
    />
  ) : (
    <Wireframe kind={step.wireframe} holes={holes} condition={condition} />
  )
}
