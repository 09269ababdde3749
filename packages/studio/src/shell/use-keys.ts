import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

/** Single-letter keys can be turned off (WCAG 2.1.4); the choice stays on this machine. */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  return [useSyncExternalStore(subscribe, singleKeysOn), setSingleKeys]
}

const key = 'throughline-single-keys'
const listeners = new Set<() => void>()
/** Holds the choice while storage is forbidden. */
let chosen: boolean | undefined

function singleKeysOn(): boolean {
  try {
    return (chosen ??= localStorage.getItem(key) !== 'off')
  } catch {
    return chosen ?? true
  }
}

function setSingleKeys(on: boolean): void {
  chosen = on
  try {
    localStorage.setItem(key, on ? 'on' : 'off')
  } catch {
    // The choice then lasts as long as the page.
  }
  for (const changed of listeners) changed()
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  return () => listeners.delete(changed)
}

/**
 * Calls what a key stands for: `t`, `?`, or two keys one after another: `g j`.
 * Silent while somebody types, while a dialog is open, and with Ctrl, Alt or Meta held.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const [on] = useSingleKeys()
  const press = useEffectEvent((event: KeyboardEvent, before: string): string => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return ''
    if (isTyping(event.target) || document.querySelector('dialog[open]')) return ''
    const pair = `${before} ${event.key}`
    const action = Object.hasOwn(keys, pair)
      ? keys[pair]
      : Object.hasOwn(keys, event.key)
        ? keys[event.key]
        : undefined
    if (!action) return event.key
    event.preventDefault()
    action()
    return ''
  })
  useEffect(() => {
    if (!on) return
    let before = ''
    const listener = (event: KeyboardEvent): void => {
      before = press(event, before)
    }
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [on])
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))
  )
}
