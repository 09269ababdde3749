import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Blueprint } from '@throughline/core'
import { useRouter } from '@tanstack/react-router'
import {
  Box,
  Braces,
  CircleAlert,
  CornerDownLeft,
  File,
  Play as PlayIcon,
  Rows3,
  Search as SearchIcon,
  Sparkle,
  UserRound,
  type LucideIcon,
} from 'lucide-react'
import { useDeferredValue, useId, useMemo, useState } from 'react'
import { searchIndexQuery, workspaceQuery } from '../api.ts'
import { addressAs } from '../address.ts'
import { LineDash, NeedGlyph } from '../ui/glyph.tsx'
import { Modal } from '../ui/modal.tsx'
import { strings } from '../strings.ts'
import { toggleTheme } from '../theme/theme.ts'
import { entriesOf, found, type Entry } from './palette-entries.ts'
import { recent, remember } from './recent.ts'
import { useHere } from './use-here.ts'
import { usePlay } from './use-play.ts'

/** Find anything that has a name in the workspace, a situation to play, or something to do. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const id = useId()
  const queries = useQueryClient()
  const { data: overview } = useQuery(workspaceQuery)
  const here = useHere()
  const { play } = usePlay()
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)

  const { data: index } = useQuery(searchIndexQuery)
  const router = useRouter()
  const [last] = useState(recent)

  const entries = useMemo(() => {
    const blueprints = queries
      .getQueriesData<Blueprint>({ queryKey: ['journey'] })
      .flatMap(([, blueprint]) => (blueprint ? [blueprint] : []))
    return entriesOf(overview, blueprints, index)
  }, [queries, overview, index])
  // Typing never waits for a big workspace to be searched.
  const asked = useDeferredValue(query)
  const results = useMemo(() => found(entries, asked, 6, last), [entries, asked, last])
  const chosen = results[Math.min(at, results.length - 1)]
  const optionId = (entry: Entry): string => `${id}-${results.indexOf(entry)}`

  function choose({ does }: Entry): void {
    onClose()
    switch (does.kind) {
      case 'visit':
        remember(does.url)
        return void router.navigate({ href: addressAs(does.url, here.search.as) })
      case 'go':
        return here.go(does.journey, does.selection)
      case 'play':
        return play(does.scenario)
      case 'lens':
        return here.readAs(does.lens)
      case 'theme':
        return toggleTheme()
    }
  }

  return (
    <Modal label={strings.palette.label} className="palette" onClose={onClose}>
      <div className="palette-input">
        <SearchIcon size={17} aria-hidden="true" />
        <input
          type="text"
          role="combobox"
          aria-expanded={results.length > 0}
          aria-controls={`${id}-results`}
          aria-activedescendant={chosen && optionId(chosen)}
          aria-autocomplete="list"
          aria-label={strings.palette.placeholder}
          placeholder={strings.palette.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
            if (step !== 0 && results.length > 0) {
              event.preventDefault()
              const next =
                (Math.min(at, results.length - 1) + step + results.length) % results.length
              setAt(next)
              document
                .getElementById(optionId(results[next]!))
                ?.scrollIntoView({ block: 'nearest' })
            }
            if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) {
              event.preventDefault()
              choose(chosen)
            }
          }}
        />
      </div>
      <div
        className="palette-results"
        id={`${id}-results`}
        role="listbox"
        aria-label={strings.palette.results}
      >
        {[...Map.groupBy(results, (entry) => entry.group)].map(([group, entries]) => (
          <div key={group} role="group" aria-label={strings.palette.groups[group]}>
            <p className="palette-group" aria-hidden="true">
              {strings.palette.groups[group]}
            </p>
            {entries.map((entry) => (
              // The keyboard works from the text field above (combobox pattern).
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={entry.id}
                id={optionId(entry)}
                role="option"
                tabIndex={-1}
                aria-selected={entry === chosen}
                className="palette-entry"
                onClick={() => choose(entry)}
                onPointerMove={() => setAt(results.indexOf(entry))}
              >
                <span className="palette-icon" aria-hidden="true">
                  <EntryIcon entry={entry} />
                </span>
                <span className="palette-words">
                  <span>
                    <Marked text={entry.title} query={query} />
                  </span>
                  {entry.detail !== undefined && (
                    <span>
                      <Marked text={entry.detail} query={query} />
                    </span>
                  )}
                </span>
                {entry === chosen && (
                  <CornerDownLeft size={14} aria-hidden="true" className="palette-enter" />
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
      {results.length === 0 && (
        <p className="palette-nothing" role="status">
          {strings.palette.nothing(query)}{' '}
          <span>
            {index && index.leftOut > 0
              ? strings.palette.leftOut(index.leftOut)
              : strings.palette.nothingHint}
          </span>
        </p>
      )}
    </Modal>
  )
}

function EntryIcon({ entry: { status, line, group } }: { readonly entry: Entry }) {
  if (status) return <NeedGlyph status={status} />
  if (group === 'situation') return <PlayIcon size={13} />
  if (line !== undefined) return <LineDash line={line} />
  const Icon = Object.hasOwn(icons, group) ? icons[group] : undefined
  return Icon ? <Icon size={14} /> : <Sparkle size={14} />
}

const icons: Readonly<Record<string, LucideIcon>> = {
  page: File,
  persona: UserRound,
  operation: Braces,
  field: Rows3,
  type: Box,
  rule: CircleAlert,
}

/** The text with the words of the query marked. */
function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  const words = query
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`))
  if (words.length === 0) return text
  return text.split(new RegExp(`(${words.join('|')})`, 'i')).map((part, index) =>
    index % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key
      <mark key={index}>{part}</mark>
    ) : (
      part
    ),
  )
}
