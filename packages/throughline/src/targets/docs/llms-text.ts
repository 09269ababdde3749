import type { Docs, PageHead } from '@throughline/core'
import { escapedText } from './markdown.ts'

/** `llms.txt` (llmstxt.org): what there is to read, as Markdown with a link to the Markdown of each page. */
export function llmsText({ name, heads }: Docs): string {
  const [home, ...rest] = heads
  const sections = [
    ['Journeys', ['journey']],
    ['APIs', ['api', 'group']],
    ['Operations', ['operation']],
    ['For everyone', ['errors', 'policy', 'changes']],
  ] as const satisfies readonly (readonly [string, readonly PageHead['kind'][]])[]
  const parts = sections.flatMap(([title, kinds]) => {
    const found = rest.filter(({ kind }) => kinds.some((one) => one === kind))
    return found.length === 0 ? [] : [`## ${title}\n\n${found.map(line).join('\n')}`]
  })
  return `${[`# ${escapedText(name)}`, `> ${escapedText(home?.summary ?? '')}`, ...parts].join('\n\n')}\n`
}

function line({ path, title, summary, method }: PageHead): string {
  const words = `${method === undefined ? '' : `${method} `}${title}`
  return `- [${escapedText(words)}](${path}.md): ${escapedText(summary.replace(/\s+/g, ' '))}`
}
