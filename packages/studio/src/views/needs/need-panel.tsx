import { useQuery } from '@tanstack/react-query'
import type { MatrixJourney, MatrixStep, NeedsCell, NeedsGroup, NeedsRow } from '@throughline/core'
import { ArrowRight } from 'lucide-react'
import { Copyable } from '../../ui/copyable.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash, NeedGlyph, SeverityGlyph } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { Facts, Note, Panel, PanelTitle } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { strings } from '../../strings.ts'
import { FieldNeeded } from '../edit/field-needed.tsx'
import { Comments } from '../review/comments.tsx'
import { ProposeField } from '../review/propose.tsx'
import { worstOf } from './columns.ts'
import { FieldRead } from './field-read.tsx'
import { closeMatchesQuery } from './needs-data.ts'
import { words } from './words.ts'

export interface ChosenField {
  readonly group: NeedsGroup
  readonly row: NeedsRow
  /** The chosen cell's column; none for the whole row. */
  readonly step: MatrixStep | undefined
  /** The needs of that step, mostly one. */
  readonly cells: readonly NeedsCell[]
}

/** All that is known about a field, and about the need for it where a cell is chosen. */
export function NeedPanel({
  chosen: { group, row, step, cells },
  journeys,
  onStep,
  onClose,
}: {
  readonly chosen: ChosenField
  readonly journeys: readonly MatrixJourney[]
  readonly onStep: (step: string) => void
  readonly onClose: () => void
}) {
  const status = worstOf(cells)
  const [need] = cells
  return (
    <Panel
      onClose={onClose}
      kind={
        status === undefined ? (
          <p className="kind">
            <b>{words.panel.row}</b>
          </p>
        ) : (
          <p className={`kind ${status}`}>
            <NeedGlyph status={status} />
            <b aria-hidden="true">{strings.need[status]}</b>
          </p>
        )
      }
    >
      <PanelTitle>
        {need?.label ?? row.label} {step && <span>{strings.inspector.on(step.title)}</span>}
      </PanelTitle>
      {step && cells.length === 0 && (
        <p className="lead-text">{words.panel.notNeededBy(step.title)}</p>
      )}
      {cells.map(
        (cell) =>
          cell.why !== undefined && (
            <p key={cell.need} className="lead-text">
              {sentence(cell.why)}
            </p>
          ),
      )}
      {row.description !== undefined && <p className="lead-text described">{row.description}</p>}
      <Facts
        rows={[
          [words.panel.field, <code key="field">{row.path}</code>],
          need?.path === undefined
            ? undefined
            : [words.panel.wanted, <code key="wanted">{need.path}</code>],
          [
            strings.inspector.type,
            row.type === undefined ? (
              <span key="type" className="bad">
                {strings.inspector.noType}
              </span>
            ) : (
              <code key="type">{row.type}</code>
            ),
          ],
          [
            strings.inspector.operation,
            <span key="operation" className="call-line">
              <Method method={group.method} /> <code>{group.path}</code>
            </span>,
          ],
          group.owner === undefined ? undefined : [words.panel.owner, group.owner],
          row.class === undefined
            ? undefined
            : [
                strings.inspector.class,
                <span key="class" className="tag">
                  {row.class}
                </span>,
              ],
        ]}
      />
      {row.because !== undefined && (
        <Note
          title={strings.inspector.mayBeMissing}
          tone={status === 'optional' ? 'warn' : 'plain'}
        >
          <Prose text={row.because} />
        </Note>
      )}
      {cells.map((cell) =>
        cell.absent !== undefined ? (
          <Note key={cell.need} title={strings.inspector.absent} tone="plain">
            <Prose text={cell.absent} />
          </Note>
        ) : (
          cell.status === 'optional' && (
            <p key={cell.need} className="gap-text">
              {strings.inspector.absentUnsaid}
            </p>
          )
        ),
      )}
      {group.operation !== '' && !row.missing && (
        <FieldRead operation={group.operation} path={row.path} />
      )}
      <FieldNeeded
        field={{
          operation: group.operation,
          operationPath: group.path,
          method: group.method,
          path: row.path,
        }}
        step={cells.length === 0 ? step : undefined}
        taken={row.cells.map((cell) => cell.step)}
      />
      {cells.map(
        (cell) =>
          cell.status === 'missing' && (
            <ProposeField
              key={cell.need}
              need={cell.need}
              field={cell.label}
              operation={group.operation}
            />
          ),
      )}
      {row.missing && <CloseFields operation={group.operation} path={row.path} step={step?.name} />}
      <CellProblems cells={cells} />
      <UsedBy row={row} journeys={journeys} chosen={step?.name} onStep={onStep} />
      <nav className="panel-links" aria-label={strings.inspector.related}>
        {(need || step) && (
          <DataLink url={need?.url ?? step?.url ?? ''} className="button">
            {words.panel.blueprint}
            <ArrowRight size={14} aria-hidden="true" />
          </DataLink>
        )}
        {group.url !== undefined && (
          <DataLink
            url={row.missing ? group.url : `${group.url}?field=${encodeURIComponent(row.path)}`}
            className="button"
          >
            {words.panel.reference}
            <ArrowRight size={14} aria-hidden="true" />
          </DataLink>
        )}
      </nav>
      {need && (
        <section>
          <h3 className="caps">{words.panel.file}</h3>
          {cells.map((cell) => (
            <Copyable key={cell.need} text={`${cell.file}:${cell.line}`} />
          ))}
        </section>
      )}
      {need && <Comments key={need.need} on={need.need} />}
    </Panel>
  )
}

