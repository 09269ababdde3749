import { useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Whether the page is being put onto paper. It is drawn for that before the browser looks. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useLayoutEffect(() => {
    const paper = matchMedia('print')
    const before = (): void => flushSync(() => setPrinting(true))
    const after = (): void => setPrinting(false)
    const change = (): void => (paper.matches ? before() : after())
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    paper.addEventListener('change', change)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
      paper.removeEventListener('change', change)
    }
  }, [])
  return printing
}
