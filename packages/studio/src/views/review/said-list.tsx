import type { ThreadEntry } from '@throughline/core'
import { Markdown } from '../../ui/markdown.tsx'
import { nameIn } from './change-card.tsx'
import { words } from './words.ts'

/** What was said and decided, the oldest first. */
export function SaidList({
  entries,
  label,
}: {
  readonly entries: readonly ThreadEntry[]
  readonly label: string
}) {
  return (
    <ol className="said-list" aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.file} className={entry.kind}>
          <Face person={entry.by} />
          <div>
            <p className="said-head">
              <b>{nameIn(entry.by)}</b> <span>{saidWords(entry, entries)}</span>{' '}
              <time dateTime={entry.at}>{words.moment(entry.at)}</time>
              {entry.stale === true && <span className="tag">{words.said.stale}</span>}
            </p>
            {entry.text !== undefined && <Markdown text={entry.text} />}
          </div>
        </li>
      ))}
    </ol>
  )
}

/** A disc with the first letter of a name. */
export function Face({ person }: { readonly person: string }) {
  const name = nameIn(person)
  const tint = tintOf(name)
  return (
    <span className={`face face-${tint}`} aria-hidden="true">
      {name.slice(0, 1).toUpperCase()}
    </span>
  )
}

/** One of four, the same for the same name. */
function tintOf(name: string): number {
  let sum = 0
  for (let at = 0; at < name.length; at++) sum += name.charCodeAt(at)
  return (sum % 4) + 1
}

function saidWords(entry: ThreadEntry, entries: readonly ThreadEntry[]): string {
  switch (entry.kind) {
    case 'comment':
      return words.said.comment
    case 'proposal':
      return entry === entries.find((one) => one.kind === 'proposal')
        ? words.said.proposal
        : words.said.newVersion
    case 'sign-off':
      return entry.says === 'object'
        ? words.said.object(entry.team ?? '')
        : words.said.approve(entry.team ?? '')
    case 'decision':
      return entry.decision === undefined ? '' : words.said.decision[entry.decision]
  }
}
