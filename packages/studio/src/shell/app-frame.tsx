import { useQuery } from '@tanstack/react-query'
import type { Situation } from '@throughline/core'
import { ArrowUpRight, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import { studio } from '../api.ts'
import { strings } from '../strings.ts'
import { Prose } from '../ui/prose.tsx'
import { appAddress, isPage } from './app-address.ts'

const words = strings.appFrame

/**
 * The team's own app beside the page, so that what is played on the mock is seen where it happens. An app that lets
 * nobody frame it says so, and opens in a tab instead.
 */
export function AppFrame({
  app,
  screen,
  situation,
  onClose,
}: {
  readonly app: { readonly url: string }
  /** The route of the step that is selected or played: the app is shown there. */
  readonly screen: string | undefined
  readonly situation: Situation | null
  readonly onClose: () => void
}) {
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['app'],
    queryFn: ({ signal }) => studio.getApp({ signal }),
    retry: false,
  })
  const [turn, setTurn] = useState(0)
  const address = appAddress(app.url, screen)
  // A screen with parameters has no page to go to: the app stays where it is.
  const [shown, setShown] = useState(address)
  const wanted = screen !== undefined && isPage(screen) ? address : shown
  if (wanted !== shown) setShown(wanted)
  const page = URL.parse(wanted)?.pathname ?? '/'
  return (
    <aside className="app-frame" aria-label={words.label}>
      <header>
        <p className="app-frame-words">
          <b>{words.label}</b>
          <code>{page}</code>
        </p>
        <button
          type="button"
          className="icon-button"
          aria-label={words.reload}
          title={words.reload}
          // Asked first: an app that refuses by now is not loaded again.
          onClick={() => void refetch().then(() => setTurn((before) => before + 1))}
        >
          <RotateCw size={15} />
        </button>
        <a
          className="icon-button"
          href={wanted}
          target="_blank"
          rel="noreferrer"
          aria-label={words.open}
          title={words.open}
        >
          <ArrowUpRight size={16} />
        </a>
        <button
          type="button"
          className="icon-button"
          aria-label={words.close}
          title={words.close}
          onClick={onClose}
        >
          <X size={16} />
        </button>
      </header>
      <p className={situation === null ? 'app-frame-situation' : 'app-frame-situation played'}>
        <span className="pulse" aria-hidden="true" />
        {situation === null ? words.normal : words.playing(situation.title)}
      </p>
      {screen !== undefined && !isPage(screen) && (
        <p className="app-frame-situation">
          <code>{screen}</code> {words.parameters}
        </p>
      )}
      {data?.framing === 'allowed' ? (
        // The app is another origin than the studio, so it cannot take its own sandbox away; it needs its storage and scripts.
        <iframe
          key={`${turn} ${wanted}`}
          src={wanted}
          title={words.title(page)}
          // oxlint-disable-next-line react/iframe-missing-sandbox
          sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads"
          referrerPolicy="no-referrer"
        />
      ) : (
        <div className="app-frame-away">
          {error ? (
            <p>{words.failed(error.message)}</p>
          ) : data === undefined ? (
            <p role="status">{words.loading}</p>
          ) : (
            <>
              <p role="alert">
                <b>{data.framing === 'refused' ? words.refused : words.unreachable}</b>
              </p>
              {data.because !== undefined && (
                <p>
                  <Prose text={data.because} />
                </p>
              )}
              {data.framing === 'refused' && <p>{words.refusedHint}</p>}
            </>
          )}
          {(data ?? error) && (
            <p className="edit-actions">
              {data?.framing === 'refused' && (
                <a className="button primary" href={wanted} target="_blank" rel="noreferrer">
                  {words.open}
                  <ArrowUpRight size={14} aria-hidden="true" />
                </a>
              )}
              <button
                type="button"
                className="button"
                disabled={isFetching}
                onClick={() => void refetch()}
              >
                {words.again}
              </button>
            </p>
          )}
        </div>
      )}
    </aside>
  )
}