function UsedBy({
  row,
  journeys,
  chosen,
  onStep,
}: {
  readonly row: NeedsRow
  readonly journeys: readonly MatrixJourney[]
  readonly chosen: string | undefined
  readonly onStep: (step: string) => void
}) {
  const needing = journeys.flatMap((journey) =>
    journey.steps.flatMap((step) => {
      const its = row.cells.filter((cell) => cell.step === step.name)
      return its.length === 0 ? [] : [{ journey, step, status: worstOf(its)! }]
    }),
  )
  if (needing.length === 0) return <p className="quiet">{words.panel.nobody}</p>
  if (needing.length === 1 && needing[0]!.step.name === chosen) return null
  return (
    <section>
      <h3 className="caps">{words.panel.steps}</h3>
      <ul className="needing">
        {needing.map(({ journey, step, status }) => (
          <li key={step.name}>
            <button
              type="button"
              aria-current={step.name === chosen || undefined}
              onClick={() => onStep(step.name)}
            >
              <LineDash line={journey.line} />
              <span>{step.title}</span>
              <NeedGlyph status={status} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What the contract has that comes near a need it does not have. */
function CloseFields({
  operation,
  path,
  step,
}: {
  readonly operation: string
  readonly path: string
  readonly step: string | undefined
}) {
  const { data, error } = useQuery(closeMatchesQuery(operation, path, step))
  if (error) return <p className="quiet">{words.panel.closeFailed(error.message)}</p>
  return (
    <section className="note accent close-matches" aria-busy={data === undefined}>
      <b>{words.panel.close}</b>
      {data === undefined ? (
        <p className="quiet" role="status">
          {words.panel.closeLoading}
        </p>
      ) : (
        <>
          {data.matches.length === 0 && data.elsewhere.length === 0 && (
            <p>{words.panel.closeNone}</p>
          )}
          <ul>
            {data.matches.slice(0, 4).map((match) => (
              <li key={match.path}>
                <Copyable text={match.path} />
                <span>
                  <code>{match.type}</code> {match.because}
                </span>
              </li>
            ))}
          </ul>
          {data.elsewhere.length > 0 && (
            <>
              <b>{words.panel.elsewhere}</b>
              <ul>
                {data.elsewhere.slice(0, 4).map((one) => (
                  <li key={`${one.operation} ${one.path}`}>
                    <DataLink url={one.url} className="inline-link">
                      <Method method={one.method} /> <code>{one.operationPath}</code>
                    </DataLink>
                    <span>
                      <code>{one.path}</code>
                      {one.called && ` ${words.panel.called}`}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </section>
  )
}

function CellProblems({ cells }: { readonly cells: readonly NeedsCell[] }) {
  const problems = cells.flatMap((cell) => cell.problems)
  if (problems.length === 0) return null
  return (
    <section>
      <h3 className="caps">{strings.inspector.problems}</h3>
      {problems.map((problem) => (
        <div key={`${problem.code} ${problem.message}`} className="problem-detail">
          <p className="said-problem">
            <SeverityGlyph severity={problem.severity} />
            <span>
              <Prose text={problem.message} />
            </span>
          </p>
          {problem.fixes.map((fix) => (
            <Note key={fix.title} title={strings.inspector.mend} tone="accent">
              <Prose text={fix.title} />
            </Note>
          ))}
          <Copyable text={`throughline explain ${problem.code}`} />
        </div>
      ))}
    </section>
  )
}

/** With its full stop. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
