import type { Docs } from '@throughline/core'
import { llmsText } from './llms-text.ts'
import { markdownOf } from './markdown.ts'
import type { SiteFile } from './site-files.ts'

/** Every page as a Markdown file, linked to each other: for a repository, or to be read by a program. */
export function* markdownFiles(docs: Docs): Generator<SiteFile> {
  for (const { path } of docs.heads) {
    const page = docs.page(path)
    if (page === undefined) continue
    const up = '../'.repeat(path.split('/').length - 1)
    yield {
      path: `${path}.md`,
      content: markdownOf(
        page,
        (to, anchor) => `${up}${to}.md${anchor === undefined ? '' : `#${anchor}`}`,
      ),
    }
  }
  yield { path: 'llms.txt', content: llmsText(docs) }
}
