import type { Blueprint } from '@throughline/core'
import type { ReactNode } from 'react'
import { localName, type Selection } from '../../address.ts'
import { BudgetBar, ShareBar } from '../../ui/bars.tsx'
import { NeedGlyph, SeverityGlyph } from '../../ui/glyph.tsx'
import { strings } from '../../strings.ts'
import { firstGap, problemId } from './in-journey.ts'

const words = strings.journey.totals

/** Four figures that say how the journey stands; each leads to the first thing to mend. */
export function Totals({
  blueprint,
  onSelect,
}: {
  readonly blueprint: Blueprint
  readonly onSelect: (selection: Selection) => void
}) {
  const { needs, states, worstBudget, errors, warnings } = blueprint.totals
  const met = needs.covered + needs['planned-for']
  const allNeeds = met + needs.optional + needs.missing
  const designed = states.designed + states.inherited
  const allStates = designed + states.missing
  const worst = worstBudget && blueprint.steps.find(({ name }) => name === worstBudget.step)
  const over = worstBudget ? worstBudget.calls - worstBudget.promised : 0
  const firstProblem =
    blueprint.diagnostics.find(({ severity }) => severity === 'error') ??
    blueprint.diagnostics.find(({ severity }) => severity === 'warning') ??
    blueprint.diagnostics[0]

  return (
    <section className="totals" aria-label={words.label}>
      <Total title={words.needs} to={firstGap(blueprint, 'need')} onSelect={onSelect}>
        <Figure value={met} of={allNeeds} />
        <ShareBar
          parts={[
            { kind: 'ok', count: needs.covered },
            { kind: 'planned', count: needs['planned-for'] },
            { kind: 'warn', count: needs.optional },
            { kind: 'bad', count: needs.missing },
          ]}
        />
        <span className="total-note">
          {needs.missing > 0 && (
            <span>
              <NeedGlyph status="missing" /> {words.missing(needs.missing)}
            </span>
          )}
          {needs.optional > 0 && (
            <span>
              <NeedGlyph status="optional" /> {words.unplanned(needs.optional)}
            </span>
          )}
          {needs['planned-for'] > 0 && (
            <span>
              <NeedGlyph status="planned-for" /> {words.planned(needs['planned-for'])}
            </span>
          )}
          {allNeeds === 0 && words.noNeeds}
          {allNeeds > 0 && needs.covered === allNeeds && words.allMet}
        </span>
      </Total>
      <Total title={words.states} to={firstGap(blueprint, 'state')} onSelect={onSelect}>
        <Figure value={designed} of={allStates} />
        <ShareBar
          parts={[
            { kind: 'ok', count: states.designed },
            { kind: 'planned', count: states.inherited },
            { kind: 'bad', count: states.missing },
          ]}
        />
        <span className="total-note">
          {allStates === 0
            ? words.noStates
            : states.missing > 0
              ? words.nobody(states.missing)
              : states.inherited > 0
                ? words.inherited(states.inherited)
                : words.allDesigned}
        </span>
      </Total>
      <Total
        title={words.budget}
        to={worstBudget && { kind: 'step', step: localName(worstBudget.step) }}
        onSelect={onSelect}
      >
        {worstBudget ? (
          <>
            <span className={over > 0 ? 'figure num bad' : 'figure num'}>
              {strings.journey.ms(worstBudget.calls)}
            </span>
            <BudgetBar
              budget={
                worst?.budget ?? {
                  promised: worstBudget.promised,
                  calls: worstBudget.calls,
                  path: [],
                  diagnostics: [],
                }
              }
              longest={Math.max(worstBudget.promised, worstBudget.calls) * 1.02}
            />
            <span className="total-note">
              {over > 0
                ? words.over(worstBudget.title, over, worstBudget.promised)
                : words.within(worstBudget.title, -over, worstBudget.promised)}
            </span>
          </>
        ) : (
          <>
            <span className="figure quiet">–</span>
            <ShareBar parts={[]} />
            <span className="total-note">{words.noBudget}</span>
          </>
        )}
      </Total>
      <Total
        title={words.problems}
        to={firstProblem && { kind: 'problem', problem: problemId(firstProblem) }}
        onSelect={onSelect}
      >
        <span className="figure num">
          {errors + warnings === 0 ? words.none : errors + warnings}
        </span>
        <ShareBar
          parts={
            errors + warnings === 0
              ? [{ kind: 'ok', count: 1 }]
              : [
                  { kind: 'bad', count: errors },
                  { kind: 'warn', count: warnings },
                ]
          }
        />
        <span className="total-note">
          {errors > 0 && (
            <span>
              <SeverityGlyph severity="error" /> {words.errors(errors)}
            </span>
          )}
          {warnings > 0 && (
            <span>
              <SeverityGlyph severity="warning" /> {words.warnings(warnings)}
            </span>
          )}
          {errors + warnings === 0 && words.clean}
        </span>
      </Total>
    </section>
  )
}

function Total({
  title,
  to,
  onSelect,
  children,
}: {
  readonly title: string
  readonly to: Selection | undefined
  readonly onSelect: (selection: Selection) => void
  readonly children: ReactNode
}) {
  const inside = (
    <>
      <span className="total-title">{title}</span>
      {children}
    </>
  )
  return to ? (
    <button type="button" className="total" onClick={() => onSelect(to)}>
      {inside}
    </button>
  ) : (
    <div className="total">{inside}</div>
  )
}

function Figure({ value, of }: { readonly value: number; readonly of: number }) {
  return (
    <span className="figure num">
      {strings.journey.plain(value)}
      <span> / {strings.journey.plain(of)}</span>
    </span>
  )
}
