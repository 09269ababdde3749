import { performance } from 'node:perf_hooks'

/**
 * Acts once this process has had little to do for a moment: work that nobody waits for should not stand in front of a request.
 * After a minute it acts all the same. Returns how to call it off.
 */
export function whenQuiet(act: () => void, moment = 400): () => void {
  let before = performance.eventLoopUtilization()
  let looks = 0
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    if (utilization > BUSY && ++looks < MOST_LOOKS) return
    clearInterval(timer)
    act()
  }, moment)
  return () => clearInterval(timer)
}

const BUSY = 0.3
const MOST_LOOKS = 150
