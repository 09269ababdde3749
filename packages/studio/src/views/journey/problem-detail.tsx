import type { FramedDiagnostic } from '@throughline/core'
import { Copyable } from '../../ui/copyable.tsx'
import { Note } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { SourceFrame } from '../../ui/source-frame.tsx'
import { strings } from '../../strings.ts'

const words = strings.inspector

/** What a problem says, its source, how it can be mended, and where to read about it. */
export function ProblemDetail({ problem }: { readonly problem: FramedDiagnostic }) {
  return (
    <div className="problem-detail">
      <p>
        <Prose text={problem.message} />
      </p>
      <SourceFrame of={problem} />
      {problem.fixes?.map((fix) => (
        <Note key={fix.title} title={words.mend} tone="accent">
          <Prose text={fix.title} />
        </Note>
      ))}
      {problem.related && problem.related.length > 0 && (
        <>
          <h4 className="caps">{words.related}</h4>
          <ul className="related">
            {problem.related.map((other) => (
              <li key={`${other.file}:${other.range.start.line}:${other.message}`}>
                <Prose text={other.message} />
                <code>
                  {other.file}:{other.range.start.line}
                </code>
              </li>
            ))}
          </ul>
        </>
      )}
      <h4 className="caps">{words.explain}</h4>
      <Copyable text={`throughline explain ${problem.code}`} />
    </div>
  )
}
