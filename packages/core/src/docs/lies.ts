import { plainText } from './markdown-blocks.ts'
import type { DocsPage } from './page.ts'

/** Something on a page that is not so. */
export interface DocsLie {
  readonly page: string
  readonly message: string
}

/** Examples that break the schema they stand for. */
export function liesOn(page: DocsPage): readonly DocsLie[] {
  return page.blocks.flatMap((block) =>
    block.kind === 'tabs'
      ? block.items.flatMap(({ label, notes }) =>
          notes
            .filter(([first]) => typeof first === 'object' && first.kind === 'badge')
            .map((note) => ({
              page: page.path,
              message: `the example “${label}” ${plainText(note)}`,
            })),
        )
      : [],
  )
}
