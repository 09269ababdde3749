import type { ReferenceContent } from '@throughline/core'
import { useState } from 'react'
import { CodeText, CopyButton } from '../../ui/code-text.tsx'
import { Segments } from '../../ui/segments.tsx'
import { words } from './words.ts'

/** Examples of a body, by name; a broken one says how it breaks its own schema. */
export function BodyExamples({
  content: { type, examples },
}: {
  readonly content: ReferenceContent
}) {
  const [name, setName] = useState<string>()
  const example = examples.find((one) => one.name === name) ?? examples[0]
  if (!example) return null
  return (
    <div className="part-body">
      <div className="code-card">
        <header>
          {examples.length > 1 ? (
            <Segments
              label={words.example}
              values={examples.map((one) => [one.name, one.name])}
              value={example.name}
              onChange={setName}
            />
          ) : (
            <b>{words.example}</b>
          )}
          <span className="code-note">{example.generated ? words.generated : example.summary}</span>
          <CopyButton text={example.text} label={words.copy} />
        </header>
        {example.problems.length > 0 && (
          <div className="code-problems">
            <b>{words.invalid}</b>
            <ul>
              {example.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </div>
        )}
        <CodeText text={example.text} label={words.example} json={/json|graphql/.test(type)} />
        {example.cut && <p className="code-foot quiet">{words.cut}</p>}
      </div>
    </div>
  )
}
