import type { FramedDiagnostic, WorkspaceOverview } from '@throughline/core'
import { ArrowRight } from 'lucide-react'
import { PlayActions } from '../../shell/play-actions.tsx'
import type { StateProof } from '../../client/studio-client.ts'
import type { Play } from '../../shell/use-play.ts'
import { Copyable } from '../../ui/copyable.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { designRow } from '../../ui/design-row.tsx'
import { ConditionGlyph } from '../../ui/glyph.tsx'
import { Facts, Note, Panel, PanelTitle } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { ScreenPicture } from '../../ui/screen-picture.tsx'
import { SourceFrame } from '../../ui/source-frame.tsx'
import { strings } from '../../strings.ts'
import { useEditable } from '../edit/edit-context.ts'
import { EditState } from '../edit/state-form.tsx'
import { stateId } from '../journey/in-journey.ts'
import { chipWord } from '../journey/states-cell.tsx'
import { isPlaying, type ChosenState } from './in-states.ts'
import { ProofSection } from './proof-section.tsx'
import { pictureOf } from './state-proofs.ts'
import { words } from './words.ts'

const said = strings.inspector

/** What people see when a step goes one way, how they get on, and Play. */
export function StatePanel({
  chosen: { row, cell, chip },
  column,
  diagnostics,
  app,
  proofs,
  playing,
  onSelect,
  onFrame,
  onClose,
}: {
  readonly chosen: ChosenState
  /** What the column is called. */
  readonly column: string
  readonly diagnostics: readonly FramedDiagnostic[]
  readonly app: WorkspaceOverview['app']
  /** What a browser saw of this state, the worst first. */
  readonly proofs: readonly StateProof[]
  readonly playing: Play
  readonly onSelect: (condition: string) => void
  /** Shows the app beside the matrix; absent while it is there. */
  readonly onFrame: (() => void) | undefined
  readonly onClose: () => void
}) {
  const status = chip?.status ?? cell.status
  const editable = useEditable(row.file)?.editable === true
  const isPlayed = chip !== undefined && isPlaying(chip, playing.situation)
  const picture = pictureOf(proofs.find((one) => one.picture !== undefined))
  const problems = chip?.diagnostics.flatMap((index) => diagnostics[index] ?? []) ?? []
  return (
    <Panel
      onClose={onClose}
      kind={
        <p className={`kind state-${status === 'not-asked' ? 'inherited' : status}`}>
          <ConditionGlyph condition={chip?.condition ?? cell.condition} />
          <b>{status === 'not-asked' ? words.notAsked : strings.state[status]}</b>
        </p>
      }
    >
      <PanelTitle>
        {chip?.label ?? column} <span>{said.on(row.title)}</span>
      </PanelTitle>
      {cell.chips.length > 1 && (
        <ul className="state-others" aria-label={words.panel.others}>
          {cell.chips.map((one) => (
            <li key={stateId(one)}>
              <button
                type="button"
                className={`state-code ${one.status}`}
                aria-current={one === chip || undefined}
                title={one.label}
                onClick={() => onSelect(stateId(one))}
              >
                {chipWord(one.condition)}
                <span className="sr">
                  , {one.label}: {strings.state[one.status]}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={isPlayed ? 'picture big playing' : 'picture big'}>
        {picture === undefined ? (
          <ScreenPicture
            step={row}
            condition={chip?.condition ?? cell.condition}
            design={chip?.design}
          />
        ) : (
          <a href={picture} target="_blank" rel="noreferrer">
            <img src={picture} alt={words.proof.picture(chip?.label ?? column, row.title)} />
          </a>
        )}
      </div>
      {chip === undefined ? (
        <p className="lead-text">{status === 'not-asked' ? words.notAskedHint : said.cannot}</p>
      ) : chip.status === 'missing' ? (
        <div className="hatched">
          <b>{words.panel.unsaid}</b>
          {!editable && (
            <p>
              <Prose text={said.decide(chip.condition)} />
            </p>
          )}
        </div>
      ) : (
        chip.show !== undefined && (
          <Note title={said.sees} tone="plain">
            <Prose text={chip.show} />
          </Note>
        )
      )}
      {chip?.status === 'missing' && !editable && !chip.condition.includes(' ') && (
        <section>
          <h3 className="caps">{words.panel.snippet}</h3>
          <Copyable text={`${chip.condition}: { show: "" }`} />
        </section>
      )}
      {chip && (
        <EditState
          step={row.step}
          file={row.file}
          state={chip}
          others={row.cells.flatMap((one) => one.chips)}
        />
      )}
      {chip?.scenario !== undefined && (
        <PlayActions
          scenario={chip.scenario}
          app={app}
          screen={row.screen}
          playing={playing}
          onFrame={onFrame}
        />
      )}
      {chip && (
        <Facts
          rows={[
            chip.recover === undefined ? undefined : [said.recover, chip.recover],
            chip.test === undefined ? undefined : [said.test, <code key="test">{chip.test}</code>],
            designRow(chip.design),
            [
              said.whichCalls,
              chip.calls.length === 0
                ? said.wholeStep
                : chip.calls.map((call) => <code key={call}>{call}</code>),
            ],
          ]}
        />
      )}
      {chip !== undefined && chip.status !== 'missing' && (
        <ProofSection proofs={proofs} scenario={chip.scenario} />
      )}
      {problems.length > 0 && (
        <section>
          <h3 className="caps">{said.problems}</h3>
          {problems.map((one) => (
            <div key={one.message} className="problem-detail">
              <p>
                <Prose text={one.message} />
              </p>
              <SourceFrame of={one} />
              {one.fixes?.map((fix) => (
                <Note key={fix.title} title={said.mend} tone="accent">
                  <Prose text={fix.title} />
                </Note>
              ))}
              <Copyable text={`throughline explain ${one.code}`} />
            </div>
          ))}
        </section>
      )}
      <nav className="panel-links" aria-label={said.related}>
        <DataLink
          url={
            chip === undefined ? row.url : `${row.url}&state=${encodeURIComponent(stateId(chip))}`
          }
          className="button"
        >
          {words.panel.blueprint}
          <ArrowRight size={14} aria-hidden="true" />
        </DataLink>
      </nav>
      <section>
        <h3 className="caps">{words.panel.file}</h3>
        <Copyable text={`${row.file}:${row.line}`} />
      </section>
    </Panel>
  )
}
