import { SegmentedControl, Tooltip, useComputedColorScheme } from '@mantine/core'
import { CircleHelp, Moon, Search as SearchIcon, Sun } from 'lucide-react'
import type { Lens } from '../address.ts'
import type { Connection } from '../live.ts'
import { strings } from '../strings.ts'
import { useHere } from './use-here.ts'

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Find anything, read as somebody, light or dark, and whether the page is live. */
export function TopBar({
  onFind,
  onHelp,
  onTheme,
  connection,
}: {
  readonly onFind: () => void
  readonly onHelp: () => void
  readonly onTheme: () => void
  readonly connection: Connection
}) {
  const { lens, readAs } = useHere()
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const themeWords = scheme === 'dark' ? strings.theme.toLight : strings.theme.toDark
  return (
    <header className="top-bar">
      <button type="button" className="find" onClick={onFind} aria-haspopup="dialog">
        <SearchIcon size={16} aria-hidden="true" />
        <span className="find-words">{strings.palette.open}</span>
        <kbd>{apple ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <span className="top-space" />
      <Tooltip label={connection === 'lost' ? strings.live.lostHint : strings.live.liveHint}>
        <span className={`live ${connection}`} role="status">
          <span className="pulse" aria-hidden="true" />
          <span className="live-words">{strings.live[connection]}</span>
        </span>
      </Tooltip>
      <SegmentedControl
        className="lens"
        size="xs"
        aria-label={strings.lens.label}
        value={lens}
        onChange={(next) => readAs(next as Lens)}
        data={(['ux', 'frontend', 'backend'] as const).map((value) => ({ value, label: strings.lens[value] }))}
        transitionDuration={140}
      />
      <span className="top-icons">
        <Tooltip label={strings.help.open}>
          <button type="button" className="icon-button help" aria-label={strings.help.open} onClick={onHelp}>
            <CircleHelp size={17} />
          </button>
        </Tooltip>
        <Tooltip label={themeWords}>
          <button type="button" className="icon-button" aria-label={themeWords} onClick={onTheme}>
            {scheme === 'dark' ? <Sun size={17} /> : <Moon size={17} />}
          </button>
        </Tooltip>
      </span>
    </header>
  )
}
