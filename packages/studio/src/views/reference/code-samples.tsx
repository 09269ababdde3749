import type { CodeSample, ReferenceOperation } from '@throughline/core'
import { useState } from 'react'
import { CodeText, CopyButton } from '../../ui/code-text.tsx'
import { Segments } from '../../ui/segments.tsx'
import { words } from './words.ts'

/** The same request as code, ready to be copied. */
export function CodeSamples({
  operation: { samples },
}: {
  readonly operation: ReferenceOperation
}) {
  const [kind, setKind] = useState<CodeSample['kind']>()
  const sample = samples.find((one) => one.kind === kind) ?? samples[0]
  if (!sample) return null
  return (
    <section className="code-card code-sample" aria-label={words.code}>
      <header>
        <Segments
          label={words.code}
          values={samples.map((one) => [one.kind, one.label])}
          value={sample.kind}
          onChange={setKind}
        />
        <CopyButton text={sample.text} label={words.copy} />
      </header>
      <CodeText text={sample.text} label={sample.label} />
    </section>
  )
}
