import { createHash } from 'node:crypto'
import type { Docs, DocsPage } from '@throughline/core'
import { blocksHtml, idsOnce, methodHtml, type Place } from './blocks.ts'
import { escaped } from '../../../escaped.ts'
import { siteStyle } from './style.ts'

/** All pages as one file that opens anywhere: no script, nothing from the network; pictures stand inside it. */
export function oneFile(
  docs: Docs,
  pages: Iterable<DocsPage>,
  pictures: ReadonlyMap<string, string>,
): string {
  const style = `${siteStyle([])}\n${own}`
  const hash = createHash('sha256').update(style).digest('base64')
  let count = 0
  const idOf = (path: string): string => `page-${path.replaceAll('/', '-')}`
  const parts: string[] = []
  for (const page of pages) {
    const place: Place = {
      page: (path, anchor) => `#${idOf(path)}${anchor === undefined ? '' : `-${anchor}`}`,
      picture: (path) => pictures.get(path),
      prefix: `${idOf(page.path)}-`,
      once: idsOnce(),
      next: () => ++count,
    }
    parts.push(
      `<section class="page" id="${escaped(idOf(page.path))}"><h1>${page.method === undefined ? '' : `${methodHtml(page.method)} `}${escaped(page.title)}</h1>\n${blocksHtml(page.blocks, place)}</section>`,
    )
  }
  const list = docs.heads
    .map(
      ({ path, title, method }) =>
        `<li><a href="#${escaped(idOf(path))}">${method === undefined ? '' : `${methodHtml(method)} `}${escaped(title)}</a></li>`,
    )
    .join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="generator" content="Throughline">
<title>${escaped(docs.name)}</title>
<style>${style}</style>
</head>
<body class="one-file">
<header class="bar"><span class="brand">${escaped(docs.name)}</span></header>
<main>
<details class="all-pages"><summary>All pages (${docs.heads.length.toLocaleString('en')})</summary><ul>${list}</ul></details>
${parts.join('\n')}
</main>
</body>
</html>
`
}

const own = `:root { color-scheme: light dark }
.one-file main { max-width: 940px; margin: 0 auto; padding: 24px }
.one-file .page { padding: 32px 0; border-top: 1px solid var(--hair); content-visibility: auto; contain-intrinsic-size: auto 900px }
.one-file .all-pages { margin-bottom: 24px }
@media print { .one-file .page { break-before: page; content-visibility: visible } .one-file .all-pages { display: none } }`
