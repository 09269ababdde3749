/**
 * Does something once the browser has nothing else to do: what is likely to be wanted next is fetched then, and never
 * holds up what is being drawn. Returns how to call it off.
 */
export function whenIdle(act: () => void): () => void {
  // Safari has no idle callbacks in its older versions.
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(act, 500)
    return () => clearTimeout(timer)
  }
  const asked = requestIdleCallback(act, { timeout: 3000 })
  return () => cancelIdleCallback(asked)
}
