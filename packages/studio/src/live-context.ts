import { createContext, use, useSyncExternalStore } from 'react'
import type { Connection, Live } from './live.ts'

export const LiveContext = createContext<Live | undefined>(undefined)

const nothing = (): (() => void) => () => undefined

/** Whether saved files reach this page right now. */
export function useConnection(): Connection {
  const live = use(LiveContext)
  return useSyncExternalStore(live?.subscribe ?? nothing, () => live?.connection() ?? 'connecting')
}
