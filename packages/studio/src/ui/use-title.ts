import { useEffect } from 'react'
import { strings } from '../strings.ts'

/** The title of the browser's tab: `Checkout · corner-market · Throughline`. */
export function useTitle(...parts: readonly (string | undefined)[]): void {
  const title = [
    ...parts.filter((part) => part !== undefined && part !== ''),
    strings.product,
  ].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
