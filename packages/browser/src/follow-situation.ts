// This one file is what a mock serves to pages as `/_throughline/browser.js`: it imports nothing.

/** What the mock plays for this page. */
export interface PlayedSituation {
  /** `checkout/basket/timeout`, or the name of a scenario file. */
  readonly scenario: string
  /** `The bank declines the card` */
  readonly title: string
}

export interface FollowOptions {
  /** The mock's address: `http://localhost:4401`. */
  readonly mock: string
  /** Called after each change, not for the situation that was there from the start. The page asks for its data again. */
  readonly onChange?: (situation: PlayedSituation | null) => void
  /** Whether a badge in the corner says what is played. Default true. */
  readonly badge?: boolean
}

/**
 * Follows what the mock plays, so that Play in the studio is on the screen at once. What a link plays in this browser
 * goes before what is played for everybody. Does nothing where no mock answers, and never throws into the page.
 * Returns how to stop.
 */
export function followSituation({ mock, onChange, badge = true }: FollowOptions): () => void {
  const base = `${mock.replace(/\/+$/, '')}/_throughline/`
  let source: EventSource | undefined
  let draw: ((played: Played) => void) | undefined
  let now: Played | undefined
  let turn = 0

  const look = async (): Promise<void> => {
    const own = ++turn
    const response = await fetch(`${base}situation`, { credentials: 'include', cache: 'no-store' })
    const next = response.ok ? playedOf(await response.json()) : undefined
    // A real API, or a page that answers everything, is no mock; of two answers the later question's counts.
    if (next === undefined || own !== turn) return
    const before = now
    now = next
    if (before === undefined) open()
    if (before?.situation?.scenario === next.situation?.scenario && before?.own === next.own) return
    draw?.(next)
    // Apart from ours, so that an error of the page's is the page's.
    if (before !== undefined) queueMicrotask(() => onChange?.(next.situation))
  }
  const quietly = (): void => void look().catch(() => {})
  const whenSeen = (): void => {
    if (now !== undefined && document.visibilityState === 'visible') quietly()
  }
  const backToNormal = (): void => {
    const method = now?.own ? 'GET' : 'POST'
    void fetch(`${base}normal`, { method, credentials: 'include', cache: 'no-store' })
      .then(look)
      .catch(() => {})
  }
  const open = (): void => {
    if (badge) draw = drawBadge(backToNormal)
    source = new EventSource(`${base}events`, { withCredentials: true })
    source.addEventListener('message', quietly)
    // A link may have been played in another tab meanwhile.
    document.addEventListener('visibilitychange', whenSeen)
  }
  quietly()

  return () => {
    // No answer that is still under way is the newest any more.
    turn = NaN
    source?.close()
    document.removeEventListener('visibilitychange', whenSeen)
    document.getElementById(hostId)?.remove()
  }
}

const hostId = 'throughline-situation'

interface Played {
  readonly situation: PlayedSituation | null
  /** Whether it is played in this browser only. */
  readonly own: boolean
}

/** From `{ situation, session }`; `undefined` where it is something else. */
function playedOf(value: unknown): Played | undefined {
  if (!isObject(value) || !('situation' in value)) return undefined
  const own = situationOf(value['session'])
  return { situation: own ?? situationOf(value['situation']), own: own !== null }
}

function situationOf(value: unknown): PlayedSituation | null {
  if (!isObject(value) || typeof value['scenario'] !== 'string') return null
  const title = value['title']
  return {
    scenario: value['scenario'],
    title: typeof title === 'string' ? title : value['scenario'],
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

// In a shadow tree with a constructed style sheet: the page's styles and a strict CSP leave each other alone.
function drawBadge(backToNormal: () => void): (played: Played) => void {
  document.getElementById(hostId)?.remove()
  const host = document.createElement('div')
  host.id = hostId
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: auto auto 12px 12px; z-index: 2147483647; max-width: calc(100vw - 24px) }
    div:not(:empty) { display: flex; align-items: center; gap: 12px; padding: 6px 6px 6px 14px; border-radius: 12px;
      background: #26215c; color: #fff; font: 500 14px/20px system-ui, sans-serif; box-shadow: 0 0 0 1px #ffffff4d, 0 4px 16px #0006 }
    span { min-width: 0; overflow-wrap: anywhere }
    button { flex: none; min-height: 32px; padding: 0 12px; border: 0; border-radius: 8px; background: #fff; color: #26215c; font: inherit; cursor: pointer }
    button:focus-visible { outline: 2px solid #fff; outline-offset: 2px }
    @media print { :host { display: none } }`)
  shadow.adoptedStyleSheets = [sheet]
  const status = document.createElement('div')
  status.setAttribute('role', 'status')
  shadow.append(status)
  document.body.append(host)

  return ({ situation, own }) => {
    if (situation === null) return status.replaceChildren()
    const words = document.createElement('span')
    words.textContent = `Playing${own ? ' here' : ''}: ${situation.title}`
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Back to normal'
    button.addEventListener('click', backToNormal)
    status.replaceChildren(words, button)
  }
}
