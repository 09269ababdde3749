import type { WorkspaceOverview } from '@throughline/core'
import { ArrowUpRight, Undo2 } from 'lucide-react'
import { strings } from '../strings.ts'
import { usePlay } from './use-play.ts'

/** What the mock plays for everybody right now, and the way back to normal. */
export function MockCard({ overview: { mock, app } }: { readonly overview: WorkspaceOverview }) {
  const { situation, play, pending, problem } = usePlay()
  const card = (
    <>
      <p className="mock-head">
        <span className={situation ? 'pulse warn' : 'pulse ok'} aria-hidden="true" />
        <b>{strings.mock.title}</b>
        <code>{portOf(mock.url)}</code>
      </p>
      {situation ? (
        <div className="mock-situation">
          <span className="mock-label">{strings.mock.situation}</span>
          <b>{situation.title}</b>
          <button
            type="button"
            className="button small"
            disabled={pending}
            onClick={() => play(null)}
          >
            <Undo2 size={14} aria-hidden="true" />
            {strings.mock.back}
          </button>
        </div>
      ) : (
        <p className="mock-normal">{strings.mock.normal}</p>
      )}
      {problem !== undefined && (
        <p className="mock-problem" role="alert">
          {strings.mock.failed(problem)}
        </p>
      )}
      {app && (
        <a className="mock-app" href={app.url} target="_blank" rel="noreferrer">
          {strings.mock.openApp}
          <ArrowUpRight size={14} aria-hidden="true" />
        </a>
      )}
    </>
  )
  return (
    <section className="mock" aria-label={strings.mock.title}>
      <div className="mock-card">{card}</div>
      <button
        type="button"
        className="mock-button"
        popoverTarget="mock-popover"
        aria-label={strings.mock.show(situation?.title ?? strings.mock.normal)}
      >
        <span className={situation ? 'pulse warn' : 'pulse ok'} />
      </button>
      <div id="mock-popover" popover="auto" className="mock-popover">
        {card}
      </div>
    </section>
  )
}

function portOf(address: string): string {
  const port = URL.parse(address)?.port
  return port === undefined || port === '' ? address : `:${port}`
}
