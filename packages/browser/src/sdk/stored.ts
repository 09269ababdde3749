let allowed = true

/** Nothing is stored where the page says `data-storage="none"`. */
export const storeNothing = (): void => void (allowed = false)

/** What the tab (`session`) or the browser remembers under a name; with a value, that from now on. `''` forgets it. */
export function stored(name: string, value?: string): string {
  try {
    const place = name === 'session' ? sessionStorage : localStorage
    const key = `throughline.${name}`
    if (value === '') place.removeItem(key)
    else if (allowed) {
      if (!value) return place.getItem(key) ?? ''
      place.setItem(key, value)
    }
  } catch {
    // Full, or forbidden: it is not kept then.
  }
  return ''
}
