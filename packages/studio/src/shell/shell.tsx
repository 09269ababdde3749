import './shell.css'
// Panels, matrices and pictures of every page are drawn with the styles of the blueprint.
import '../views/journeys/journeys.css'
import '../views/journey/journey.css'
import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { Suspense, useEffect, useEffectEvent, useState } from 'react'
import { ApiProblem, workspaceQuery } from '../api.ts'
import { useConnection } from '../live-context.ts'
import { strings } from '../strings.ts'
import { toggleTheme } from '../theme/theme.ts'
import { whenIdle } from '../ui/when-idle.ts'
import { EditProvider } from '../views/edit/edit-provider.tsx'
import { BrokenBanner, GoneBanner } from './banners.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { Failed, Gone, Locked } from './trouble.tsx'
import { useHere } from './use-here.ts'
import { useKeys } from './use-keys.ts'
import { usePlay } from './use-play.ts'

const Palette = lazyRouteComponent(() => import('./palette.tsx'), 'Palette')
const Help = lazyRouteComponent(() => import('./help.tsx'), 'Help')

/** What stands around every page: rail, top bar, dialogs, and the word when something is wrong. */
export function Shell() {
  const { data: overview, error, refetch } = useQuery(workspaceQuery)
  const connection = useConnection()
  const here = useHere()
  const { situation, play } = usePlay()
  const [open, setOpen] = useState<'palette' | 'help' | undefined>()
  const close = (): void => setOpen(undefined)

  const keys = {
    '/': () => setOpen('palette'),
    '?': () => setOpen('help'),
    t: toggleTheme,
    '0': () => {
      if (situation) play(null)
    },
    'g j': () => here.go(undefined),
    'g n': () => here.visit('/needs'),
    'g d': () => here.visit('/data'),
    'g s': () => here.visit('/states'),
    'g o': () => here.visit('/'),
    'g r': () => here.visit('/reference'),
    'g p': () => here.visit('/diagnostics'),
    'g t': () => here.visit('/traffic'),
    'g e': () => here.visit('/performance'),
    'g b': () => here.visit('/tests'),
    'g a': () => here.visit('/app-states'),
    'g v': () => here.visit('/review'),
    'g w': () => here.visit('/people'),
  }
  // Whoever has asked for a dialog already types for it.
  useKeys(open === undefined ? keys : {})
  useEffect(
    () =>
      whenIdle(() => {
        void Palette.preload?.()
        void Help.preload?.()
      }),
    [],
  )
  useFindKey(() => setOpen((before) => (before === 'palette' ? undefined : 'palette')))

  if (!overview) {
    if (error instanceof ApiProblem && error.status === 401)
      return <Locked again={() => void refetch()} />
    if (error instanceof ApiProblem && error.status === 0) return <Gone />
    if (error) return <Failed problem={error} again={() => void refetch()} />
  }
  const gone = connection === 'lost'
  const locked = error instanceof ApiProblem && error.status === 401
  if (locked) return <Locked again={() => void refetch()} />

  return (
    <EditProvider>
      <div className="shell">
        <a className="skip" href="#page">
          {strings.skip}
        </a>
        <Rail overview={overview} />
        <TopBar
          onFind={() => setOpen('palette')}
          onHelp={() => setOpen('help')}
          connection={connection}
        />
        <div className="banners">
          {gone ? <GoneBanner /> : overview?.broken && <BrokenBanner broken={overview.broken} />}
        </div>
        <Outlet />
        <Suspense>
          {open === 'palette' && <Palette onClose={close} />}
          {open === 'help' && <Help onClose={close} />}
        </Suspense>
      </div>
    </EditProvider>
  )
}

/** Ctrl-K or Cmd-K, everywhere. */
function useFindKey(find: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (
      event.key.toLowerCase() !== 'k' ||
      !(event.metaKey || event.ctrlKey) ||
      event.altKey ||
      event.shiftKey
    )
      return
    event.preventDefault()
    find()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => press(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}
