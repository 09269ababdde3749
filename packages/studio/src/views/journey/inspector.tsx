import type {
  Blueprint,
  CallRow,
  FramedDiagnostic,
  NeedRow,
  StateChip,
  StepColumn,
  WorkspaceOverview,
} from '@throughline/core'
import { lazy, Suspense } from 'react'
import { localName, type Selection } from '../../address.ts'
import { PlayActions } from '../../shell/play-actions.tsx'
import { usePlay } from '../../shell/use-play.ts'
import { BudgetBar, BudgetWords } from '../../ui/bars.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { designRow } from '../../ui/design-row.tsx'
import { ConditionGlyph, NeedGlyph, SeverityGlyph } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { Facts, Note, Panel, PanelTitle } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { ScreenPicture } from '../../ui/screen-picture.tsx'
import { SourceFrame } from '../../ui/source-frame.tsx'
import { strings } from '../../strings.ts'
import { useEditable } from '../edit/edit-context.ts'
import { EditCall } from '../edit/call-form.tsx'
import { AddNeed, EditNeed } from '../edit/need-form.tsx'
import { StepOutline } from '../edit/outline.tsx'
import { TestFound } from '../tests/test-marks.tsx'
import { PictureSection } from '../edit/picture-section.tsx'
import { EditStep } from '../edit/step-form.tsx'
import { firstName, problemId, type Selected } from './in-journey.ts'
import { ProblemWords, worstFirst } from './problems.tsx'

const words = strings.inspector

// Most who open a panel only read: what is said and proposed comes after it.
const Comments = lazy(() =>
  import('../review/comments.tsx').then(({ Comments }) => ({ default: Comments })),
)
const AddState = lazy(() =>
  import('../edit/state-form.tsx').then(({ AddState }) => ({ default: AddState })),
)
const EditState = lazy(() =>
  import('../edit/state-form.tsx').then(({ EditState }) => ({ default: EditState })),
)
const ProposeField = lazy(() =>
  import('../review/propose.tsx').then(({ ProposeField }) => ({ default: ProposeField })),
)

interface PartProps {
  readonly blueprint: Blueprint
  readonly onSelect: (selection: Selection) => void
}

/** The panel beside the blueprint: all that is known about the selected need, state, call, problem or step. */
export function Inspector({
  blueprint,
  selected,
  app,
  onSelect,
  onFrame,
  onClose,
}: PartProps & {
  readonly selected: Selected
  readonly app: WorkspaceOverview['app']
  /** Shows the app beside the blueprint; absent while it is there. */
  readonly onFrame: (() => void) | undefined
  readonly onClose: () => void
}) {
  const part = { blueprint, onSelect }
  return (
    <Panel kind={<Kind selected={selected} />} onClose={onClose}>
      {selected.kind === 'need' && <NeedPart {...part} step={selected.step} need={selected.need} />}
      {selected.kind === 'state' && (
        <StatePart
          {...part}
          step={selected.step}
          state={selected.state}
          app={app}
          onFrame={onFrame}
        />
      )}
      {selected.kind === 'call' && <CallPart {...part} step={selected.step} call={selected.call} />}
      {selected.kind === 'step' && <StepPart {...part} step={selected.step} />}
      {selected.kind === 'problem' && (
        <ProblemPart problem={selected.problem} step={selected.step} />
      )}
      <Talk blueprint={blueprint} selected={selected} />
    </Panel>
  )
}

/** What people say about what is selected; about a problem they talk where it stands. */
function Talk({
  blueprint,
  selected,
}: {
  readonly blueprint: Blueprint
  readonly selected: Selected
}) {
  const on = nodeOf(blueprint, selected)
  return on === undefined ? null : (
    <Suspense>
      <Comments key={on} on={on} />
    </Suspense>
  )
}

function nodeOf({ journey }: Blueprint, selected: Selected): string | undefined {
  switch (selected.kind) {
    case 'need':
      return selected.need.id
    case 'state':
      // What nobody has written yet is talked about where it would stand.
      return selected.state.on === undefined
        ? `step:${selected.step.name}`
        : `state:${selected.state.on}/${selected.state.condition}`
    case 'call':
      return selected.call.id
    case 'step':
      return `step:${selected.step.name}`
    case 'problem':
      return selected.step === undefined ? `journey:${journey.name}` : `step:${selected.step.name}`
  }
}

