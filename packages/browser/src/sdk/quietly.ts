/** What goes wrong in here is not the page's. */
export function quietly<Result>(act: () => Result): Result | undefined {
  try {
    return act()
  } catch {
    // It goes on as if it had not been asked.
  }
}

/** Hears an event of the window, before the page does. */
export function on<Type extends keyof WindowEventMap>(
  type: Type,
  heard: (event: WindowEventMap[Type]) => void,
): void {
  addEventListener(type, (event) => quietly(() => heard(event)), true)
}

/** Milliseconds since the page began. */
export const now = (): number => performance.now()

/** An entry of any type: each has a part of these. */
type Measured = PerformanceResourceTiming & {
  readonly value: number
  readonly hadRecentInput: boolean
  readonly interactionId?: number
}

/** Hears what the browser measures, also what it has measured already. Returns how to hear what is still on its way. */
export function onEntries(type: string, heard: (entry: Measured) => void): () => void {
  let observer: PerformanceObserver | undefined
  const each = (entries: readonly PerformanceEntry[]): void => {
    for (const entry of entries) quietly(() => heard(entry as Measured))
  }
  quietly(() => {
    observer = new PerformanceObserver((list) => each(list.getEntries()))
    observer.observe({ type, buffered: true, durationThreshold: 40 } as PerformanceObserverInit)
  })
  return () => each(observer?.takeRecords() ?? [])
}
