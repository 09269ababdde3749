import type { Files, SourceFile } from '@throughline/core'

/** Files of which some have another text, or are gone (`null`). */
export function withTexts(files: Files, texts: ReadonlyMap<string, string | null>): Files {
  const made = new Map<string, SourceFile>()
  return {
    get paths() {
      const all = new Set([...files.paths, ...texts.keys()])
      return [...all].filter((path) => texts.get(path) !== null).toSorted()
    },
    ...(files.place !== undefined && { place: files.place }),
    read(path) {
      const text = texts.get(path)
      if (text === undefined) return files.read(path)
      if (text === null) return { path, unreadable: 'missing' }
      let file = made.get(path)
      if (file?.text !== text) made.set(path, (file = { path, text }))
      return file
    },
  }
}
