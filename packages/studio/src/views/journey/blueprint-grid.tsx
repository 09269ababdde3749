import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { Blueprint, EvidenceReport, StepColumn, StepReport } from '@throughline/core'
import { localName, type Selection } from '../../address.ts'
import { longestOf } from '../../ui/budget-bar.ts'
import { BudgetBar, BudgetWords } from '../../ui/bars.tsx'
import { GitBranch } from 'lucide-react'
import { SeverityGlyph } from '../../ui/glyph.tsx'
import { longestWait } from '../../ui/wait-bar.tsx'
import { usePrinting } from '../../ui/use-printing.ts'
import { strings } from '../../strings.ts'
import { useStepDrag } from '../edit/drag-step.ts'
import { branches } from '../flow/flow-of.ts'
import { TestCell, useTestMarks } from '../tests/test-marks.tsx'
import { evidenceQuery } from '../performance/performance-data.ts'
import { CallsCell } from './calls-cell.tsx'
import { Cell, Item } from './cell.tsx'
import { EvidenceCell } from './evidence-cell.tsx'
import { FeelingLane } from './feeling-lane.tsx'
import { firstName, hasGap } from './in-journey.ts'
import { Lane, type LaneProps } from './lane.tsx'
import { NeedsCell } from './needs-cell.tsx'
import { ProblemsCell, WholeJourney } from './problems.tsx'
import { SaidAbout } from './said-about.tsx'
import { ScreenCell } from './screen-cell.tsx'
import { StatesCell } from './states-cell.tsx'
import { useRoving } from './use-roving.ts'

const words = strings.journey

/** The service blueprint: a column per step, a lane per question, one CSS grid. */
export function BlueprintGrid(props: LaneProps) {
  const printing = usePrinting()
  const { blueprint } = props
  const { steps } = blueprint
  if (!printing) return <Grid {...props} last />
  // Paper does not scroll: as many steps as a page is wide, with every need.
  const pages = Array.from({ length: Math.ceil(steps.length / perPage) }, (_, page) =>
    steps.slice(page * perPage, (page + 1) * perPage),
  )
  return pages.map((page, index) => (
    <Grid
      key={page[0]?.name}
      {...props}
      blueprint={{ ...blueprint, steps: page }}
      among={steps}
      last={index === pages.length - 1}
    />
  ))
}

/** How many steps stand side by side on a page of paper. */
const perPage = 4

function Grid({ last, ...props }: LaneProps & { readonly last: boolean }) {
  const { blueprint, lens, selected, situation, onSelect, among } = props
  const { journey, steps } = blueprint
  const grid = useRef<HTMLDivElement>(null)
  const [unfolded, setUnfolded] = useState(false)
  const roving = useRoving(grid, selected?.step && localName(selected.step.name))
  const longest = useMemo(
    () => longestOf((among ?? steps).map((step) => step.budget)),
    [among, steps],
  )
  const columns: Readonly<Record<`--${string}`, number>> = {
    // The columns of a last page are as wide as those before it.
    '--steps': among ? Math.min(perPage, among.length) : steps.length,
  }
  const seen = useSeen(journey.name)
  const marks = useTestMarks()
  const longestSeen = longestWait(seen?.steps.map(({ wait }) => wait) ?? [])
  const pictures = steps.some((step) => step.image !== undefined)
  const cell = (
    step: StepColumn,
    lane: string,
    content: ReactNode,
    changes: unknown,
  ): ReactNode => (
    <Cell
      key={step.name}
      lane={lane}
      selected={selected?.step?.name === step.name}
      changes={changes}
    >
      {content}
    </Cell>
  )

  return (
    <>
      <div
        ref={grid}
        role="grid"
        tabIndex={-1}
        aria-label={words.blueprint(journey.title)}
        aria-describedby="blueprint-instructions"
        aria-colcount={steps.length + 1}
        className={`blueprint line-${journey.line}`}
        style={columns}
        {...roving}
      >
        <p id="blueprint-instructions" hidden>
          {words.instructions}
        </p>
        <div role="row" className="lane heads">
          <span role="columnheader" className="corner">
            <span className="sr">{strings.journey.lanes.screen}</span>
          </span>
          {steps.map((step) => (
            <StepHead
              key={step.name}
              step={step}
              blueprint={blueprint}
              among={among}
              selected={selected?.step?.name === step.name}
              onSelect={onSelect}
            />
          ))}
        </div>
        <FeelingLane {...props} />
        <Lane
          name={words.lanes.screen}
          note={pictures ? words.lanes.screenNote.picture : words.lanes.screenNote.drawn}
        >
          {steps.map((step) =>
            cell(
              step,
              'screen',
              <ScreenCell step={step} selected={selected} situation={situation} />,
              [step.wireframe, step.image, step.screen],
            ),
          )}
        </Lane>
        <Lane
          name={words.lanes.needs}
          note={
            lens === 'ux'
              ? words.lanes.needsNote.ux(firstName(journey))
              : words.lanes.needsNote[lens]
          }
        >
          {steps.map((step) =>
            cell(
              step,
              'needs',
              <NeedsCell
                step={step}
                lens={lens}
                selected={selected}
                onSelect={onSelect}
                unfolded={unfolded || among !== undefined}
                onUnfold={setUnfolded}
              />,
              step.needs,
            ),
          )}
        </Lane>
        <Lane name={words.lanes.calls} note={words.lanes.callsNote}>
          {steps.map((step) =>
            cell(
              step,
              'calls',
              <CallsCell
                step={step}
                lens={lens}
                marks={marks}
                selected={selected}
                onSelect={onSelect}
              />,
              step.calls,
            ),
          )}
        </Lane>
        <Lane name={words.lanes.states} note={words.lanes.statesNote}>
          {steps.map((step) =>
            cell(
              step,
              'states',
              <StatesCell
                step={step}
                selected={selected}
                situation={situation}
                onSelect={onSelect}
              />,
              step.states,
            ),
          )}
        </Lane>
        <Lane name={words.lanes.budget} note={words.lanes.budgetNote}>
          {steps.map((step) =>
            cell(
              step,
              'budget',
              <div className="budget-cell">
                <BudgetWords budget={step.budget} />
                <BudgetBar budget={step.budget} longest={longest} />
              </div>,
              step.budget,
            ),
          )}
        </Lane>
        <Lane name={words.lanes.problems} note={words.lanes.problemsNote}>
          {steps.map((step) =>
            cell(
              step,
              'problems',
              <ProblemsCell
                step={step}
                blueprint={blueprint}
                selected={selected}
                onSelect={onSelect}
              />,
              step.diagnostics.map((index) => blueprint.diagnostics[index]?.message),
            ),
          )}
        </Lane>
        {marks && (
          <Lane name={words.lanes.tests} note={strings.tested.when(marks.target, marks.started)}>
            {steps.map((step) =>
              cell(
                step,
                'tests',
                <TestCell marks={marks} step={step.name} column={localName(step.name)} />,
                marks.steps[step.name],
              ),
            )}
          </Lane>
        )}
        {seen === undefined ? (
          <Lane name={words.lanes.evidence}>
            <EmptyLane count={steps.length}>
              {words.lanes.evidenceNone}
              <span>{words.lanes.evidenceHint}</span>
            </EmptyLane>
          </Lane>
        ) : (
          <Lane name={words.lanes.evidence} note={words.lanes.evidenceNote}>
            {steps.map((step) => {
              const its = seen.steps.find(({ name }) => name === step.name)
              return cell(
                step,
                'evidence',
                its === undefined ? (
                  <p className="quiet">{words.happened.nobody}</p>
                ) : (
                  <EvidenceCell step={step} seen={its} least={seen.least} longest={longestSeen} />
                ),
                its,
              )
            })}
          </Lane>
        )}
        <Lane name={words.lanes.signed}>
          <EmptyLane count={steps.length}>{words.lanes.signedNone}</EmptyLane>
        </Lane>
      </div>
      {last && <WholeJourney blueprint={blueprint} selected={selected} onSelect={onSelect} />}
    </>
  )
}

