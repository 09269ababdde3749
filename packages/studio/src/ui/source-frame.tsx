import type { FramedDiagnostic } from '@throughline/core'

/** The lines around a problem, numbered, with the wrong part marked. */
export function SourceFrame({ of: { file, range, frame } }: { readonly of: FramedDiagnostic }) {
  const margin = marginOf(frame.lines)
  return (
    <figure className="source-frame">
      <figcaption>
        <code>
          {file}:{range.start.line}:{range.start.column}
        </code>
      </figcaption>
      {/* A long line scrolls by itself: a scrollable area must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} role="group" aria-label={`${file}, line ${range.start.line}`}>
        {frame.lines.map((line, index) => {
          const number = frame.firstLine + index
          const [before, wrong, after] = splitAt(line, number, range)
          const kept = before.slice(Math.min(margin, before.length))
          return (
            <span
              key={number}
              className={number === range.start.line ? 'frame-line here' : 'frame-line'}
            >
              <span className="frame-number" aria-hidden="true">
                {number}
              </span>
              <span className="frame-text">
                {kept}
                {wrong !== '' && <mark>{wrong}</mark>}
                {after}
                {'\n'}
              </span>
            </span>
          )
        })}
      </pre>
    </figure>
  )
}

/** Spaces that all lines begin with: they would only push the wrong part out of sight. */
export function marginOf(lines: readonly string[]): number {
  const indents = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length)
  return indents.length === 0 ? 0 : Math.min(...indents)
}

/** The parts of a line before, inside and after a range that may start or end on other lines. Columns count from 1. */
export function splitAt(
  line: string,
  number: number,
  { start, end }: FramedDiagnostic['range'],
): readonly [string, string, string] {
  if (number < start.line || number > end.line) return [line, '', '']
  const indent = line.length - line.trimStart().length
  const from = number === start.line ? start.column - 1 : indent
  const to = number === end.line ? Math.max(end.column - 1, from) : line.length
  return [line.slice(0, from), line.slice(from, to), line.slice(to)]
}
