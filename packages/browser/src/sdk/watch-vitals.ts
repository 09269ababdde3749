import { onEntries } from './quietly.ts'

/** Measures LCP, INP and CLS as web.dev defines them. Returns how to hear those of a view that ends, and begin anew. */
export function watchVitals(): (heard: (name: string, value: number) => void) => void {
  let paint: number | undefined
  let shift = 0
  let burst = 0
  let first = 0
  let last = 0
  let interactions: Record<number, number> = {}

  const pending = [
    // Only for the page that was loaded: a browser reports none after that.
    onEntries('largest-contentful-paint', ({ startTime }) => {
      paint = startTime
    }),
    onEntries('layout-shift', ({ value, hadRecentInput, startTime }) => {
      if (hadRecentInput) return
      // The worst burst: at most a second between two shifts, five in all.
      if (startTime - last > 1e3 || startTime - first > 5e3) {
        burst = 0
        first = startTime
      }
      last = startTime
      burst += value
      shift = Math.max(shift, burst)
    }),
    ...['event', 'first-input'].map((type) =>
      onEntries(type, ({ interactionId, duration }) => {
        if (interactionId)
          interactions[interactionId] = Math.max(interactions[interactionId] ?? 0, duration)
      }),
    ),
  ]

  return (heard) => {
    for (const take of pending) take()
    if (paint) heard('LCP', paint)
    if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) heard('CLS', shift)
    // Of every fifty interactions the worst is left out. Those of under 40 ms are not told, but Chromium counts ids in sevens.
    const ids = Object.keys(interactions)
    const worst = Object.values(interactions).sort((a, b) => b - a)
    const inp = worst[Math.min(worst.length - 1, ((+ids.at(-1)! - +ids[0]!) / 350) | 0)]
    if (inp) heard('INP', inp)
    paint = undefined
    shift = burst = first = 0
    interactions = {}
  }
}
