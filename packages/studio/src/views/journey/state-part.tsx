import type { StateChip, StepColumn, WorkspaceOverview } from '@throughline/core'
import { PlayActions } from '../../shell/play-actions.tsx'
import { usePlay } from '../../shell/use-play.ts'
import { designRow } from '../../ui/design-row.tsx'
import { Facts, Note, PanelTitle } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { ScreenPicture } from '../../ui/screen-picture.tsx'
import { strings } from '../../strings.ts'
import { useEditable } from '../edit/edit-context.ts'
import { EditState } from '../edit/state-form.tsx'
import { firstName } from './in-journey.ts'
import type { InspectorPart } from './inspector-part.ts'
import { PartProblems } from './part-problems.tsx'

const words = strings.inspector

/** A state of a screen: what people see then, how they go on, and the mock that plays it. */
export function StatePart({
  blueprint,
  step,
  state,
  app,
  onSelect,
  onFrame,
}: InspectorPart & {
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
      <EditState step={step.name} file={step.file} state={state} others={step.states} />
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
      <PartProblems blueprint={blueprint} indexes={state.diagnostics} onSelect={onSelect} />
    </>
  )
}
