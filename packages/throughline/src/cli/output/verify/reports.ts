import { extname } from 'node:path'
import { CannotRun } from '../../../cannot-run.ts'
import { verifyGithub } from './github.ts'
import { verifyHar } from './har.ts'
import { verifyHtml } from './html.ts'
import { verifyJson } from './json.ts'
import { verifyJunit } from './junit.ts'
import { verifyMarkdown } from './markdown.ts'
import { verifySarif } from './sarif.ts'
import type { VerifyShown } from './shown.ts'

export const verifyFormats = [
  'text',
  'json',
  'junit',
  'sarif',
  'har',
  'html',
  'markdown',
  'github',
] as const
export type VerifyFormat = (typeof verifyFormats)[number]

/** A run in one of the formats; `text` is what the caller writes for its terminal. */
export function verifyReport(format: VerifyFormat, shown: VerifyShown, text: () => string): string {
  switch (format) {
    case 'text':
      return text()
    case 'json':
      return verifyJson(shown.target, shown.report)
    case 'junit':
      return verifyJunit(shown)
    case 'sarif':
      return verifySarif(shown)
    case 'har':
      return verifyHar(shown)
    case 'html':
      return verifyHtml(shown)
    case 'markdown':
      return verifyMarkdown(shown)
    case 'github':
      return verifyGithub(shown)
  }
}

/** The format that the name of a file asks for. Throws `CannotRun` (TL9003) where it asks for none. */
export function formatOfFile(file: string): VerifyFormat {
  const name = file.toLowerCase()
  if (name.endsWith('.sarif.json')) return 'sarif'
  const found = byEnding.get(extname(name))
  if (found === undefined)
    throw new CannotRun(
      'TL9003',
      `\`--report ${file}\`: the ending says the format: ${[...byEnding.keys()].join(', ')}.`,
    )
  return found
}

const byEnding: ReadonlyMap<string, VerifyFormat> = new Map([
  ['.xml', 'junit'],
  ['.sarif', 'sarif'],
  ['.har', 'har'],
  ['.html', 'html'],
  ['.md', 'markdown'],
  ['.json', 'json'],
  ['.txt', 'text'],
])
