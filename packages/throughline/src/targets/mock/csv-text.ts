/** A list of objects as CSV (RFC 4180): a line of names, then a line for each. */
export function csvText(rows: readonly unknown[]): string {
  const names = new Set<string>()
  for (const row of rows)
    if (row !== null && typeof row === 'object' && !Array.isArray(row))
      for (const name of Object.keys(row)) names.add(name)
  const lines = names.size === 0 ? [] : [[...names]]
  for (const row of rows) {
    if (Array.isArray(row)) lines.push(row.map(cell))
    else if (row !== null && typeof row === 'object')
      lines.push([...names].map((name) => cell(Reflect.get(row, name))))
    else lines.push([cell(row)])
  }
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('')
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
