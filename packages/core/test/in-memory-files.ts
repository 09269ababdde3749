import type { Files, SourceFile } from '../src/text/source.ts'

/** A workspace written inside a test: `filesOf({ 'throughline.yaml': '...' })`. */
export function filesOf(texts: Readonly<Record<string, string>>): Files {
  const files = new Map<string, SourceFile>(
    Object.entries(texts).map(([path, text]) => [path, { path, text }]),
  )
  return {
    paths: [...files.keys()],
    read: (path) => files.get(path) ?? { path, unreadable: 'missing' },
  }
}

/** The same workspace with some files written anew; all others stay the same objects, as an editor's save leaves them. */
export function edited(files: Files, texts: Readonly<Record<string, string>>): Files {
  const fresh = filesOf(texts)
  return {
    paths: [...new Set([...files.paths, ...fresh.paths])],
    read: (path) => (Object.hasOwn(texts, path) ? fresh.read(path) : files.read(path)),
  }
}
