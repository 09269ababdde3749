import type { StepColumn } from '@throughline/core'
import { localName } from '../../address.ts'
import { strings } from '../../strings.ts'
import { problemId } from './in-journey.ts'
import type { InspectorPart } from './inspector-part.ts'
import { ProblemDetail } from './problem-detail.tsx'
import { ProblemWords, worstFirst } from './problems.tsx'

/** Problems with their source; a step's are brief, each a way to its own panel. */
export function PartProblems({
  blueprint,
  indexes,
  onSelect,
  brief,
}: InspectorPart & { readonly indexes: readonly number[]; readonly brief?: StepColumn }) {
  const problems = worstFirst(indexes.flatMap((index) => blueprint.diagnostics[index] ?? []))
  if (problems.length === 0) return null
  return (
    <section>
      <h3 className="caps">{strings.inspector.problems}</h3>
      {brief ? (
        <ul className="problems">
          {problems.map((problem) => (
            <li key={`${problemId(problem)} ${problem.message}`}>
              <button
                type="button"
                className="problem"
                onClick={() =>
                  onSelect({
                    kind: 'problem',
                    step: localName(brief.name),
                    problem: problemId(problem),
                  })
                }
              >
                <ProblemWords problem={problem} />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        problems.map((problem) => (
          <ProblemDetail key={`${problemId(problem)} ${problem.message}`} problem={problem} />
        ))
      )}
    </section>
  )
}
