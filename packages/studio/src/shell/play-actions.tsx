import { ArrowUpRight, PanelRightOpen, Play as PlayIcon, Undo2 } from 'lucide-react'
import { strings } from '../strings.ts'
import { appAddress } from './app-address.ts'
import type { Play } from './use-play.ts'

const words = strings.inspector

/** Plays a state on the mock and goes back to normal, with the app one click away. */
export function PlayActions({
  scenario,
  app,
  screen,
  playing: { situation, play, pending, problem },
  onFrame,
}: {
  readonly scenario: string
  readonly app: { readonly url: string } | undefined
  /** The route of the step's screen. */
  readonly screen: string | undefined
  readonly playing: Play
  /** Shows the app beside the page, where there is room for it. */
  readonly onFrame?: (() => void) | undefined
}) {
  return (
    <div className="actions">
      {situation?.scenario === scenario ? (
        <>
          <span className="on-the-mock" role="status">
            <span className="pulse" aria-hidden="true" />
            {words.playing}
          </span>
          <button type="button" className="button" disabled={pending} onClick={() => play(null)}>
            <Undo2 size={14} aria-hidden="true" />
            {words.back}
          </button>
        </>
      ) : (
        <button
          type="button"
          className="button primary"
          disabled={pending}
          onClick={() => play(scenario)}
        >
          <PlayIcon size={13} aria-hidden="true" fill="currentColor" />
          {words.play}
        </button>
      )}
      {app && onFrame && (
        <button type="button" className="button" onClick={onFrame}>
          <PanelRightOpen size={14} aria-hidden="true" />
          {words.frame}
        </button>
      )}
      {app && (
        <a className="button" href={appAddress(app.url, screen)} target="_blank" rel="noreferrer">
          {words.openApp}
          <ArrowUpRight size={14} aria-hidden="true" />
        </a>
      )}
      {problem === undefined ? (
        <p className="quiet">{words.playHint}</p>
      ) : (
        <p className="bad" role="alert">
          {strings.mock.failed(problem)}
        </p>
      )}
    </div>
  )
}
