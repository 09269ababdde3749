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
 * Follows what the mock plays, so that Play in the studio is on the screen at once. Does nothing where no mock answers,
 * and never throws into the page. Returns how to stop.
 */
export function followSituation({ mock, onChange, badge = true }: FollowOptions): () => void {
  const address = `${mock.replace(/\/+$/, '')}/_throughline/situation`
  const events = `${mock.replace(/\/+$/, '')}/_throughline/events`
  let source: EventSource | undefined
  let draw: ((situation: PlayedSituation | null) => void) | undefined
  let now: PlayedSituation | null = null
  let stopped = false

  const become = (next: PlayedSituation | null): void => {
    if (next?.scenario === now?.scenario) return
    now = next
    draw?.(now)
    // Apart from ours, so that an error of the page's is the page's.
    queueMicrotask(() => onChange?.(now))
  }

  const start = async (): Promise<void> => {
    const response = await fetch(address, { credentials: 'include' })
    // A real API, or some page that answers everything, is no mock.
    if (stopped || !response.ok || !/json/.test(response.headers.get('content-type') ?? '')) return
    now = situationOf(await response.json())
    if (stopped) return
    if (badge)
      draw = drawBadge(
        () => void fetch(address, { method: 'DELETE', credentials: 'include' }).catch(() => {}),
      )
    draw?.(now)
    source = new EventSource(events, { withCredentials: true })
    source.addEventListener('message', ({ data }) => {
      try {
        become(situationOf(JSON.parse(String(data))))
      } catch {
        // A line that is not ours.
      }
    })
  }
  start().catch(() => {})

  return () => {
    stopped = true
    source?.close()
    document.getElementById(hostId)?.remove()
  }
}

const hostId = 'throughline-situation'

/** From `{ situation }`, or the situation itself, or null. */
function situationOf(value: unknown): PlayedSituation | null {
  const told = isObject(value) && 'situation' in value ? value['situation'] : value
  if (!isObject(told) || typeof told['scenario'] !== 'string') return null
  const title = told['title']
  return { scenario: told['scenario'], title: typeof title === 'string' ? title : told['scenario'] }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

// In a shadow tree with a constructed style sheet: the page's styles and a strict CSP leave each other alone.
function drawBadge(backToNormal: () => void): (situation: PlayedSituation | null) => void {
  document.getElementById(hostId)?.remove()
  const host = document.createElement('div')
  host.id = hostId
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: auto auto 12px 12px; z-index: 2147483647; max-width: calc(100vw - 24px) }
    div:not(:empty) { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; padding: 6px 6px 6px 14px; border-radius: 12px;
      background: #26215c; color: #fff; font: 500 14px/20px system-ui, sans-serif; box-shadow: 0 0 0 1px #ffffff4d, 0 4px 16px #0006 }
    span { overflow-wrap: anywhere }
    button { min-height: 32px; padding: 0 12px; border: 0; border-radius: 8px; background: #fff; color: #26215c; font: inherit; cursor: pointer }
    button:focus-visible { outline: 2px solid #fff; outline-offset: 2px }
    @media print { :host { display: none } }`)
  shadow.adoptedStyleSheets = [sheet]
  const status = document.createElement('div')
  status.setAttribute('role', 'status')
  shadow.append(status)
  document.body.append(host)

  return (situation) => {
    if (situation === null) return status.replaceChildren()
    const words = document.createElement('span')
    words.textContent = `Playing: ${situation.title}`
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = 'Back to normal'
    button.addEventListener('click', backToNormal)
    status.replaceChildren(words, button)
  }
}
