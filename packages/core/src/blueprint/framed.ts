import { located, type Diagnostic } from '../text/diagnostic.ts'
import type { FramedDiagnostic } from './blueprint.ts'

/** Lines shown before and after the one that is meant. */
const around = 2
/** A longer line is cut: minified contracts have lines of megabytes. */
const longest = 240

/** Diagnostics with their positions and the lines around them. */
export function framed(diagnostics: readonly Diagnostic[]): readonly FramedDiagnostic[] {
  const lines = new Map<string, LineFinder>()
  return located(diagnostics).map((one, index) => {
    const { path, text } = diagnostics[index]!.origin.source.file
    let finder = lines.get(path)
    if (finder === undefined) lines.set(path, (finder = lineFinder(text)))
    const firstLine = Math.max(1, one.range.start.line - around)
    const shown: string[] = []
    for (let line = firstLine; line <= one.range.start.line + around; line++) {
      const content = finder(line)
      if (content === undefined) break
      shown.push(content)
    }
    return { ...one, frame: { firstLine, lines: shown } }
  })
}

/** A line by its number (from 1), cut to a readable length; `undefined` after the last one. */
type LineFinder = (line: number) => string | undefined

function lineFinder(text: string): LineFinder {
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
