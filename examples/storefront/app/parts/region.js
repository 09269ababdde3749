import { element } from './element.js'
import { Failure } from './failure.js'
import { failureNote } from './notes.js'

const mounted = new Set()

/** Asks again for everything that is on the screen now. What people have typed stays. */
export const reloadRegions = () => mounted.forEach((reload) => void reload())

/**
 * A part of a screen that shows what one call answers. It is always in exactly one state, which it says in
 * `data-state`: `loading`, `ready`, `empty` or `failed`, and it always leaves `loading`, because every call has a limit.
 *
 * - `call`: the operation, as the journeys name it
 * - `signal`: aborted when the person leaves the screen
 * - `load(signal)`: gives the data or throws a `Failure`
 * - `waiting()`, `show(data)`: what to show; `empty(data)`: what to show instead when there is nothing, or undefined
 * - `failed(failure, retry)`: what to show instead of the usual banner, or undefined
 */
export function region({
  call,
  signal,
  load,
  waiting,
  show,
  empty = () => undefined,
  failed = () => undefined,
  tag = 'div',
  name,
}) {
  const root = element(tag, {
    class: 'region',
    'data-call': call,
    'aria-label': name,
    tabindex: '-1',
  })
  let attempt = new AbortController()

  const present = (state, ...content) => {
    const hadFocus = root.contains(document.activeElement)
    root.dataset.state = state
    if (state === 'loading') root.setAttribute('aria-busy', 'true')
    else root.removeAttribute('aria-busy')
    root.replaceChildren(...content)
    if (hadFocus) root.focus({ preventScroll: true })
  }

  const reload = async () => {
    attempt.abort()
    attempt = new AbortController()
    const current = attempt
    present('loading', element('p', { class: 'visually-hidden' }, 'Loading'), ...[waiting()].flat())
    try {
      const data = await load(AbortSignal.any([signal, current.signal]))
      if (current !== attempt || signal.aborted) return
      const nothing = empty(data)
      if (nothing === undefined) present('ready', show(data))
      else present('empty', nothing)
    } catch (error) {
      if (current !== attempt || signal.aborted) return
      const failure = error instanceof Failure ? error : new Failure('invalid', { cause: error })
      present('failed', failed(failure, reload) ?? failureNote(failure, reload))
    }
  }

  mounted.add(reload)
  signal.addEventListener('abort', () => mounted.delete(reload))
  void reload()
  return root
}
