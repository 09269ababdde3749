import type { StepColumn } from '@throughline/core'
import { localName } from '../../address.ts'
import { BudgetBar, BudgetWords } from '../../ui/bars.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { designRow } from '../../ui/design-row.tsx'
import { Facts, PanelTitle } from '../../ui/panel.tsx'
import { strings } from '../../strings.ts'
import { AddNeed } from '../edit/need-form.tsx'
import { StepOutline } from '../edit/outline.tsx'
import { PictureSection } from '../edit/picture-section.tsx'
import { AddState } from '../edit/state-form.tsx'
import { EditStep } from '../edit/step-form.tsx'
import { TestFound } from '../tests/test-marks.tsx'
import type { InspectorPart } from './inspector-part.ts'
import { PartProblems } from './part-problems.tsx'

const words = strings.inspector

/** A step: its screen, what comes next, what makes it up, and the time it may take. */
export function StepPart({
  blueprint,
  step,
  onSelect,
}: InspectorPart & { readonly step: StepColumn }) {
  const following = step.next.flatMap(
    (name) => blueprint.steps.find((other) => other.name === name) ?? [],
  )
  return (
    <>
      <PanelTitle>{step.title}</PanelTitle>
      {step.feeling?.quote !== undefined && (
        <blockquote className="said">
          <q>{step.feeling.quote}</q>
          {step.feeling.from !== undefined && <cite>{step.feeling.from}</cite>}
        </blockquote>
      )}
      <Facts
        rows={[
          step.screen === undefined
            ? undefined
            : [words.screen, <code key="screen">{step.screen}</code>],
          designRow(step.design),
          [
            words.next,
            following.length === 0
              ? words.ends
              : following.map((other) => (
                  <button
                    key={other.name}
                    type="button"
                    className="inline-link"
                    onClick={() => onSelect({ kind: 'step', step: localName(other.name) })}
                  >
                    {other.title}
                  </button>
                )),
          ],
        ]}
      />
      <TestFound step={step.name} />
      <EditStep blueprint={blueprint} step={step} onSelect={onSelect} />
      <div key={step.name} className="edit-tools">
        <AddNeed step={step} onSelect={onSelect} />
        <AddState step={step} onSelect={onSelect} />
      </div>
      <PictureSection step={step} onSelect={onSelect} />
      <StepOutline step={step} onSelect={onSelect} />
      <section className="inspector-budget">
        <h3 className="caps">{words.budget}</h3>
        <BudgetWords budget={step.budget} />
        <BudgetBar
          budget={step.budget}
          longest={Math.max(step.budget.promised ?? 0, step.budget.calls ?? 0) * 1.02}
        />
        {step.budget.path.length > 0 && (
          <ol className="path" aria-label={words.criticalPath}>
            {step.budget.path.map(({ operation, ms }) => (
              <li key={operation}>
                <code>{operation}</code>
                <span className="num">{ms === undefined ? '–' : strings.journey.ms(ms)}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
      <PartProblems
        blueprint={blueprint}
        indexes={[...new Set([...step.diagnostics, ...step.budget.diagnostics])]}
        onSelect={onSelect}
        brief={step}
      />
      <section>
        <h3 className="caps">{words.file}</h3>
        <Copyable text={`${step.file}:${step.line}`} />
      </section>
    </>
  )
}
