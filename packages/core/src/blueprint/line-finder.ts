/** A longer line is cut: minified contracts have lines of megabytes. */
const longest = 240

/** A line by its number (from 1), cut to a readable length; `undefined` after the last one. */
export type LineFinder = (line: number) => string | undefined

/** Finds the lines of a text, which is read through once. */
export function lineFinder(text: string): LineFinder {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (line) => {
    const start = starts[line - 1]
    if (start === undefined) return undefined
    const end = line < starts.length ? starts[line]! - 1 : text.length
    const content = text.slice(start, Math.min(end, start + longest)).replace(/\r$/, '')
    return end - start > longest ? `${content}…` : content
  }
}
