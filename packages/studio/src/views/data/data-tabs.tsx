import { Link } from '@tanstack/react-router'
import type { DataSearch } from './data-address.ts'
import { words } from './words.ts'

/** Where data goes, or how old it may be. The journey stays chosen. */
export function DataTabs({ search: { as, tab, journey } }: { readonly search: DataSearch }) {
  const kept = { ...(as !== undefined && { as }), ...(journey !== undefined && { journey }) }
  return (
    <nav className="view-tabs data-tabs" aria-label={words.tabs.label}>
      <Link
        to="/data"
        search={kept}
        resetScroll={false}
        aria-current={tab === undefined ? 'page' : undefined}
        activeOptions={{ exact: true, includeSearch: true }}
        activeProps={{}}
      >
        {words.tabs.reach}
      </Link>
      <Link
        to="/data"
        search={{ ...kept, tab: 'freshness' }}
        resetScroll={false}
        aria-current={tab === 'freshness' ? 'page' : undefined}
        activeOptions={{ exact: true, includeSearch: true }}
        activeProps={{}}
      >
        {words.tabs.freshness}
      </Link>
    </nav>
  )
}
