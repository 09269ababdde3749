import { CannotRun } from '../../../cannot-run.ts'
import type { Values } from './collection.ts'

/** The rows of a data file: the collection runs once for each. JSON (a list of objects) or CSV (RFC 4180) with a line of names. */
export function iterationsIn(text: string, file: string): readonly Values[] {
  const rows = /^\s*[[{]/.test(text) ? fromJson(text, file) : fromCsv(text)
  if (rows.length === 0)
    throw new CannotRun(
      'TL9003',
      `${file} has no rows: a line of names, then one line for each run.`,
    )
  if (rows.length > most)
    throw new CannotRun('TL9003', `${file} has ${rows.length} rows; ${most} can be run at most.`)
  return rows
}

const most = 10_000

function fromJson(text: string, file: string): readonly Values[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new CannotRun(
      'TL9003',
      `${file} is no JSON: ${error instanceof Error ? error.message.split('\n')[0]! : ''}`,
    )
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.map((row, index) => {
    if (row === null || typeof row !== 'object' || Array.isArray(row))
      throw new CannotRun('TL9003', `${file}: row ${index + 1} is no object of names and values.`)
    return new Map(
      Object.entries(row).map(([name, one]: [string, unknown]) => [
        name,
        typeof one === 'string' ? one : JSON.stringify(one),
      ]),
    )
  })
}

function fromCsv(text: string): readonly Values[] {
  const [names = [], ...rows] = cellsOf(text.replace(/^\uFEFF/, ''))
  return rows
    .filter((row) => row.some((cell) => cell !== ''))
    .map((row) => new Map(names.map((name, at) => [name.trim(), row[at] ?? ''])))
}

function cellsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endRow = (): void => {
    row.push(cell)
    rows.push(row)
    row = []
    cell = ''
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === ',') {
      row.push(cell)
      cell = ''
    } else if (char === '\n') endRow()
    else if (char !== '\r') cell += char
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}
