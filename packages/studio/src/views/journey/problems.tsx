import type { Blueprint, FramedDiagnostic, StepColumn } from '@throughline/core'
import { localName, type Selection } from '../../address.ts'
import { SeverityGlyph } from '../../ui/glyph.tsx'
import { Prose } from '../../ui/prose.tsx'
import { strings } from '../../strings.ts'
import { Item } from './cell.tsx'
import { problemId, type Selected } from './in-journey.ts'

const shown = 3
const shownBelow = 6

/** What is wrong with a step, worst first, each with its file and line. */
export function ProblemsCell({
  step,
  blueprint,
  selected,
  onSelect,
}: {
  readonly step: StepColumn
  readonly blueprint: Blueprint
  readonly selected: Selected | undefined
  readonly onSelect: (selection: Selection) => void
}) {
  const problems = worstFirst(
    step.diagnostics.flatMap((index) => blueprint.diagnostics[index] ?? []),
  )
  const column = localName(step.name)
  if (problems.length === 0) return <p className="nothing">{strings.journey.nothing.problems}</p>
  return (
    <ul className="problems">
      {problems.slice(0, problems.length === shown + 1 ? shown + 1 : shown).map((problem) => (
        <li key={`${problemId(problem)} ${problem.message}`}>
          <Item
            lane="problems"
            column={column}
            className="problem"
            current={selected?.kind === 'problem' && selected.problem === problem}
            onOpen={() => onSelect({ kind: 'problem', step: column, problem: problemId(problem) })}
          >
            <ProblemWords problem={problem} />
          </Item>
        </li>
      ))}
      {problems.length > shown + 1 && (
        <li>
          <Item
            lane="problems"
            column={column}
            className="problem more"
            current={false}
            onOpen={() => onSelect({ kind: 'step', step: column })}
          >
            {strings.journey.more(problems.length - shown)}
          </Item>
        </li>
      )}
    </ul>
  )
}

/** Problems that no step owns: they stand below the blueprint. */
export function WholeJourney({
  blueprint,
  selected,
  onSelect,
}: {
  readonly blueprint: Blueprint
  readonly selected: Selected | undefined
  readonly onSelect: (selection: Selection) => void
}) {
  const ofSteps = new Set(blueprint.steps.flatMap((step) => step.diagnostics))
  const rest = worstFirst(blueprint.diagnostics.filter((_, index) => !ofSteps.has(index)))
  if (rest.length === 0) return null
  const list = (problems: readonly FramedDiagnostic[]) => (
    <ul className="problems">
      {problems.map((problem) => (
        <li key={`${problemId(problem)} ${problem.message}`}>
          <button
            type="button"
            className="problem"
            aria-current={
              (selected?.kind === 'problem' && selected.problem === problem) || undefined
            }
            onClick={() => onSelect({ kind: 'problem', problem: problemId(problem) })}
          >
            <ProblemWords problem={problem} />
          </button>
        </li>
      ))}
    </ul>
  )
  return (
    <section className="whole-journey" aria-label={strings.journey.whole}>
      <h2 className="caps">{strings.journey.whole}</h2>
      {list(rest.slice(0, shownBelow))}
      {rest.length > shownBelow && (
        <details>
          <summary>{strings.journey.more(rest.length - shownBelow)}</summary>
          {list(rest.slice(shownBelow))}
        </details>
      )}
    </section>
  )
}

export function ProblemWords({ problem }: { readonly problem: FramedDiagnostic }) {
  return (
    <>
      <SeverityGlyph severity={problem.severity} />
      <span className="problem-words">
        <span className="problem-message">
          <Prose text={problem.message} />
        </span>
        <span className="problem-place">
          <bdi dir="ltr">
            {problem.file.slice(problem.file.lastIndexOf('/') + 1)}:{problem.range.start.line}
          </bdi>
        </span>
      </span>
    </>
  )
}

export function worstFirst(problems: readonly FramedDiagnostic[]): readonly FramedDiagnostic[] {
  const order = ['error', 'warning', 'info']
  return problems.toSorted(
    (one, other) => order.indexOf(one.severity) - order.indexOf(other.severity),
  )
}
