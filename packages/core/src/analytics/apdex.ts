/**
 * Apdex (Application Performance Index 1.1): 1 when everybody was satisfied (answered within the target), 0 when nobody was.
 * Between the target and four times of it people tolerate, which counts half; a failed visit frustrates. Milliseconds.
 */
export function apdex(
  waits: readonly { readonly ms: number; readonly failed?: boolean }[],
  target: number,
): number | undefined {
  if (waits.length === 0) return undefined
  let sum = 0
  for (const { ms, failed } of waits)
    sum += failed === true || ms > 4 * target ? 0 : ms > target ? 0.5 : 1
  return sum / waits.length
}
