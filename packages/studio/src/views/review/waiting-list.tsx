import './review.css'
import { useQuery } from '@tanstack/react-query'
import type { ThreadLine } from '@throughline/core'
import { DataLink } from '../../ui/data-link.tsx'
import { Prose } from '../../ui/prose.tsx'
import { nameIn } from './change-card.tsx'
import { useMe } from './me.ts'
import { waitingQuery } from './review-data.ts'
import { WhoAmI } from './who.tsx'
import { words } from './words.ts'

/** What waits for the reader: to sign, to apply and to answer. */
export function WaitingList() {
  const me = useMe()
  const { data: waiting } = useQuery(waitingQuery(me))
  if (waiting === undefined) return null
  const groups = [
    [words.waiting.sign, waiting.toSign],
    [words.waiting.apply, waiting.toApply],
    [words.waiting.answer, waiting.toAnswer],
  ] as const
  const count = groups.reduce((sum, [, lines]) => sum + lines.length, 0)
  return (
    <section className="card waiting-for" aria-label={words.waiting.title}>
      <header>
        <h2>
          {words.waiting.title}
          {count > 0 && <span className="num"> {count}</span>}
        </h2>
        <WhoAmI />
      </header>
      {count === 0 ? (
        <p className="quiet">
          {waiting.teams.length === 0
            ? words.waiting.noTeam
            : `${words.waiting.nothing} ${words.waiting.nothingHint}`}
        </p>
      ) : (
        groups.map(
          ([title, lines]) =>
            lines.length > 0 && (
              <div key={title}>
                <h3 className="caps">{title}</h3>
                <ul>
                  {lines.map((line) => (
                    <li key={line.id}>
                      <Line line={line} />
                    </li>
                  ))}
                </ul>
              </div>
            ),
        )
      )}
    </section>
  )
}

function Line({ line: { url, kind, title, about, opened } }: { readonly line: ThreadLine }) {
  const about0 = about[0]
  return (
    <>
      <DataLink url={kind === 'discussion' && about0?.url !== undefined ? about0.url : url}>
        <Prose text={kind === 'discussion' && about0 !== undefined ? about0.title : title} />
      </DataLink>{' '}
      <span className="quiet">
        {words.proposals.opened(nameIn(opened.by), words.day(opened.at))}
      </span>
    </>
  )
}
