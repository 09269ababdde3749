import type { Docs, DocsPage, Text } from '@throughline/core'
import { blocksHtml, idsOnce, methodHtml, type Place } from './blocks.ts'
import { escaped } from '../../../escaped.ts'
import type { Navigation } from './navigation.ts'

/** Nothing but the site's own files: opened from a folder, `'self'` alone would forbid them in some browsers. */
const policy =
  "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data:; font-src 'self' file:; base-uri 'none'; form-action 'none'"

/** One page of the site. Every address in it is relative, so that it works from a folder. */
export function sitePage(
  docs: Docs,
  page: DocsPage,
  navigation: Navigation,
  pictures: ReadonlyMap<string, string>,
): string {
  const root = '../'.repeat(page.path.split('/').length - 1)
  let count = 0
  const address = (path: string, anchor?: string): string =>
    `${root}${path}.html${anchor === undefined ? '' : `#${anchor}`}`
  const place: Place = {
    page: address,
    picture(path) {
      const file = pictures.get(path)
      return file === undefined ? undefined : root + file
    },
    prefix: '',
    once: idsOnce(),
    next: () => ++count,
  }
  const title = page.kind === 'home' ? docs.name : `${page.title} · ${docs.name}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="description" content="${escaped(page.summary.slice(0, 300))}">
<meta name="generator" content="Throughline">
<title>${escaped(title)}</title>
<link rel="alternate" type="text/markdown" href="${escaped(`${root}${page.path}.md`)}">
<link rel="stylesheet" href="${root}assets/site.css">
<script src="${root}assets/theme.js"></script>
<script src="${root}assets/site.js" defer></script>
</head>
<body data-root="${root}">
<a class="skip" href="#content">To the content</a>
<header class="bar"><button type="button" class="menu" aria-expanded="false" aria-controls="pages" hidden>Pages</button><a class="brand" href="${root}index.html">${mark}<span>${escaped(docs.name)}</span></a><button type="button" class="search-open" hidden><span>Search</span><kbd>/</kbd></button><button type="button" class="theme" aria-label="Dark" aria-pressed="false" hidden>${moon}</button></header>
<div class="frame">
<nav class="pages" id="pages" aria-label="Pages">${navigation.html(page, address)}</nav>
<main id="content" tabindex="-1">
${trailHtml(page, navigation, address)}<h1>${page.method === undefined ? '' : `${methodHtml(page.method)} `}${escaped(page.title)}</h1>
${blocksHtml(page.blocks, place)}
<footer><p>Made from the files of ${escaped(docs.name)}: it is as new as they are. <a href="${escaped(`${root}${page.path}.md`)}">This page as Markdown</a></p></footer>
</main>
${contentsHtml(page)}</div>
</body>
</html>
`
}

const mark =
  '<svg viewBox="0 0 24 24" aria-hidden="true" class="mark"><path d="M2 16c5 0 5-8 10-8s5 8 10 8" class="mark-line"/><circle cx="12" cy="8" r="3.4" class="mark-ring"/></svg>'
const moon =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M13 9.6A5.6 5.6 0 0 1 6.4 3a5.6 5.6 0 1 0 6.600 6.600z"/></svg>'

function trailHtml(
  page: DocsPage,
  navigation: Navigation,
  address: (path: string) => string,
): string {
  const above = navigation.trail(page)
  return above.length === 0
    ? ''
    : `<nav class="trail" aria-label="Where this page is">${above
        .map(
          ({ path, title, kind }) =>
            `<a href="${escaped(address(path))}">${escaped(kind === 'home' ? 'Overview' : title)}</a>`,
        )
        .join('<span aria-hidden="true"> / </span>')}</nav>\n`
}

function contentsHtml({ blocks }: DocsPage): string {
  const headings = blocks.flatMap((one) => (one.kind === 'heading' && one.level === 2 ? [one] : []))
  if (headings.length < 2) return ''
  return `<nav class="contents" aria-label="On this page"><p class="nav-title">On this page</p><ul>${headings
    .map(({ id, text }) => `<li><a href="#${escaped(id)}">${escaped(wordsOf(text))}</a></li>`)
    .join('')}</ul></nav>\n`
}

function wordsOf(text: Text): string {
  return text.map((one) => (typeof one === 'string' ? one : one.text)).join('')
}
