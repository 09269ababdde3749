import type { Problem } from './problem.ts'

/**
 * A text as its own side of each unresolved git merge conflict has it, and where these conflicts begin. The lines of
 * the markers and of the other side become spaces, so that every offset still holds. Only whole conflicts with
 * markers at the start of their lines count; lines like `=======` in between other text stay.
 */
export function withoutConflicts(text: string): {
  readonly text: string
  readonly problems: readonly Problem[]
} {
  const unchanged = { text, problems: [] }
  if (!text.startsWith('<<<<<<< ') && !text.includes('\n<<<<<<< ')) return unchanged
  const lines = text.split('\n')
  const problems: Problem[] = []
  let offset = 0
  let open: { line: number; start: number; end: number; other?: number } | undefined
  for (const [index, line] of lines.entries()) {
    const end = offset + line.trimEnd().length
    if (line.startsWith('<<<<<<< ')) open = { line: index, start: offset, end }
    else if (open && /^(?:={7}|\|{7}.*)\r?$/.test(line)) open.other ??= index
    else if (open?.other !== undefined && line.startsWith('>>>>>>> ')) {
      lines[open.line] = blank(lines[open.line] ?? '')
      for (let other = open.other; other <= index; other++) lines[other] = blank(lines[other] ?? '')
      problems.push({ start: open.start, end: open.end, problem: advice(open.line, index) })
      open = undefined
    }
    offset += line.length + 1
  }
  return problems.length === 0 ? unchanged : { text: lines.join('\n'), problems }
}

function blank(line: string): string {
  return line.replaceAll(/[^\r]/g, ' ')
}

function advice(first: number, last: number): string {
  return `A git merge conflict stands in lines ${first + 1} to ${last + 1}. Keep the lines that hold, and delete the markers \`<<<<<<<\`, \`=======\` and \`>>>>>>>\`. Until then the upper side is read.`
}
