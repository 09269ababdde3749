import { compile, type Compilation } from '../src/compile.ts'
import { located } from '../src/text/diagnostic.ts'
import { filesOf } from './in-memory-files.ts'

export interface CompiledMarked {
  /** `checkout.journey.yaml:9:20-9:36 TL2001`, in the order of files, lines and columns. */
  readonly actual: readonly string[]
  readonly expected: readonly string[]
}

/**
 * Compiles a workspace written as one text, and compares what is found with marks in that text.
 * A comment that is a path begins a file: `# checkout.journey.yaml` (or `// ...`). A comment of carets under a line marks
 * what a diagnostic underlines, and is taken out before compiling:
 *
 *     calls: [getCart, getCrat]
 *   #                  ^^^^^^^ TL2001
 *
 * Contracts alone are compiled as bare contracts. Beside journeys and the like, where no `throughline.yaml` is given, one is
 * made up that names each contract by its file (`store` for `store.openapi.yaml`). Only `codes` are compared, when given.
 * Today is 2026-06-01.
 */
export function compileMarked(text: string, codes?: readonly string[]): CompiledMarked {
  const { files, marks } = parted(text)
  const found = located(compiled(files).diagnostics).map((one): Mark => {
    const { start, end } = one.range
    // A mark stands under one line: what goes on below is marked to the end of its first line.
    const lineEnd = (files[one.file]?.split('\n')[start.line - 1] ?? '').trimEnd().length + 1
    const to = end.line === start.line ? end.column : lineEnd
    return { file: one.file, line: start.line, from: start.column, to, code: one.code }
  })
  const wanted = (mark: Mark): boolean => codes === undefined || codes.includes(mark.code)
  return { actual: written(found.filter(wanted)), expected: written(marks.filter(wanted)) }
}

/** Compiles the files of a text as `compileMarked` does. */
export function compiled(files: Readonly<Record<string, string>>): Compilation {
  const paths = Object.keys(files)
  const contracts = paths.filter((path) => !isOurs(path))
  const now = new Date('2026-06-01T12:00:00Z')
  if (contracts.length === paths.length) return compile(filesOf(files), { now, contracts })
  if (paths.includes('throughline.yaml')) return compile(filesOf(files), { now })
  const apis = contracts.map(
    (path) => `  ${path.slice(path.lastIndexOf('/') + 1).split('.')[0]}: { contract: ${path} }\n`,
  )
  const workspace = `throughline: 1\nname: Shop\n${apis.length > 0 ? `apis:\n${apis.join('')}` : ''}`
  return compile(filesOf({ ...files, 'throughline.yaml': workspace }), { now })
}

function isOurs(path: string): boolean {
  return /(\.(journey|scenario|waiver|proposal|comment|sign-off|decision)|^policy|^throughline)\.yaml$|^personas\//.test(
    path,
  )
}

interface Mark {
  readonly file: string
  readonly line: number
  readonly from: number
  readonly to: number
  readonly code: string
}

/** A text with several files, taken apart: their texts without marks, and the marks. */
export function parted(text: string): {
  readonly files: Readonly<Record<string, string>>
  readonly marks: readonly Mark[]
} {
  const files: Record<string, string[]> = {}
  const marks: Mark[] = []
  let path = 'openapi.yaml'
  const indent = indentOf(text)
  for (const written of text.split('\n')) {
    const line = written.slice(Math.min(indent, written.length - written.trimStart().length))
    const header = /^(?:#|\/\/) ([\w./-]+\.(?:ya?ml|json|graphql))$/.exec(line.trim())
    const carets = /^\s*(?:#|\/\/)(\s*)(\^+) (TL\d{4})/.exec(line)
    if (header !== null) path = header[1]!
    else if (carets !== null) {
      const from = written.indexOf('^') - indent + 1
      marks.push({
        file: path,
        line: (files[path] ?? []).length,
        from,
        to: from + carets[2]!.length,
        code: carets[3]!,
      })
    } else if (files[path] !== undefined || line.trim() !== '') (files[path] ??= []).push(line)
  }
  return {
    files: Object.fromEntries(
      Object.entries(files).map(([name, lines]) => [name, `${lines.join('\n').trimEnd()}\n`]),
    ),
    marks,
  }
}

/** How far the whole text is indented; marks may stand further left. */
function indentOf(text: string): number {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s*(#|\/\/)\s*\^/.test(line))
  return Math.min(...lines.map((line) => line.length - line.trimStart().length))
}

function written(marks: readonly Mark[]): readonly string[] {
  return marks
    .toSorted(
      (a, b) =>
        a.file.localeCompare(b.file, 'en') ||
        a.line - b.line ||
        a.from - b.from ||
        a.code.localeCompare(b.code, 'en'),
    )
    .map(({ file, line, from, to, code }) => `${file}:${line}:${from}-${line}:${to} ${code}`)
}
