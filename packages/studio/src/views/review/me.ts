import { useSyncExternalStore } from 'react'

/** Who reads, as the reader said once. Kept on this machine; without it, whom git knows. */
export interface Me {
  /** `Ada Lovelace <ada@example.com>` */
  readonly name?: string
  /** The team that the reader speaks for. */
  readonly team?: string
}

const key = 'throughline-me'
const listeners = new Set<() => void>()
const nobody: Me = {}
let known: { readonly text: string | null; readonly me: Me } = { text: null, me: nobody }

export function useMe(): Me {
  return useSyncExternalStore(subscribe, readMe)
}

/** Remembers who reads; what is empty is forgotten. */
export function rememberMe({ name, team }: Me): void {
  const me = { ...(name !== undefined && { name }), ...(team !== undefined && { team }) }
  try {
    if (Object.keys(me).length === 0) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(me))
  } catch {
    // Storage is forbidden: it holds until the page is left.
    known = { text: null, me }
  }
  for (const changed of listeners) changed()
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed)
  // Another tab may have said it.
  addEventListener('storage', changed)
  return () => {
    listeners.delete(changed)
    removeEventListener('storage', changed)
  }
}

/** The same object as long as nothing is said anew. */
function readMe(): Me {
  let text: string | null
  try {
    text = localStorage.getItem(key)
  } catch {
    return known.me
  }
  if (text !== known.text) known = { text, me: meIn(text) }
  return known.me
}

function meIn(text: string | null): Me {
  try {
    const said: unknown = JSON.parse(text ?? 'null')
    if (typeof said !== 'object' || said === null) return nobody
    const name = 'name' in said && typeof said.name === 'string' ? said.name.slice(0, 400) : ''
    const team = 'team' in said && typeof said.team === 'string' ? said.team.slice(0, 200) : ''
    return { ...(name !== '' && { name }), ...(team !== '' && { team }) }
  } catch {
    return nobody
  }
}
