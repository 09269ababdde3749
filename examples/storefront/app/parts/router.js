import { element } from './element.js'

let show

/**
 * Shows the screen that the address names, now and whenever it changes. A screen is a function of
 * `{ params, query, signal }` that gives `{ title, content }`; `signal` is aborted when the person leaves it.
 */
export function startRouter(main, screens) {
  let leaving = new AbortController()
  let first = true
  show = () => {
    leaving.abort()
    leaving = new AbortController()
    const { screen, params } = matching(screens, location.pathname)
    const { title, content } = screen({
      params,
      query: new URLSearchParams(location.search),
      signal: leaving.signal,
    })
    document.title = title === 'Corner Market' ? title : `${title} · Corner Market`
    main.replaceChildren(element('div', { class: 'screen' }, content))
    for (const item of document.querySelectorAll('.top nav a')) {
      if (item.pathname === location.pathname) item.setAttribute('aria-current', 'page')
      else item.removeAttribute('aria-current')
    }
    // A new screen is read out from its start; the first one belongs to the browser.
    if (!first) {
      scrollTo(0, 0)
      main.focus({ preventScroll: true })
    }
    first = false
  }
  addEventListener('popstate', show)
  document.addEventListener('click', (event) => {
    const anchor = event.target.closest?.('a[href]')
    const plain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (!anchor || !plain || anchor.target || anchor.origin !== location.origin || anchor.hash)
      return
    event.preventDefault()
    go(anchor.pathname + anchor.search)
  })
  show()
}

export function go(address, { replace = false } = {}) {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  show()
}

function matching(screens, pathname) {
  const parts = pathname.split('/').filter(Boolean)
  for (const [pattern, screen] of Object.entries(screens)) {
    const wanted = pattern.split('/').filter(Boolean)
    if (wanted.length !== parts.length) continue
    if (!wanted.every((one, index) => one.startsWith(':') || one === parts[index])) continue
    const params = Object.fromEntries(
      wanted.flatMap((one, index) =>
        one.startsWith(':') ? [[one.slice(1), decoded(parts[index])]] : [],
      ),
    )
    return { screen, params }
  }
  return { screen: screens['*'], params: {} }
}

function decoded(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
