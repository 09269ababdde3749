/** A piece of a URL, percent-decoded; as it stands where that cannot be. */
export function decodedOr(raw: string): string {
  if (!raw.includes('%')) return raw
  try {
    return decodeURIComponent(raw)
  } catch {
    return raw
  }
}
