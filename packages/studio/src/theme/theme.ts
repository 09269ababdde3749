import { useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark'

/** `public/theme.js` reads it before the first paint. */
const key = 'throughline-theme'

/** The theme of the page, as it stands on `<html>`. Everything else follows by `light-dark()`. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current)
}

/** Changes the theme and remembers it on this machine. */
export function toggleTheme(): void {
  const next = current() === 'dark' ? 'light' : 'dark'
  document.documentElement.setAttribute('data-theme', next)
  remember(key, next)
}

function current(): Theme {
  return document.documentElement.getAttribute('data-theme') === 'dark' ? 'dark' : 'light'
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}
