import type { StepColumn } from '@throughline/core'
import { useState } from 'react'
import { imageAddress } from '../api.ts'
import { strings } from '../strings.ts'
import { designOf } from './design-of.ts'
import { Wireframe } from './wireframe.tsx'

/**
 * A screen as people see it: its picture where the workspace has one, else a sketch with a hole for each missing need.
 * Under a condition it is the picture that was designed for it, else the sketch of what is left then.
 */
export function ScreenPicture({
  step,
  condition,
  design,
}: {
  readonly step: Pick<StepColumn, 'title' | 'image' | 'wireframe'> & {
    readonly needs?: StepColumn['needs']
  }
  readonly condition?: string | undefined
  /** Where the design of the condition is found: only a picture of the workspace is shown. */
  readonly design?: string | undefined
}) {
  const address = condition === undefined ? screenAddress(step.image) : pictureAddress(design)
  const [broken, setBroken] = useState<string | undefined>()
  const holes = (step.needs ?? [])
    .filter(({ status }) => status === 'missing')
    .map(({ label }) => label)
  return address !== undefined && broken !== address ? (
    <img
      src={address}
      alt={strings.journey.screenAlt(step.title, condition)}
      onError={() => setBroken(address)}
    />
  ) : (
    <Wireframe kind={step.wireframe} holes={holes} condition={condition} />
  )
}

function screenAddress(image: string | undefined): string | undefined {
  return image === undefined ? undefined : imageAddress(image)
}

function pictureAddress(written: string | undefined): string | undefined {
  const design = written === undefined ? undefined : designOf(written)
  return design?.kind === 'picture' ? design.href : undefined
}
