export interface CsvRow {
  /** Where it begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** The rows of a CSV text (RFC 4180), separated by comma, semicolon or tab as its first line is. A quote that is never closed ends with its line. */
export function csvRows(text: string): readonly CsvRow[] {
  const plain = text.replace(/^\uFEFF/, '')
  const first = plain.slice(0, plain.search(/\r?\n|$/))
  const separator = [',', ';', '\t'].toSorted(
    (a, b) => first.split(b).length - first.split(a).length,
  )[0]!
  const rows: CsvRow[] = []
  let line = 1
  for (let at = 0; at < plain.length;) {
    const began = line
    const cells: string[] = []
    for (;;) {
      let cell = ''
      const closing = plain[at] === '"' ? closingQuote(plain, at) : -1
      if (closing !== -1) {
        cell = plain.slice(at + 1, closing).replaceAll('""', '"')
        line += cell.split('\n').length - 1
        at = closing + 1
      }
      const rest = at
      while (at < plain.length && plain[at] !== separator && plain[at] !== '\n') at++
      cell += plain.slice(rest, at).replace(/\r$/, '')
      cells.push(cell)
      if (plain[at] !== separator) break
      at++
    }
    at++
    line++
    if (cells.some((cell) => cell !== '')) rows.push({ line: began, cells })
  }
  return rows
}

/** Longer than anybody writes into one field. */
const longestCell = 100_000

function closingQuote(text: string, from: number): number {
  for (let at = from + 1; ; at += 2) {
    at = text.indexOf('"', at)
    if (at === -1 || at - from > longestCell) return -1
    if (text[at + 1] !== '"') return at
  }
}
