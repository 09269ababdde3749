import type { ReferenceIndex } from '@throughline/core'
import { Search as SearchIcon } from 'lucide-react'
import {
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { addressAs, type Lens } from '../../address.ts'
import { useFollow } from '../../ui/data-link.tsx'
import { Method } from '../../ui/method.tsx'
import { heights, listRows, rowsBetween, type ListRow } from './list-rows.ts'
import { words } from './words.ts'

/** Every operation, by API and group, with a filter. Only what is in sight is drawn: contracts have thousands. */
export function OperationsList({
  index,
  open,
  find,
  lens,
  onFind,
}: {
  readonly index: ReferenceIndex
  readonly open: string | undefined
  readonly find: string
  readonly lens: Lens
  readonly onFind: (find: string) => void
}) {
  const [query, setQuery] = useState(find)
  const deferred = useDeferredValue(query)
  const list = useMemo(() => listRows(index, deferred), [index, deferred])
  const all = useMemo(() => listRows(index, '').operations, [index])
  const follow = useFollow()
  const as = lens === 'ux' ? undefined : lens
  // The filter stays while one operation after another is opened.
  const kept = deferred.trim() === '' ? '' : `?find=${encodeURIComponent(deferred.trim())}`
  const scroller = useRef<HTMLDivElement>(null)
  const { from, to } = useSight(scroller)
  const openRow = list.rows.find((row) => row.kind === 'operation' && row.entry.id === open)
  const [at, setAt] = useState<number>()
  const first = openRow?.kind === 'operation' ? openRow.index : 0
  const stop = at !== undefined && at < list.operations ? at : first

  useSynced(find, query, setQuery, onFind)
  useRevealed(scroller, openRow, open)

  function move(step: number): void {
    const next = Math.max(0, Math.min(list.operations - 1, stop + step))
    const row = list.rows.find((one) => one.kind === 'operation' && one.index === next)
    if (!row || !scroller.current) return
    setAt(next)
    reveal(scroller.current, row)
    // The row is drawn once it is in sight.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus({
          preventScroll: true,
        }),
      ),
    )
  }

  return (
    <nav className="operations" aria-label={words.list}>
      <label className="filter-field">
        <span className="sr">{words.filter}</span>
        <SearchIcon size={14} aria-hidden="true" />
        <input
          type="search"
          placeholder={words.filter}
          value={query}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            move(0)
          }}
        />
      </label>
      <p className="sr" role="status">
        {words.found(list.operations, all)}
      </p>
      {list.rows.length === 0 && (
        <p className="operations-nothing">{words.nothing(query.trim())}</p>
      )}
      {/* The arrows move between the links inside. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={scroller}
        className="operations-scroller"
        onKeyDown={(event) => {
          const steps: Readonly<Record<string, number>> = {
            ArrowDown: 1,
            ArrowUp: -1,
            PageDown: 12,
            PageUp: -12,
            Home: -list.operations,
            End: list.operations,
          }
          const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined
          if (step === undefined) return
          event.preventDefault()
          move(step)
        }}
      >
        <ul style={{ height: list.height }}>
          {rowsBetween(list.rows, from - margin, to + margin).map((row) => (
            <li
              key={row.key}
              className={`row-${row.kind}`}
              style={{ transform: `translateY(${row.top}px)`, height: heights[row.kind] }}
            >
              {row.kind === 'operation' ? (
                <a
                  href={addressAs(row.entry.url + kept, as)}
                  onClick={follow}
                  className={row.entry.deprecated ? 'operation-link deprecated' : 'operation-link'}
                  aria-current={row.entry.id === open ? 'page' : undefined}
                  tabIndex={row.index === stop ? 0 : -1}
                  data-index={row.index}
                  title={`${row.entry.method.toUpperCase()} ${row.entry.path}`}
                >
                  <Method method={row.entry.method} />
                  <span className={lens === 'ux' ? 'operation-name' : 'operation-name mono'}>
                    {nameFor(lens, row.entry)}
                  </span>
                  {row.entry.missing > 0 && (
                    <span className="nav-count num bad">
                      {row.entry.missing}
                      <span className="sr"> {words.missing(row.entry.missing)}</span>
                    </span>
                  )}
                </a>
              ) : row.kind === 'group' ? (
                <span className="caps">
                  {row.title} <span className="num">{row.count}</span>
                </span>
              ) : (
                <span className="api-title">
                  <b>{row.title}</b> <span>{row.note}</span>
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}

/** Pixels drawn beyond what is in sight, so that scrolling never shows a hole. */
const margin = 400

function nameFor(
  lens: Lens,
  { id, path, title }: { readonly id: string; readonly path: string; readonly title?: string },
): string {
  const name = id.slice(id.indexOf('.') + 1)
  if (lens === 'ux') return title ?? name
  return lens === 'frontend' ? name : path
}

/** Which part of a scrolled list is in sight, in steps: not every pixel draws anew. */
function useSight(scroller: React.RefObject<HTMLElement | null>) {
  const [sight, setSight] = useState({ from: 0, to: 1000 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const look = (): void => {
      const from = Math.floor(element.scrollTop / 200) * 200
      const to = Math.ceil((element.scrollTop + element.clientHeight) / 200) * 200
      setSight((before) => (before.from === from && before.to === to ? before : { from, to }))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller])
  return sight
}

/** The filter goes into the address once somebody stops typing, and comes from it when the address changes. */
function useSynced(
  find: string,
  query: string,
  setQuery: (query: string) => void,
  onFind: (find: string) => void,
): void {
  const said = useRef(find)
  const say = useEffectEvent(onFind)
  useEffect(() => {
    if (find === said.current) return
    said.current = find
    setQuery(find)
  }, [find, setQuery])
  useEffect(() => {
    if (query.trim() === said.current) return
    const timer = setTimeout(() => {
      said.current = query.trim()
      say(said.current)
    }, 250)
    return () => clearTimeout(timer)
  }, [query])
}

/** What is opened from elsewhere is brought into sight. */
function useRevealed(
  scroller: React.RefObject<HTMLElement | null>,
  row: ListRow | undefined,
  open: string | undefined,
): void {
  const shown = useRef<string>(undefined)
  useLayoutEffect(() => {
    if (!row || !scroller.current || shown.current === open) return
    shown.current = open
    reveal(scroller.current, row)
  }, [scroller, row, open])
}

function reveal(element: HTMLElement, { top }: ListRow): void {
  const room = heights.group + heights.api
  if (top - room < element.scrollTop) element.scrollTop = Math.max(0, top - room)
  else if (top + heights.operation * 2 > element.scrollTop + element.clientHeight)
    element.scrollTop = top + heights.operation * 2 - element.clientHeight
}
