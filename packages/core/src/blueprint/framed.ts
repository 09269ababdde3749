import { located, type Diagnostic } from '../text/diagnostic.ts'
import type { FramedDiagnostic } from './blueprint.ts'
import { lineFinder, type LineFinder } from './line-finder.ts'

/** Lines shown before and after the one that is meant. */
const around = 2

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
