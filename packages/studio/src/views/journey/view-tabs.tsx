import { Link } from '@tanstack/react-router'
import type { Blueprint } from '@throughline/core'
import { Columns3, GitBranch } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Search } from '../../address.ts'
import { strings } from '../../strings.ts'

const words = strings.journey.views

/** The same journey as a blueprint or as its ways. What is open stays open. */
export function ViewTabs({
  blueprint: { journey },
  search,
  children,
}: {
  readonly blueprint: Blueprint
  readonly search: Search
  readonly children: ReactNode
}) {
  const { view: _, ...rest } = search
  return (
    <div className="view-bar">
      <nav className="view-tabs" aria-label={words.label}>
        {(['blueprint', 'flow'] as const).map((one) => (
          <Link
            key={one}
            to="/journeys/$name"
            params={{ name: journey.name }}
            search={one === 'flow' ? { ...rest, view: one } : rest}
            resetScroll={false}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {one === 'flow' ? (
              <GitBranch size={14} aria-hidden="true" />
            ) : (
              <Columns3 size={14} aria-hidden="true" />
            )}
            {words[one]}
          </Link>
        ))}
      </nav>
      {children}
    </div>
  )
}