function Kind({ selected }: { readonly selected: Selected }) {
  switch (selected.kind) {
    case 'need':
      return (
        <p className={`kind ${selected.need.status}`}>
          <NeedGlyph status={selected.need.status} />
          <b aria-hidden="true">{strings.need[selected.need.status]}</b>
        </p>
      )
    case 'state':
      return (
        <p className={`kind state-${selected.state.status}`}>
          <ConditionGlyph condition={selected.state.condition} />
          <b>{strings.state[selected.state.status]}</b>
        </p>
      )
    case 'problem':
      return (
        <p className={`kind ${selected.problem.severity}`}>
          <SeverityGlyph severity={selected.problem.severity} />
          <b aria-hidden="true">{strings.severity[selected.problem.severity]}</b>
          <code>{selected.problem.code}</code>
        </p>
      )
    case 'call':
      return (
        <p className="kind">
          <b>{words.call}</b>
        </p>
      )
    case 'step':
      return (
        <p className="kind">
          <span className="step-number num">{selected.step.number}</span>
          <b>{words.step}</b>
        </p>
      )
  }
}

function NeedPart({
  blueprint,
  step,
  need,
  onSelect,
}: PartProps & { readonly step: StepColumn; readonly need: NeedRow }) {
  const call = step.calls.find(({ operation }) => operation === need.operation)
  return (
    <>
      <PanelTitle>
        {need.label} <span>{words.on(step.title)}</span>
      </PanelTitle>
      {need.why !== undefined && <p className="lead-text">{need.why}.</p>}
      <Facts
        rows={[
          [words.field, <code key="field">{need.path}</code>],
          [
            words.type,
            need.type === undefined ? (
              <span key="type" className="bad">
                {words.noType}
              </span>
            ) : (
              <code key="type">{need.type}</code>
            ),
          ],
          [
            words.operation,
            <button
              key="operation"
              type="button"
              className="inline-link"
              disabled={!call}
              onClick={() =>
                call && onSelect({ kind: 'call', step: localName(step.name), call: call.id })
              }
            >
              {call && <Method method={call.method} />} <code>{call?.path || need.operation}</code>
            </button>,
          ],
          need.class === undefined
            ? undefined
            : [
                words.class,
                <span key="class" className="tag">
                  {need.class}
                </span>,
              ],
        ]}
      />
      {need.because !== undefined && (
        <Note title={words.mayBeMissing} tone={need.status === 'optional' ? 'warn' : 'plain'}>
          <Prose text={need.because} />
        </Note>
      )}
      {need.absent !== undefined ? (
        <Note title={words.absent} tone="plain">
          <Prose text={need.absent} />
        </Note>
      ) : (
        need.status === 'optional' && <p className="gap-text">{words.absentUnsaid}</p>
      )}
      {need.status === 'missing' && (
        <Suspense>
          <ProposeField need={need.id} field={need.label} operation={need.operation} />
        </Suspense>
      )}
      <EditNeed step={step} need={need} onSelect={onSelect} />
      <Problems blueprint={blueprint} indexes={need.diagnostics} onSelect={onSelect} />
    </>
  )
}

function StatePart({
  blueprint,
  step,
  state,
  app,
  onSelect,
  onFrame,
}: PartProps & {
  readonly step: StepColumn
  readonly state: StateChip
  readonly app: WorkspaceOverview['app']
  readonly onFrame: (() => void) | undefined
}) {
  const playing = usePlay()
  const editable = useEditable(step.file)?.editable === true
  const isPlayed = playing.situation !== null && playing.situation.scenario === state.scenario
  return (
    <>
      <PanelTitle>
        {state.label} <span>{words.on(step.title)}</span>
      </PanelTitle>
      <div className={isPlayed ? 'picture big playing' : 'picture big'}>
        <ScreenPicture step={step} condition={state.condition} design={state.design} />
      </div>
      {state.status === 'missing' ? (
        <div className="hatched">
          <b>{words.unsaid(firstName(blueprint.journey))}</b>
          {!editable && (
            <p>
              <Prose text={words.decide(state.condition)} />
            </p>
          )}
        </div>
      ) : state.status === 'cannot-happen' ? (
        <p className="lead-text">{words.cannot}</p>
      ) : (
        state.show !== undefined && (
          <Note title={words.sees} tone="plain">
            <Prose text={state.show} />
          </Note>
        )
      )}
      <Suspense>
        <EditState step={step.name} file={step.file} state={state} others={step.states} />
      </Suspense>
      {state.scenario !== undefined && (
        <PlayActions
          scenario={state.scenario}
          app={app}
          screen={step.screen}
          playing={playing}
          onFrame={onFrame}
        />
      )}
      <Facts
        rows={[
          state.recover === undefined ? undefined : [words.recover, state.recover],
          state.test === undefined ? undefined : [words.test, <code key="test">{state.test}</code>],
          designRow(state.design),
          state.status === 'cannot-happen'
            ? undefined
            : [
                words.whichCalls,
                state.calls.length === 0
                  ? words.wholeStep
                  : state.calls.map((call) => <code key={call}>{call}</code>),
              ],
        ]}
      />
      <Problems blueprint={blueprint} indexes={state.diagnostics} onSelect={onSelect} />
    </>
  )
}

