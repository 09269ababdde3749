// What runs inside the page. Kept as text: it is no part of this program, and the page's own scripts may do anything to it.

/**
 * Before the page's own scripts: counts changes of the document, and lets time limits of requests follow the page's clock, which
 * the audit moves on. The count is read by `changes`.
 */
export const watching = `(() => {
  let count = 0
  const rest = setTimeout.bind(globalThis)
  const look = () => new MutationObserver((all) => { count += all.length }).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ['hidden', 'class', 'disabled', 'src', 'aria-busy', 'aria-hidden', 'value', 'role', 'data-state'],
  })
  Object.defineProperty(globalThis, '__throughlineChanges', { value: () => count })
  Object.defineProperty(globalThis, '__throughlinePause', { value: (wait) => new Promise((done) => rest(done, wait)) })
  look()
  AbortSignal.timeout = (wait) => {
    const control = new AbortController()
    setTimeout(() => control.abort(new DOMException('signal timed out', 'TimeoutError')), wait)
    return control.signal
  }
  let asking = 0
  Object.defineProperty(globalThis, '__throughlineAsking', { value: () => asking })
  const ask = globalThis.fetch
  globalThis.fetch = function (...all) {
    const answer = ask.apply(this, all)
    const done = () => { asking -= 1 }
    asking += 1
    answer.then(done, done)
    return answer
  }
  const send = XMLHttpRequest.prototype.send
  XMLHttpRequest.prototype.send = function (...all) {
    const wait = this.timeout
    asking += 1
    this.addEventListener('loadend', () => { asking -= 1 }, { once: true })
    if (wait > 0) setTimeout(() => { if (this.readyState !== 4) this.timeout = 1 }, wait)
    return send.apply(this, all)
  }
})()`

/**
 * Moves a stopped clock on by so many milliseconds, or lets so many pass where it runs, until the document has been still for
 * `quiet` of them; in vain after `most`. Answers how long it was still, how often it has changed so far, and how many calls it awaits:
 * the page knows of a call before anybody else does. `null` where the page's clock is not to be had.
 */
export function stillness(stopped: boolean, tick: number, quiet: number, most: number): string {
  return `(async () => {
    const clock = globalThis.__pwClock?.controller
    const count = globalThis.__throughlineChanges, pause = globalThis.__throughlinePause
    if (count === undefined || (${stopped} && clock?.runFor === undefined)) return null
    let still = 0, passed = 0, before = count()
    while (still < ${quiet} && passed < ${most}) {
      if (${stopped}) { await clock.runFor(${tick}).catch(() => {}); await pause(6) } else await pause(${tick})
      passed += ${tick}
      const now = count()
      still = now === before ? still + ${tick} : 0
      before = now
    }
    return { still, changes: before, asking: globalThis.__throughlineAsking?.() ?? 0 }
  })()`
}

/** Moves the page's stopped clock on; `false` where the clock is not to be had. */
export function moveClock(wait: number): string {
  return `(async () => {
    const clock = globalThis.__pwClock?.controller
    if (clock?.runFor === undefined) return false
    await clock.runFor(${wait}).catch(() => {})
    return true
  })()`
}

export const changes = `globalThis.__throughlineChanges?.() ?? -1`

/** What can be seen beside the accessibility tree, as a `SeenInPage`. */
export const seen = `(() => {
  const shown = (element) => {
    const box = element.getBoundingClientRect()
    if (box.width < 1 || box.height < 1) return false
    return element.checkVisibility ? element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) : true
  }
  const words = (text) => text.replace(/\\s+/g, ' ').trim()
  const body = document.body
  const text = body ? words(body.innerText).slice(0, 20000) : ''
  const live = []
  for (const one of document.querySelectorAll('[role=alert],[role=status],[role=alertdialog],[role=dialog],dialog[open],[aria-live=polite],[aria-live=assertive],output')) {
    if (shown(one) && words(one.innerText) !== '') live.push({ role: one.getAttribute('role') || (one.localName === 'dialog' ? 'dialog' : 'status'), text: words(one.innerText).slice(0, 300) })
    if (live.length >= 20) break
  }
  const busy = []
  const name = (element) => (element.id ? '#' + element.id : '') + '.' + [...element.classList].join('.')
  for (const one of document.querySelectorAll('[aria-busy=true],[role=progressbar]:not([aria-valuenow]),progress:not([value])')) if (shown(one)) busy.push('something that says it is busy')
  for (const one of document.querySelectorAll('[class],[data-state],[data-loading]')) {
    if (busy.length >= 10) break
    const said = one.getAttribute('class') + ' ' + (one.getAttribute('data-state') || '')
    if (/(^|[\\s_-])(spinner|spinning|skeleton|shimmer|loader|loading)([\\s_-]|$)/i.test(said) && shown(one)) busy.push('a loading sign')
  }
  for (const one of document.getAnimations ? document.getAnimations() : []) {
    if (busy.length >= 10) break
    const target = one.effect && one.effect.target
    if (one.playState === 'running' && one.effect.getComputedTiming().iterations === Infinity && target && shown(target)) busy.push('a picture that turns for ever')
  }
  let picture = false
  for (const one of document.querySelectorAll('img,svg,canvas,video,input,button,select,textarea,iframe,object')) if (shown(one)) { picture = true; break }
  const stored = []
  for (const store of ['localStorage', 'sessionStorage']) {
    try {
      for (let at = 0; at < globalThis[store].length && at < 100; at++) {
        const key = globalThis[store].key(at)
        if (/token|auth|session|jwt|user|account/i.test(key)) stored.push(key + '=' + String(globalThis[store].getItem(key)).slice(0, 200))
      }
    } catch {}
  }
  const links = []
  for (const one of document.querySelectorAll('a[href]')) {
    if (links.length >= 200) break
    if (!one.hasAttribute('download')) links.push({ url: String(one.href), text: words(one.textContent || '').slice(0, 60) })
  }
  return {
    text, live, busy, picture, stored, links,
    lines: body ? body.innerText.split('\\n').map(words).filter(Boolean).slice(0, 1000) : [],
    title: document.title,
    wide: document.documentElement.scrollWidth > innerWidth * 1.5,
  }
})()`

export interface SeenInPage {
  readonly text: string
  readonly lines: readonly string[]
  readonly live: readonly { readonly role: string; readonly text: string }[]
  /** Signs that something is still to come, in words. */
  readonly busy: readonly string[]
  readonly picture: boolean
  /** What is kept under names such as `token`. */
  readonly stored: readonly string[]
  readonly links: readonly { readonly url: string; readonly text: string }[]
  readonly title: string
  /** The page is much wider than its window. */
  readonly wide: boolean
}
