import type { Block, DocsPage, Inline } from './page.ts'
import type { Docs } from './docs-of.ts'

export interface BrokenLink {
  readonly page: string
  readonly to: string
  readonly reason: 'no such page' | 'no such place on it'
}

/** Watches pages go by and says in the end which of their links lead nowhere: each page is looked at once. */
export interface LinkCheck {
  readonly take: (page: DocsPage) => void
  readonly broken: () => readonly BrokenLink[]
}

export function linkCheck(docs: Docs): LinkCheck {
  const known = new Set(docs.heads.map(({ path }) => path))
  const anchors = new Map<string, ReadonlySet<string>>()
  const asked = new Map<
    string,
    { readonly page: string; readonly to: string; readonly anchor: string }
  >()
  const broken: BrokenLink[] = []
  return {
    take(page) {
      anchors.set(page.path, anchorsOf(page))
      for (const one of page.blocks.flatMap(inlinesOf)) {
        if (typeof one === 'string' || (one.kind !== 'page' && one.kind !== 'station')) continue
        if (!known.has(one.to)) broken.push({ page: page.path, to: one.to, reason: 'no such page' })
        // A field of a big answer may have no row: then the page itself is the place.
        else if (one.anchor !== undefined && !one.anchor.startsWith('f-'))
          asked.set(`${one.to}#${one.anchor}`, {
            page: page.path,
            to: one.to,
            anchor: one.anchor,
          })
      }
    },
    broken: () => [
      ...broken,
      ...[...asked.values()]
        .filter(({ to, anchor }) => anchors.get(to)?.has(anchor) === false)
        .map(({ page, to, anchor }) => ({
          page,
          to: `${to}#${anchor}`,
          reason: 'no such place on it' as const,
        })),
    ],
  }
}

function anchorsOf({ blocks }: DocsPage): ReadonlySet<string> {
  return new Set(blocks.flatMap((one) => (one.kind === 'heading' ? [one.id] : [])))
}

/** Every piece of text of a block. */
function inlinesOf(block: Block): readonly Inline[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'note':
    case 'quote':
    case 'lead':
      return block.text
    case 'list':
      return block.items.flat()
    case 'table':
      return block.rows.flat(2)
    case 'facts':
      return block.items.flatMap(({ text }) => text)
    case 'tabs':
      return block.items.flatMap(({ notes }) => notes.flat())
    case 'cards':
      return block.items.flatMap(({ to, title, text, badges }) => [
        { kind: 'page', to, text: title } as const,
        ...text,
        ...badges,
      ])
    case 'fields':
      return block.rows.flatMap(({ badges, description, usedBy }) => [
        ...badges,
        ...description,
        ...usedBy,
      ])
    case 'code':
    case 'line':
    case 'screen':
    case 'states':
    case 'budget':
      return []
  }
}
