import { useQuery } from '@tanstack/react-query'
import { UserRound } from 'lucide-react'
import { useId } from 'react'
import { InDialog } from '../edit/in-dialog.tsx'
import { setupQuery } from '../edit/edit-api.ts'
import { nameIn } from './change-card.tsx'
import { rememberMe, useMe } from './me.ts'
import { decisionsQuery } from './review-data.ts'
import { words } from './words.ts'

/** In whose name the reader speaks, and a way to say so. */
export function WhoAmI() {
  const me = useMe()
  const { data: board } = useQuery(decisionsQuery)
  const name = me.name ?? board?.person
  return (
    <InDialog
      words={
        name === undefined
          ? words.me.nobody
          : `${words.comments.by(nameIn(name))}${me.team === undefined ? '' : ` ${words.me.forTeam(me.team)}`}`
      }
      title={words.me.title}
      icon={<UserRound size={13} aria-hidden="true" />}
      className="who-button"
    >
      {(close) => <WhoForm person={board?.person} onClose={close} />}
    </InDialog>
  )
}

function WhoForm({
  person,
  onClose,
}: {
  readonly person: string | undefined
  readonly onClose: () => void
}) {
  const me = useMe()
  const id = useId()
  const { data: setup } = useQuery(setupQuery)
  return (
    <form
      className="edit-form"
      // The dialog may stand inside another form.
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        const data = new FormData(event.currentTarget)
        const text = (field: string): string => {
          const value = data.get(field)
          return typeof value === 'string' ? value.trim() : ''
        }
        const [name, team] = [text('name'), text('team')]
        rememberMe({ ...(name !== '' && { name }), ...(team !== '' && { team }) })
        onClose()
      }}
    >
      <p>{words.me.lead}</p>
      <div className="edit-field">
        <label htmlFor={`${id}-name`}>{words.me.name}</label>
        <input
          id={`${id}-name`}
          name="name"
          className="input"
          defaultValue={me.name ?? ''}
          maxLength={400}
          autoComplete="name"
          aria-describedby={`${id}-hint`}
          placeholder={person}
        />
        <p id={`${id}-hint`} className="edit-hint">
          {person === undefined ? words.me.nameHintNobody : words.me.nameHint(person)}
        </p>
      </div>
      <div className="edit-field">
        <label htmlFor={`${id}-team`}>{words.me.team}</label>
        <select id={`${id}-team`} name="team" className="input" defaultValue={me.team ?? ''}>
          <option value="">{words.me.noTeam}</option>
          {setup?.teams.map((team) => (
            <option key={team.name} value={team.name}>
              {team.name}
            </option>
          ))}
        </select>
      </div>
      <div className="edit-actions">
        <button type="submit" className="button primary">
          {words.me.save}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {words.me.cancel}
        </button>
      </div>
    </form>
  )
}
