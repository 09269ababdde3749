import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ApiProblem } from '../api.ts'
import { Copyable } from '../ui/copyable.tsx'
import { Prose } from '../ui/prose.tsx'
import { strings } from '../strings.ts'

/** A page that could not be shown: what failed, whose it is, what to do. */
function Trouble({
  title,
  kind,
  alone = false,
  children,
}: {
  readonly title: string
  readonly kind: 'locked' | 'gone' | 'failed' | 'lost'
  /** Without rail and top bar around it. */
  readonly alone?: boolean
  readonly children: ReactNode
}) {
  return (
    <main id="page" tabIndex={-1} className={alone ? 'trouble alone' : 'trouble'}>
      <div className="trouble-card">
        <BrokenLine kind={kind} />
        <h1>
          <Prose text={title} />
        </h1>
        {children}
      </div>
    </main>
  )
}

/** The address was opened without the token that the terminal printed. */
export function Locked({ again }: { readonly again: () => void }) {
  return (
    <Trouble title={strings.locked.title} kind="locked" alone>
      <p>
        <Prose text={strings.locked.text} />
      </p>
      <pre className="trouble-example">{strings.locked.example}</pre>
      <button type="button" className="button" onClick={again}>
        {strings.locked.again}
      </button>
    </Trouble>
  )
}

/** The server stopped before it said anything. */
export function Gone() {
  return (
    <Trouble title={strings.gone.title} kind="gone" alone>
      <p>{strings.gone.alone}</p>
      <Copyable text={strings.gone.command} />
    </Trouble>
  )
}

export function Failed({
  problem,
  again,
}: {
  readonly problem: Error
  readonly again: () => void
}) {
  const said = problem instanceof ApiProblem
  return (
    <Trouble title={strings.failed.title} kind="failed">
      <p role="alert">
        {said ? strings.failed.text(problem.message) : strings.failed.bug(problem.message)}
      </p>
      <button type="button" className="button" onClick={again}>
        {strings.failed.again}
      </button>
    </Trouble>
  )
}

/** What the router shows in place of a page that threw. */
export function FailedPage({
  error,
  reset,
}: {
  readonly error: unknown
  readonly reset: () => void
}) {
  const queries = useQueryClient()
  // What it stumbled over may be what the server said: that is asked again too.
  const again = (): void => void queries.resetQueries().then(reset)
  return (
    <Failed problem={error instanceof Error ? error : new Error(String(error))} again={again} />
  )
}

export function NotFound() {
  return (
    <Trouble title={strings.notFound.title} kind="lost">
      <p>{strings.notFound.text}</p>
      <Link to="/journeys" search={{}} className="button">
        {strings.notFound.action}
      </Link>
    </Trouble>
  )
}

export function NoSuchJourney({ name }: { readonly name: string }) {
  return (
    <Trouble title={strings.notFound.journey(name)} kind="lost">
      <p>{strings.notFound.journeyText}</p>
      <Link to="/journeys" search={{}} className="button">
        {strings.notFound.action}
      </Link>
    </Trouble>
  )
}

/** The product's line, interrupted. */
function BrokenLine({ kind }: { readonly kind: 'locked' | 'gone' | 'failed' | 'lost' }) {
  return (
    <svg className={`broken-line ${kind}`} viewBox="0 0 200 44" aria-hidden="true">
      <path d="M4 30c30 0 44-16 74-16" />
      <path d="M122 14c30 0 44 16 74 16" className="rest" />
      <circle cx="100" cy="14" r="9" />
      {kind === 'failed' && <path d="M96.500 10.500l7 7M103.500 10.500l-7 7" className="core" />}
    </svg>
  )
}
