import type { Docs, Picture } from '@throughline/core'
import { navigationOf } from './html/navigation.ts'
import { siteScript, themeScript } from './html/script.ts'
import { sitePage } from './html/site-page.ts'
import { siteStyle, type SiteFont } from './html/style.ts'
import { llmsText } from './llms-text.ts'
import { markdownOf } from './markdown.ts'

/** A file of the site. `path` is relative to its folder and uses `/`. */
export interface SiteFile {
  readonly path: string
  readonly content: string | Uint8Array
}

export interface SiteOptions {
  readonly fonts?: readonly { readonly family: SiteFont['family']; readonly bytes: Uint8Array }[]
  /** A file of the workspace or of the evidence, as it is; `undefined` where it can't be read. */
  readonly readPicture?: (path: string) => Uint8Array | undefined
}

/** Every file of the static site, one after the other: pages, their Markdown, the search's index, style, script. */
export function* siteFiles(docs: Docs, options: SiteOptions = {}): Generator<SiteFile> {
  const fonts = (options.fonts ?? []).map(({ family, bytes }) => ({
    family,
    bytes,
    file: family === 'Inter Variable' ? 'inter.woff2' : 'jetbrains-mono.woff2',
  }))
  for (const { file, bytes } of fonts) yield { path: `assets/${file}`, content: bytes }
  yield { path: 'assets/site.css', content: siteStyle(fonts) }
  yield { path: 'assets/theme.js', content: themeScript }
  yield { path: 'assets/site.js', content: siteScript }
  const navigation = navigationOf(docs)
  const pictures = new Map<string, string>()
  const found: SearchEntry[] = []
  for (const head of docs.heads) {
    const page = docs.page(head.path)
    if (page === undefined) continue
    for (const path of picturesOf(page.blocks)) {
      if (pictures.has(path)) continue
      const bytes = options.readPicture?.(path)
      const ending = bytes === undefined ? undefined : pictureEnding(bytes)
      if (bytes === undefined || ending === undefined) continue
      const file = `assets/pictures/${pictures.size + 1}.${ending}`
      pictures.set(path, file)
      yield { path: file, content: bytes }
    }
    yield { path: `${page.path}.html`, content: sitePage(docs, page, navigation, pictures) }
    const up = '../'.repeat(page.path.split('/').length - 1)
    yield {
      path: `${page.path}.md`,
      content: markdownOf(
        page,
        (path, anchor) => `${up}${path}.md${anchor === undefined ? '' : `#${anchor}`}`,
      ),
    }
    found.push([
      `${page.path}.html`,
      kindWords[page.kind],
      page.title,
      page.method ?? '',
      page.kind === 'operation' ? page.words : `${page.summary} ${page.words}`.slice(0, 1200),
    ])
    if (page.kind === 'journey')
      for (const block of page.blocks)
        if (block.kind === 'heading' && block.level === 2)
          found.push([
            `${page.path}.html#${block.id}`,
            page.title,
            block.text.map((one) => (typeof one === 'string' ? one : one.text)).join(''),
            '',
            '',
          ])
  }
  yield { path: 'assets/search.js', content: `window.throughlineDocs = ${scriptJson(found)}\n` }
  yield { path: 'llms.txt', content: llmsText(docs) }
}

type SearchEntry = readonly [
  path: string,
  kind: string,
  title: string,
  method: string,
  words: string,
]

const kindWords = {
  home: 'Overview',
  journey: 'Journey',
  api: 'API',
  group: 'Group',
  operation: 'Operation',
  errors: 'Catalogue',
  policy: 'Policy',
  changes: 'Changes',
} as const

/** JSON that stays data wherever a script element holds it. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}

export function* picturesOf(
  blocks: NonNullable<ReturnType<Docs['page']>>['blocks'],
): Generator<string> {
  const file = (picture: Picture): readonly string[] =>
    picture.kind === 'file' ? [picture.path] : []
  for (const block of blocks) {
    if (block.kind === 'screen') yield* file(block.picture)
    else if (block.kind === 'states') for (const { picture } of block.items) yield* file(picture)
  }
}

/** What kind of picture it is, by its first bytes; an SVG may hold scripts, so none is taken. */
export function pictureEnding(bytes: Uint8Array): 'png' | 'jpg' | 'gif' | 'webp' | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12))
  if (start.startsWith('\u0089PNG')) return 'png'
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'jpg'
  if (start.startsWith('GIF8')) return 'gif'
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'webp' : undefined
}
