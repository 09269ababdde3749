import { CircleHelp, Moon, Search as SearchIcon, Sun } from 'lucide-react'
import type { Connection } from '../live.ts'
import { strings } from '../strings.ts'
import { findKeys } from '../ui/find-keys.ts'
import { Share } from '../ui/share.tsx'
import { toggleTheme, useTheme } from '../theme/theme.ts'
import { EditHistoryTools } from '../views/edit/history.tsx'
import { useHere } from './use-here.ts'

/** Find anything, read as somebody, light or dark, and whether the page is live. */
export function TopBar({
  onFind,
  onHelp,
  connection,
}: {
  readonly onFind: () => void
  readonly onHelp: () => void
  readonly connection: Connection
}) {
  const { lens, readAs } = useHere()
  const scheme = useTheme()
  const themeWords = scheme === 'dark' ? strings.theme.toLight : strings.theme.toDark
  return (
    <header className="top-bar">
      <button type="button" className="find" onClick={onFind} aria-haspopup="dialog">
        <SearchIcon size={16} aria-hidden="true" />
        <span className="find-words">{strings.palette.open}</span>
        <kbd>{findKeys}</kbd>
      </button>
      <span className="top-space" />
      <span
        className={`live ${connection}`}
        role="status"
        title={connection === 'lost' ? strings.live.lostHint : strings.live.liveHint}
      >
        <span className="pulse" aria-hidden="true" />
        <span className="live-words">{strings.live[connection]}</span>
      </span>
      <EditHistoryTools />
      <fieldset className="lens">
        <legend className="sr">{strings.lens.label}</legend>
        {(['ux', 'frontend', 'backend'] as const).map((value) => (
          <label key={value}>
            <input
              type="radio"
              name="lens"
              value={value}
              checked={lens === value}
              onChange={() => readAs(value)}
            />
            <span>{strings.lens[value]}</span>
          </label>
        ))}
      </fieldset>
      <span className="top-icons">
        <Share />
        <button
          type="button"
          className="icon-button tip help"
          aria-label={strings.help.open}
          onClick={onHelp}
        >
          <CircleHelp size={17} />
        </button>
        <button
          type="button"
          className="icon-button tip"
          aria-label={themeWords}
          onClick={toggleTheme}
        >
          {scheme === 'dark' ? <Sun size={17} /> : <Moon size={17} />}
        </button>
      </span>
    </header>
  )
}
