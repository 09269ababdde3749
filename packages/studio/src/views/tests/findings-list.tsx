import { Search as SearchIcon } from 'lucide-react'
import type { TestFinding, TestRun } from '../../client/studio-client.ts'
import { Choice } from '../../ui/choice.tsx'
import { CodeText, CopyButton } from '../../ui/code-text.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash, SeverityGlyph } from '../../ui/glyph.tsx'
import { Method } from '../../ui/method.tsx'
import { Facts } from '../../ui/panel.tsx'
import { Prose } from '../../ui/prose.tsx'
import { shownFindings } from './shown-findings.ts'
import type { TestsSearch } from './tests-address.ts'
import type { Change } from './tests-page.tsx'
import { words } from './words.ts'

const said = words.show

/** What a run has found, each cause once, with the steps that it hurts. */
export function FindingsList({
  test,
  search,
  change,
}: {
  readonly test: TestRun
  readonly search: TestsSearch
  readonly change: Change
}) {
  const { run, findings, before } = test
  if (findings.length === 0 && (before?.gone.length ?? 0) === 0)
    return run.outcome === 'running' ? (
      <p className="quiet tests-note">{words.running.nothingYet}</p>
    ) : run.outcome === 'ended' ? null : (
      <section className="empty-card card">
        <h2>{words.clean.title}</h2>
        <p>{words.clean.text(run.cases, run.operations.tested, run.operations.total)}</p>
      </section>
    )
  const gone = search.show === 'gone' && before !== undefined
  const all = gone ? before.gone : findings
  const shown = shownFindings(all, search)
  return (
    <>
      <div className="matrix-tools tests-tools">
        <label className="filter-field">
          <span className="sr">{said.find}</span>
          <SearchIcon size={14} aria-hidden="true" />
          <input
            type="search"
            placeholder={said.find}
            value={search.find ?? ''}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget: { value } }) =>
              change({ find: value === '' ? undefined : value })
            }
          />
        </label>
        {before !== undefined && (
          <Choice
            label={said.label}
            value={search.show ?? 'all'}
            options={[
              { value: 'all', words: said.all, count: findings.length },
              {
                value: 'new',
                words: said.new,
                count: findings.filter(({ since }) => since === 'new').length,
              },
              { value: 'gone', words: said.gone, count: before.gone.length },
            ]}
            onChoose={(value) => change({ show: value === 'all' ? undefined : value })}
          />
        )}
        {search.step !== undefined && (
          <button
            type="button"
            className="button small"
            onClick={() => change({ step: undefined })}
          >
            {said.onlyStep(search.step)} ×
          </button>
        )}
      </div>
      <p className="tests-note quiet" role="status">
        {said.status(shown.length, all.length)}.{' '}
        {before === undefined
          ? run.outcome === 'running'
            ? ''
            : said.first
          : said.compared(before.started)}
      </p>
      {shown.length === 0 ? (
        <div className="empty-card card">
          <p>{said.nothing}</p>
          <button
            type="button"
            className="button"
            onClick={() => change({ find: undefined, show: undefined, step: undefined })}
          >
            {said.clear}
          </button>
        </div>
      ) : (
        <ul className="card tests-list" aria-label={words.tabs.findings}>
          {shown.map((finding) => (
            <li key={finding.fingerprint}>
              <Row
                finding={finding}
                gone={gone}
                open={search.open === finding.fingerprint}
                onOpen={(open) => change({ open: open ? finding.fingerprint : undefined })}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Row({
  finding,
  gone,
  open,
  onOpen,
}: {
  readonly finding: TestFinding
  readonly gone: boolean
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
}) {
  const { severity, operation, message, check, count, steps, since } = finding
  return (
    <>
      <button
        type="button"
        className="tests-row"
        aria-expanded={open}
        onClick={() => onOpen(!open)}
      >
        <SeverityGlyph severity={severity} />
        <span className="tests-what">
          <span className="tests-message">
            <Prose text={message} />
          </span>
          <span className="tests-where">
            <Method method={operation.method} />
            <code>{operation.path}</code>
            <span className="tag">{check}</span>
          </span>
        </span>
        <span className="tests-hurt">
          {steps.slice(0, 3).map(({ step, title, line }) => (
            <span key={step}>
              <LineDash line={line} />
              {title}
            </span>
          ))}
          {steps.length > 3 && <span className="quiet">+{steps.length - 3}</span>}
        </span>
        <span className="tests-count num">
          {(gone || since === 'new') && (
            <span className={gone ? 'tag tests-gone' : 'tag tests-new'}>
              {gone ? words.finding.gone : words.finding.new}
            </span>
          )}
          {words.finding.times(count)}
        </span>
      </button>
      {open && <Detail finding={finding} />}
    </>
  )
}

function Detail({
  finding: { operation, steps, check, at, status, count, curl },
}: {
  readonly finding: TestFinding
}) {
  const facts = words.finding
  return (
    <div className="tests-detail">
      <Facts
        rows={[
          [
            facts.hurts,
            steps.length === 0
              ? facts.noStep
              : steps.map(({ step, title, line, url }) => (
                  <DataLink key={step} url={url} className="tests-step">
                    <LineDash line={line} />
                    {title} <span className="quiet">{step}</span>
                  </DataLink>
                )),
          ],
          [
            facts.operation,
            operation.url === undefined ? (
              operation.id
            ) : (
              <DataLink key="operation" url={operation.url}>
                <code>{operation.id}</code>
              </DataLink>
            ),
          ],
          [facts.check, <code key="check">{check}</code>],
          at === undefined ? undefined : [facts.where, <code key="at">{at}</code>],
          status === undefined ? undefined : [facts.answered, String(status)],
          [facts.count, facts.times(count)],
        ]}
      />
      <div className="tests-curl">
        <div>
          <b>{facts.again}</b>
          <CopyButton text={curl} label={facts.copy} />
        </div>
        <CodeText text={curl} label={facts.curl} />
      </div>
    </div>
  )
}
