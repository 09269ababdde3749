/** Something that is written to a file again and again while it grows. */
export interface Recording {
  /** There is something new: the file follows soon. */
  changed(): void
  /** Writes what has not been written yet. */
  close(): void
}

/**
 * Writes a file as a whole, soon after each change, never more than a twentieth of the time: a crash leaves the last whole
 * file and loses what came in the moments since. What cannot be written is said once.
 */
export function recording(
  write: () => void,
  onProblem: (message: string) => void,
  soonest = 300,
): Recording {
  let timer: NodeJS.Timeout | undefined
  let pause = soonest
  let told = false

  function flush(): void {
    timer = undefined
    const start = performance.now()
    try {
      write()
    } catch (error) {
      if (!told) onProblem(error instanceof Error ? error.message : String(error))
      told = true
    }
    pause = Math.max(soonest, (performance.now() - start) * 20)
  }

  return {
    changed() {
      timer ??= setTimeout(flush, pause)
    },
    close() {
      if (timer === undefined) return
      clearTimeout(timer)
      flush()
    },
  }
}