function CallPart({
  blueprint,
  step,
  call,
  onSelect,
}: PartProps & { readonly step: StepColumn; readonly call: CallRow }) {
  const needs = step.needs.filter(({ operation }) => operation === call.operation)
  return (
    <>
      <PanelTitle>
        {call.title ?? call.operation} <span>{words.on(step.title)}</span>
      </PanelTitle>
      {call.method === '' ? (
        <p className="gap-text">{strings.journey.callUnknown}</p>
      ) : (
        <p className="call-line">
          <Method method={call.method} /> <code>{call.path}</code>
        </p>
      )}
      <Facts
        rows={[
          [words.operation, <code key="operation">{call.operation}</code>],
          [
            words.promise,
            call.budget === undefined ? words.noPromise : `${strings.journey.ms(call.budget)}, p75`,
          ],
          [
            '',
            call.after === undefined
              ? words.atOnce
              : words.waitsFor(
                  call.after.map(
                    (name) => step.calls.find(({ operation }) => operation === name)?.title ?? name,
                  ),
                ),
          ],
          call.sends === undefined
            ? undefined
            : [words.sends, call.sends.map((path) => <code key={path}>{path}</code>)],
          call.stage === undefined
            ? undefined
            : [
                words.stage,
                <span key="stage" className="tag">
                  {call.stage}
                </span>,
              ],
          call.deprecated
            ? [
                '',
                <span key="deprecated" className="tag warn">
                  {strings.journey.deprecated}
                </span>,
              ]
            : undefined,
        ]}
      />
      <TestFound step={step.name} operation={call.operation} />
      <EditCall step={step} call={call} onSelect={onSelect} />
      {needs.length > 0 && (
        <section>
          <h3 className="caps">{words.usedHere}</h3>
          <ul className="needs">
            {needs.map((need) => (
              <li key={need.id}>
                <button
                  type="button"
                  className={`need ${need.status}`}
                  onClick={() =>
                    onSelect({ kind: 'need', step: localName(step.name), need: need.id })
                  }
                >
                  <NeedGlyph status={need.status} />
                  <span className="need-name">{need.label}</span>
                  <code className="need-type">{need.type ?? '–'}</code>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Problems blueprint={blueprint} indexes={call.diagnostics} onSelect={onSelect} />
    </>
  )
}

function StepPart({ blueprint, step, onSelect }: PartProps & { readonly step: StepColumn }) {
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
        <Suspense>
          <AddState step={step} onSelect={onSelect} />
        </Suspense>
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
      <Problems
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

function ProblemPart({
  problem,
  step,
}: {
  readonly problem: FramedDiagnostic
  readonly step: StepColumn | undefined
}) {
  return (
    <>
      <PanelTitle>
        {ruleWords(problem.rule)} {step && <span>{words.on(step.title)}</span>}
      </PanelTitle>
      <ProblemDetail problem={problem} />
    </>
  )
}

/** Problems with their source; a step's are brief, each a way to its own panel. */
function Problems({
  blueprint,
  indexes,
  onSelect,
  brief,
}: PartProps & { readonly indexes: readonly number[]; readonly brief?: StepColumn }) {
  const problems = worstFirst(indexes.flatMap((index) => blueprint.diagnostics[index] ?? []))
  if (problems.length === 0) return null
  return (
    <section>
      <h3 className="caps">{words.problems}</h3>
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

function ProblemDetail({ problem }: { readonly problem: FramedDiagnostic }) {
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

/** `need-not-in-contract` -> `Need not in contract`. */
function ruleWords(rule: string): string {
  const spaced = rule.replaceAll('-', ' ')
  return spaced.charAt(0).toUpperCase() + spaced.slice(1)
}
