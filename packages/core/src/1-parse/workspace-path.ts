/**
 * The workspace path that a relative reference means, seen from a file of the workspace; `undefined` where it means no file.
 * It may begin with `../`: how far up files may be read is for whoever reads them to say.
 * %-encoding is undone, because that is how URIs write spaces in file names.
 */
export function workspacePath(reference: string, from: string): string | undefined {
  if (
    reference.startsWith('/') ||
    /^[a-z]:?[\\/]/i.test(reference) ||
    /^[a-z][a-z0-9+.-]+:/i.test(reference)
  )
    return undefined
  const query = reference.indexOf('?')
  const written = query === -1 ? reference : reference.slice(0, query)
  const parts = from.split('/').slice(0, -1)
  for (const part of decoded(written).split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length === 0 || parts.at(-1) === '..') parts.push(part)
    else parts.pop()
  }
  return parts.length === 0 || parts.at(-1) === '..' || parts.length > DEEPEST
    ? undefined
    : parts.join('/')
}

/** No folder of a repository lies deeper. */
const DEEPEST = 100

/** Undoes %-encoding; what is not encoded properly stays as it is. */
export function decoded(uri: string): string {
  if (!uri.includes('%')) return uri
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}
