import type { ReactNode } from 'react'
import { strings } from '../strings.ts'
import { designOf } from './design-of.ts'

/** A row of `Facts` that leads to the design of a screen or state, in a tab of its own; none where no browser can be sent to it. */
export function designRow(written: string | undefined): readonly [string, ReactNode] | undefined {
  const design = written === undefined ? undefined : designOf(written)
  return (
    design && [
      strings.inspector.design,
      <a key="design" className="inline-link" href={design.href} target="_blank" rel="noreferrer">
        {design.name}
      </a>,
    ]
  )
}
