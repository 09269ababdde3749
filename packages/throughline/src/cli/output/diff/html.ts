import type { Change, Graph, Report } from '@throughline/core'
import { many } from '../text.ts'
import { conclusions, headline } from './headline.ts'
import { impactLines, sectionsOf } from './sections.ts'

/** The report as one file that opens anywhere: no script, nothing from the network. */
export function diffHtml({ changes, summary }: Report, graph: Graph, title: string): string {
  const sections = sectionsOf(changes, graph, true)
  const parts = sections.journeys.map(
    ({ name, title: journey, owner, changes: touching }) =>
      `<section><h2>${text(journey)}${owner === undefined ? '' : ` <small>${text(owner)}</small>`}</h2><ul>${touching
        .map((one) => item(one, name))
        .join('')}</ul></section>`,
  )
  for (const level of ['breaking', 'warning', 'info'] as const) {
    const group = sections.rest.filter((one) => one.level === level)
    if (group.length === 0) continue
    const head = heads[level]
    parts.push(
      `<details${level === 'info' ? '' : ' open'}><summary>${head}: ${many(group.length, 'change')}</summary><ul>${group
        .map((one) => item(one))
        .join('')}</ul></details>`,
    )
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem } small { font-weight: normal; opacity: .75 }
ul { list-style: none; padding: 0 } li { padding: .4rem .75rem; margin: .25rem 0; border-left: 4px solid #8888 }
li.breaking { border-color: #d33 } li.warning { border-color: #c80 }
li p { margin: 0 } code { font-size: .9em } summary { cursor: pointer; margin-top: 1.5rem; font-weight: 600 }
</style>
</head>
<body>
<main>
<h1>${text(title)}</h1>
<p>${text(headline(summary))}</p>
<ul>${conclusions(summary)
    .map((line) => `<li>${text(line)}</li>`)
    .join('')}</ul>
${parts.join('\n')}
</main>
</body>
</html>
`
}

const heads = { breaking: 'Breaking', warning: 'Warnings', info: 'Other changes' } as const

function item({ level, message, code, impact }: Change, journey?: string): string {
  const steps =
    journey === undefined
      ? ''
      : impactLines(impact, journey)
          .map((one) => `<p>${text(one)}</p>`)
          .join('')
  return `<li class="${level}"><p><strong>${text(message)}</strong></p>${steps}<small>${level}, <code>${text(code)}</code></small></li>`
}

function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/`([^`]*)`/g, '<code>$1</code>')
}
