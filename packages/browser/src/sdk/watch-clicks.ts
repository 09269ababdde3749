import { on } from './quietly.ts'

/**
 * Hears of clicks in anger (three in a second on the same thing) and of clicks on something pressable that nothing followed.
 * Returns what to call when something followed that can't be seen on the page: a call, another address.
 */
export function watchClicks(heard: (name: string, target: string) => void): () => void {
  let times: number[] = []
  let before: unknown
  let timer: number | undefined
  const reacted = (): void => {
    clearTimeout(timer)
    observer.disconnect()
  }
  const observer = new MutationObserver(reacted)
  for (const type of ['scroll', 'focusin', 'input', 'blur', 'pagehide'] as const) on(type, reacted)

  on('click', ({ isTrusted, timeStamp, target }) => {
    if (!isTrusted) return
    const element = target as Element
    if (element !== before) times = []
    before = element
    times = [...times.filter((time) => timeStamp - time < 1e3), timeStamp]
    if (times.length === 3) heard('rage', described(element))

    reacted()
    const pressed = element.closest('button,a[href^="/"],[role=button],[role=tab],[type=submit]')
    if (!pressed || pressed.matches('[target],[download]')) return
    timer = setTimeout(() => {
      reacted()
      heard('dead', described(pressed))
    }, 1500)
    observer.observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
  })
  return reacted
}

/** The element's name in the page's code, nothing that it says: `button#pay`. */
const described = ({ localName, id }: Element): string =>
  /^[a-z_-]{2,30}$/i.test(id) ? `${localName}#${id}` : localName
