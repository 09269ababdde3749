import { Link } from '@tanstack/react-router'
import type { Blueprint } from '@throughline/core'
import { Columns3, GitBranch, History } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Search } from '../../address.ts'
import { strings } from '../../strings.ts'

const words = strings.journey.views

/** The same journey as a blueprint, as its ways, or by what happened to it. What is open stays open. */
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
        {(['blueprint', 'flow', 'history'] as const).map((one) => (
          <Link
            key={one}
            to="/journeys/$name"
            params={{ name: journey.name }}
            search={one === 'blueprint' ? rest : { ...rest, view: one }}
            resetScroll={false}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            <Icon view={one} />
            {words[one]}
          </Link>
        ))}
      </nav>
      {children}
    </div>
  )
}

function Icon({ view }: { readonly view: 'blueprint' | 'flow' | 'history' }) {
  switch (view) {
    case 'blueprint':
      return <Columns3 size={14} aria-hidden="true" />
    case 'flow':
      return <GitBranch size={14} aria-hidden="true" />
    case 'history':
      return <History size={14} aria-hidden="true" />
  }
}
