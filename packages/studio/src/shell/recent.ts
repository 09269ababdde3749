const key = 'throughline-recent'
const most = 6

/** What was found last, newest first: addresses of the studio, kept on this machine. */
export function recent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept)
      ? kept.filter((one): one is string => typeof one === 'string').slice(0, most)
      : []
  } catch {
    return []
  }
}

export function remember(url: string): void {
  try {
    localStorage.setItem(
      key,
      JSON.stringify([url, ...recent().filter((one) => one !== url)].slice(0, most)),
    )
  } catch {
    // Storage is forbidden: nothing is remembered.
  }
}
