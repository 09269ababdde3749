import './review.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { workspaceQuery } from '../../api.ts'
import { useKeys } from '../../shell/use-keys.ts'
import { enterPanel } from '../../ui/panel.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { ChangePanel } from './change-panel.tsx'
import { ChangesView } from './changes-view.tsx'
import { ProposalsView } from './proposals-view.tsx'
import type { ReviewSearch } from './review-address.ts'
import { decisionsQuery } from './review-data.ts'
import { WhoAmI } from './who.tsx'
import { words } from './words.ts'

/** What changes and what is proposed, for those who decide about it. What is shown and open stands in the address. */
export function ReviewPage() {
  const search = useSearch({ from: '/review' })
  const navigate = useNavigate({ from: '/review' })
  const { data: overview } = useQuery(workspaceQuery)
  const { data: board } = useQuery(decisionsQuery)
  useTitle(words.title, overview?.name)
  const open = search.tab === 'proposals' ? undefined : search.change

  function change(next: {
    readonly [Key in keyof ReviewSearch]: ReviewSearch[Key] | undefined
  }): void {
    void navigate({
      to: '/review',
      search: (before) => withoutNothing({ ...before, ...next }),
      replace: true,
      resetScroll: false,
    })
  }
  function close(): void {
    change({ change: undefined })
    if (open !== undefined)
      document
        .getElementById(`change-${open}`)
        ?.querySelector<HTMLElement>('footer button')
        ?.focus()
  }
  useKeys({
    Escape: () => {
      if (open !== undefined) close()
    },
  })
  const undecided = (board?.counts.open ?? 0) + (board?.counts.approved ?? 0)
  const proposals = (board?.threads ?? []).filter(
    ({ kind, state }) => kind === 'proposal' && (state === 'open' || state === 'approved'),
  ).length
  const as = search.as === undefined ? {} : { as: search.as }
  return (
    <div className="with-inspector">
      <main id="page" tabIndex={-1} className="scroller review-page">
        <div className="page-head review-head">
          <div>
            <h1>{words.title}</h1>
            <p className="lead">{search.tab === 'proposals' ? words.proposals.lead : words.lead}</p>
          </div>
          <WhoAmI />
        </div>
        <nav className="view-tabs review-tabs" aria-label={words.tabs.label}>
          <Link
            to="/review"
            search={as}
            resetScroll={false}
            aria-current={search.tab === undefined ? 'page' : undefined}
            activeOptions={{ exact: true, includeSearch: true }}
            activeProps={{}}
          >
            {words.tabs.changes}
          </Link>
          <Link
            to="/review"
            search={{ ...as, tab: 'proposals' }}
            resetScroll={false}
            aria-current={search.tab === 'proposals' ? 'page' : undefined}
            activeOptions={{ exact: true, includeSearch: true }}
            activeProps={{}}
          >
            {words.tabs.proposals}
            {undecided > 0 && proposals > 0 && <span className="num"> {proposals}</span>}
          </Link>
        </nav>
        {search.tab === 'proposals' ? (
          <ProposalsView search={search} change={change} />
        ) : (
          <ChangesView
            search={search}
            change={change}
            onOpen={(fingerprint) => {
              change({ change: fingerprint === open ? undefined : fingerprint })
              if (fingerprint !== open) enterPanel()
            }}
          />
        )}
      </main>
      {open !== undefined && (
        <ChangePanel key={open} fingerprint={open} base={search.base} onClose={close} />
      )}
    </div>
  )
}

function withoutNothing(search: {
  readonly [Key in keyof ReviewSearch]: ReviewSearch[Key] | undefined
}): ReviewSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}
