import { pictureId, type AuditReport, type Cell } from '../../../targets/audit/audit.ts'
import { faultKinds } from '../../../targets/audit/fault.ts'
import type { Verdict } from '../../../targets/audit/judge.ts'
import { many } from '../text.ts'
import { meanings } from './meanings.ts'
import { cellFor, countsOf, kindWords, rowsOf } from './counts.ts'

/** The report as one file that opens anywhere, pictures inside: no script, nothing from the network. */
export function auditHtml(report: AuditReport, fresh: readonly Cell[]): string {
  const { cells, screens, notes, app, stopped } = report
  const bad = cells.filter((cell) => cell.bad)
  const isNew = new Set(fresh)
  const kinds = faultKinds.filter((kind) => cells.some((cell) => cell.kind === kind))
  const rows = rowsOf(cells)
  const told =
    cells.length === 0 ? 0 : Math.round(((cells.length - bad.length) / cells.length) * 100)
  const anchors = new Map(cells.map((cell, index) => [cell, `cell-${index + 1}`]))
  const pictures = picturesOf(report)
  const shown = new Map<string, Cell>()
  // Every bad cell is seen, and one good one of each kind for each call.
  const pictured = new Set([
    ...bad,
    ...[
      ...Map.groupBy(
        cells.filter((cell) => !cell.bad),
        ({ screen, call, verdict }) => `${screen}\n${call}\n${verdict}`,
      ).values(),
    ].map(([first]) => first!),
  ])

  const matrix = rows
    .map(
      ({ screen, call, cells: row }) =>
        `<tr><th scope="row"><b>${text(screen)}</b><br><code>${text(call)}</code></th>${kinds
          .map((kind) => {
            const cell = cellFor(row, kind)
            if (cell === undefined)
              return '<td class="none"><span aria-label="does not apply">–</span></td>'
            return `<td class="${cell.bad ? 'bad' : 'good'}"><a href="#${anchors.get(cell)}">${cell.bad ? '<span aria-hidden="true">✕ </span>' : ''}${text(cell.verdict)}</a></td>`
          })
          .join('')}</tr>`,
    )
    .join('\n')

  const details = screens
    .map(({ screen, title, picture }) => {
      const own = cells.filter((cell) => cell.screen === screen)
      if (own.length === 0) return ''
      const [wrong, right] = [own.filter((cell) => cell.bad), own.filter((cell) => !cell.bad)]
      return `<section><h2>${text(screen)} <small>${text(title)}</small></h2>
${picture === undefined ? '' : `<figure class="healthy">${image(picture, `${screen} on a good day`)}<figcaption>On a good day</figcaption></figure>`}
${wrong.length === 0 ? '<p class="fine">Whatever fails here, people are told or do not notice.</p>' : wrong.map(item).join('\n')}
${right.length === 0 ? '' : `<details><summary>${many(right.length, 'cell')} where people are looked after</summary>${right.map(item).join('\n')}</details>`}</section>`
    })
    .join('\n')

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>What people see when the API fails: ${text(app)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --bad: #b3261e; --good: #146c2e; --line: #8886; --tint: #b3261e14 }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #7bd88f; --tint: #ff8a8018 } }
body { max-width: 78rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 } h2 { font-size: 1.2rem; margin: 3rem 0 1rem; border-top: 1px solid var(--line); padding-top: 1.5rem }
h3 { font-size: 1rem; margin: 0 } small { font-weight: normal; opacity: .8 } p { margin: .25rem 0 } code { font-size: .85em }
.sum { font-size: 1.15rem; margin: .75rem 0 1.5rem } .counts { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; list-style: none; padding: 0 }
.counts b { font-size: 1.4rem } .bad b, b.bad, td.bad a { color: var(--bad) } .good b, td.good a { color: var(--good) }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: .85rem }
th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top } td.bad { background: var(--tint) }
thead th { font-weight: 600; vertical-align: bottom } tbody th { font-weight: normal; min-width: 13rem; overflow-wrap: anywhere }
td a { text-decoration: none } td a:hover, td a:focus { text-decoration: underline } td.bad a { font-weight: 700 }
article { display: grid; grid-template-columns: 18rem 1fr; gap: 1rem; padding: 1rem; margin: 1rem 0; border: 1px solid var(--line); border-left: 5px solid var(--good); border-radius: 4px }
article.bad { border-left-color: var(--bad) } article:target { outline: 3px solid; outline-offset: 2px } article.bare { grid-template-columns: 1fr }
@media (max-width: 45rem) { article { grid-template-columns: 1fr } }
img { width: 100%; border: 1px solid var(--line); border-radius: 3px; display: block; background: #fff } figure { margin: 0 } figcaption { font-size: .8rem }
.healthy { max-width: 26rem } .tag { display: inline-block; border: 1px solid; border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; font-weight: 700; color: var(--good) } .bad > div > p > .tag { color: var(--bad) }
summary { cursor: pointer; margin: 1rem 0; font-weight: 600 } .id { opacity: .8; overflow-wrap: anywhere } dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dt { font-weight: 700 } dd { margin: 0 }
</style>
</head>
<body>
<main>
<h1>What people see when the API fails</h1>
<p class="sum">${text(app)}: each of its calls was made to fail in each of ${kinds.length} ways, ${many(cells.length, 'time')} in all. ${
    bad.length === 0
      ? 'People were told, or did not notice, every time.'
      : `People were looked after <b>${told} %</b> of the time; <b class="bad">${many(bad.length, 'time')}</b> they were left alone${fresh.length === bad.length ? '' : ` (${fresh.length} new)`}.`
  }${stopped ? ' Somebody ended the audit early: this is what was seen so far.' : ''}</p>
<ul class="counts">${countsOf(cells)
    .map(
      ([verdict, count]) =>
        `<li class="${isBadWord(verdict, cells) ? 'bad' : 'good'}"><b>${count}</b> ${verdict}</li>`,
    )
    .join('')}</ul>
<div class="scroll" tabindex="0" role="region" aria-label="Every screen and call by what goes wrong"><table>
<thead><tr><th scope="col">Screen and call</th>${kinds.map((kind) => `<th scope="col">${kindWords[kind]}</th>`).join('')}</tr></thead>
<tbody>
${matrix}
</tbody>
</table></div>
<details><summary>What the words mean</summary><dl>${Object.entries(meanings)
    .map(([word, meaning]) => `<dt>${word}</dt><dd>${meaning}</dd>`)
    .join('')}</dl></details>
${notes.length === 0 ? '' : `<details><summary>${many(notes.length, 'note')}</summary><ul>${notes.map((note) => `<li>${text(note)}</li>`).join('')}</ul></details>`}
${details}
</main>
</body>
</html>
`

  function item(cell: Cell): string {
    const { bad: isBad, verdict, call, words, why, promised, id, step } = cell
    const same = cell.picture && shown.get(pictureId(cell.picture))
    const picture = same === undefined && pictured.has(cell) ? cell.picture : undefined
    if (picture !== undefined) shown.set(pictureId(picture), cell)
    return `<article id="${anchors.get(cell)}" class="${isBad ? 'bad' : 'good'}${picture === undefined ? ' bare' : ''}">
${picture === undefined ? '' : `<figure>${image(picture, `${cell.screen} when ${call} ${words}: ${verdict}`)}</figure>`}
<div><h3>${text(call)} ${text(words)}</h3>
<p><span class="tag">${text(verdict)}</span>${isBad && !isNew.has(cell) ? ' <small>known</small>' : ''}${step === undefined ? '' : ` <small>step ${text(step)}</small>`}</p>
<p>${text(why)}</p>
${isBad && same !== undefined ? `<p>It looks <a href="#${anchors.get(same)}">as when ${text(same.call)} ${text(same.words)}</a>.</p>` : ''}
${promised === undefined ? '' : `<p><b>The journey promises:</b> ${text(promised)}</p>`}
<p class="id"><small>Try again: <code>throughline audit ${text(app)} --cell '${text(id.replaceAll("'", ''))}'</code></small></p></div></article>`
  }

  function image(picture: Buffer, alternative: string): string {
    return `<img loading="lazy" alt="${text(alternative)}" src="${pictures.get(pictureId(picture))!}">`
  }
}

function picturesOf({ screens, cells }: AuditReport): ReadonlyMap<string, string> {
  return new Map(
    [...screens, ...cells].flatMap(({ picture }) =>
      picture === undefined
        ? []
        : [[pictureId(picture), `data:image/jpeg;base64,${picture.toString('base64')}`] as const],
    ),
  )
}

function isBadWord(verdict: Verdict, cells: readonly Cell[]): boolean {
  return cells.some((cell) => cell.bad && cell.verdict === verdict)
}

function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