/** What was seen of a journey in the last 30 days; nothing where nobody was. */
function useSeen(
  journey: string,
): { readonly steps: readonly StepReport[]; readonly least: EvidenceReport['least'] } | undefined {
  const { data: report } = useQuery(evidenceQuery({ journey }))
  const found = report?.journeys.find(({ name }) => name === journey)
  return report && found && found.sessions > 0
    ? { steps: found.steps, least: report.least }
    : undefined
}

/** A lane that nobody has filled yet: one quiet cell across. */
function EmptyLane({ count, children }: { readonly count: number; readonly children: ReactNode }) {
  return (
    <div role="gridcell" aria-colspan={count} className="cell across">
      <p>{children}</p>
    </div>
  )
}

/** Where people can go on, where that is not simply the next column: the numbers of those steps. */
function Branch({
  step,
  steps,
}: {
  readonly step: StepColumn
  readonly steps: readonly StepColumn[]
}) {
  const next = step.next.map((name) => steps.find((one) => one.name === name))
  const titles = step.next.map((name, index) => next[index]?.title ?? name).join(', ')
  return (
    <span className="step-branch num" title={words.leadsTo(titles)}>
      <GitBranch size={12} aria-hidden="true" />
      <span aria-hidden="true">{next.map((one) => one?.number ?? '↗').join(', ')}</span>
      <span className="sr">, {words.leadsTo(titles)}</span>
    </span>
  )
}

function StepHead({
  step,
  blueprint,
  among,
  selected,
  onSelect,
}: {
  readonly step: StepColumn
  readonly blueprint: Blueprint
  readonly among: LaneProps['among']
  readonly selected: boolean
  readonly onSelect: (selection: Selection) => void
}) {
  const drag = useStepDrag(blueprint.steps, step)
  const problems = step.diagnostics.flatMap((index) => blueprint.diagnostics[index] ?? [])
  const worst = (['error', 'warning', 'info'] as const).find((severity) =>
    problems.some((problem) => problem.severity === severity),
  )
  return (
    <div role="columnheader" className="step-head" data-selected={selected || undefined} {...drag}>
      <Item
        lane="head"
        column={localName(step.name)}
        className="step-button"
        current={selected}
        onOpen={() => onSelect({ kind: 'step', step: localName(step.name) })}
      >
        <span className="step-number num">{step.number}</span>
        <span className="step-title">{step.title}</span>
        <SaidAbout on={`step:${step.name}`} />
        {hasGap(step) && <span className="sr">, {words.stationGap}</span>}
        {branches(step, among ?? blueprint.steps) && (
          <Branch step={step} steps={among ?? blueprint.steps} />
        )}
        {worst && (
          <span className="step-problems num">
            <SeverityGlyph severity={worst} />
            {problems.length}
            <span className="sr"> {words.stepProblems(problems.length)}</span>
          </span>
        )}
      </Item>
    </div>
  )
}
