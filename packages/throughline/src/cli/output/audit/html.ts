import { pictureId, type AuditReport, type Cell } from '../../../targets/audit/audit.ts'
import { faultKinds } from '../../../targets/audit/fault.ts'
import { isBad, type Verdict } from '../../../targets/audit/judge.ts'
import { many } from '../text.ts'
import { cellFor, countsOf, kindWords, rowsOf } from './counts.ts'
import { style } from './html-style.ts'
import { meanings } from './meanings.ts'

/** The report as one file that opens anywhere, pictures inside: no script, nothing from the network. */
export function auditHtml(report: AuditReport, fresh: readonly Cell[]): string {
  const { cells, screens, notes, app, stopped } = report
  const bad = cells.filter((cell) => cell.bad)
  const isNew = new Set(fresh)
  const pictures = picturesOf(report)
  const anchors = anchorsOf(cells)
  const told = cells.length - bad.length
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>What people see when something fails: ${text(app)}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="app">${text(app)}</p>
<h1>What people see when something fails</h1>
${lead()}
</header>
<main>
${screens.map(section).join('\n')}
${cells.length === 0 ? '' : overview()}
<section class="plain"><h2>What the words mean</h2><dl>${Object.entries(meanings)
    .map(
      ([word, meaning]) =>
        `<div><dt class="${isBad(word as Verdict) ? 'bad' : 'good'}">${word}</dt><dd>${meaning}</dd></div>`,
    )
    .join('')}</dl></section>
${notes.length === 0 ? '' : `<section class="plain"><h2>What could not be judged</h2><ul>${notes.map((note) => `<li>${text(note)}</li>`).join('')}</ul></section>`}
</main>
</body>
</html>
`

  function lead(): string {
    if (cells.length === 0) return '<p class="lead">There was nothing to judge.</p>'
    const share = Math.round((told / cells.length) * 100)
    const words =
      bad.length === 0
        ? `Each call behind ${many(screens.length, 'screen')} was made to fail, ${many(cells.length, 'time')} in all. <b class="good">Every time people were told, or had no reason to notice.</b>`
        : `Each call behind ${many(screens.length, 'screen')} was made to fail, ${many(cells.length, 'time')} in all. People were looked after <b class="good">${told} times</b>, and left alone <b class="bad">${many(bad.length, 'time')}</b>${fresh.length === bad.length ? '' : ` (${fresh.length} new since the last report)`}.`
    return `<p class="lead">${words}${stopped ? ' Somebody ended it early: this is what was seen so far.' : ''}</p>
<div class="bar" role="img" aria-label="Looked after ${share} %, left alone ${100 - share} %"><span style="width:${share}%"></span></div>
<ul class="counts">${countsOf(cells)
      .map(
        ([verdict, count]) =>
          `<li class="${isBad(verdict) ? 'bad' : 'good'}"><b>${count}</b> ${verdict}</li>`,
      )
      .join('')}</ul>
${
  screens.length < 2
    ? ''
    : `<nav aria-label="Screens"><ul>${screens
        .map(({ screen, title }, index) => {
          const own = cells.filter((cell) => cell.screen === screen)
          const wrong = own.filter((cell) => cell.bad).length
          return `<li><a href="#screen-${index + 1}">${text(title === '' ? screen : title)} <small>${text(screen)}</small></a> <span class="${wrong > 0 ? 'bad' : 'good'}">${own.length === 0 ? 'not judged' : wrong > 0 ? `${wrong} of ${own.length} leave people alone` : 'people are looked after'}</span></li>`
        })
        .join('')}</ul></nav>`
}`
  }

  function section(
    { screen, title, picture, calls }: AuditReport['screens'][number],
    index: number,
  ): string {
    const own = cells.filter((cell) => cell.screen === screen)
    const wrong = groupsOf(own.filter((cell) => cell.bad))
    const right = groupsOf(own.filter((cell) => !cell.bad))
    const steps = [...new Set(own.flatMap(({ step }) => step ?? []))]
    const asked = own.length === 0 ? calls : [...new Set(own.map(({ call }) => call))]
    return `<section id="screen-${index + 1}"><h2>${text(title === '' ? screen : title)} <small>${text(screen)}</small></h2>
<div class="screen">
${picture === undefined ? '' : `<figure>${image(picture, `${screen} on a good day`)}<figcaption>On a good day</figcaption></figure>`}
<div>${steps.length === 0 ? '' : `<p>It is the step ${steps.map((step) => `<b>${text(step)}</b>`).join(', ')} of a journey.</p>`}
<p>It asks for ${asked.length === 0 ? 'nothing' : asked.map((call) => `<code>${text(call)}</code>`).join(', ')}.</p>
${own.length > 0 && wrong.length === 0 ? '<p class="fine">Whatever fails here, people are told or have no reason to notice.</p>' : ''}</div></div>
${wrong.map((group) => card(group, 'h3')).join('\n')}
${
  right.length === 0
    ? ''
    : `<details><summary>${many(
        right.reduce((sum, group) => sum + group.length, 0),
        'time',
      )} people are looked after here</summary>${right.map((group) => card(group, 'h3')).join('\n')}</details>`
}</section>`
  }

  /** What looks the same to people is told once, with all the ways that lead there. */
  function card(group: readonly Cell[], heading: string): string {
    const first = group.find(({ picture }) => picture !== undefined) ?? group[0]!
    const { verdict, call, why, needs, step, picture } = first
    const promises = [...new Set(group.flatMap(({ promised }) => promised ?? []))]
    const known = group.filter((cell) => cell.bad && !isNew.has(cell)).length
    return `<article class="${first.bad ? 'bad' : 'good'}${picture === undefined ? ' bare' : ''}">
${picture === undefined ? '' : `<figure>${image(picture, `${first.screen} when ${call} ${first.words}: ${verdict}`)}</figure>`}
<div><${heading}><span class="tag">${text(verdict)}</span> ${text(headline(first))}</${heading}>
<p>${text(why)}</p>
<p>When <b>${text(call)}</b>:</p>
<ul class="ways">${group
      .map(
        (cell) =>
          `<li id="${anchors.get(cell)}">${text(cell.words).replaceAll(/`([^`]+)`/g, '<code>$1</code>')}${cell.sent === undefined ? '' : `, asked ${cell.sent} times`}</li>`,
      )
      .join('')}</ul>
${promises.length === 0 ? '' : `<p class="promise"><b>The journey promises:</b> ${promises.map(text).join(' · ')}</p>`}
${step === undefined ? '' : `<p><small>Step ${text(step)}${needs === undefined ? '' : ` needs ${needs.slice(0, 8).map(text).join(', ')}`}</small></p>`}
${known > 0 ? `<p><small>${known === group.length ? 'Known already' : `${known} known already`}</small></p>` : ''}
<p class="id"><small>Look again: <code>throughline audit ${text(app)} --cell '${text(first.id.replaceAll("'", ''))}'</code></small></p></div></article>`
  }

  function overview(): string {
    const kinds = faultKinds.filter((kind) => cells.some((cell) => cell.kind === kind))
    return `<section><h2>All of it at a glance</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Every screen and call by what goes wrong"><table>
<thead><tr><th scope="col">Screen and call</th>${kinds.map((kind) => `<th scope="col">${kindWords[kind]}</th>`).join('')}</tr></thead>
<tbody>
${rowsOf(cells)
  .map(
    ({ screen, call, cells: row }) =>
      `<tr><th scope="row"><b>${text(screen)}</b><br><code>${text(call)}</code></th>${kinds
        .map((kind) => {
          const cell = cellFor(row, kind)
          if (cell === undefined)
            return '<td class="none"><span class="sr">does not apply</span></td>'
          return `<td class="${cell.bad ? 'bad' : 'good'}"><a href="#${anchors.get(cell)}">${cell.bad ? '<span aria-hidden="true">✕ </span>' : ''}${text(cell.verdict)}</a></td>`
        })
        .join('')}</tr>`,
  )
  .join('\n')}
</tbody>
</table></div></section>`
  }

  function image(picture: Buffer, alternative: string): string {
    return `<img loading="lazy" alt="${text(alternative)}" src="${pictures.get(pictureId(picture))!}">`
  }
}

function groupsOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  return [
    ...Map.groupBy(
      cells,
      ({ call, verdict, picture, why }) =>
        `${call}\n${verdict}\n${picture === undefined ? why : pictureId(picture)}`,
    ).values(),
  ]
}

function anchorsOf(cells: readonly Cell[]): ReadonlyMap<Cell, string> {
  return new Map(cells.map((cell, index) => [cell, `cell-${index + 1}`]))
}

function headline({ verdict, unneeded, unlisted }: Cell): string {
  if (unneeded) return 'What nobody needs here takes the screen down'
  if (unlisted) return 'The screen depends on a field that no step lists'
  return headlines[verdict]
}

const headlines: Readonly<Record<Verdict, string>> = {
  blank: 'Most of the screen is gone',
  'white page': 'There is nothing on the page',
  'endless loading': 'People wait for something that never comes',
  garbage: 'People read what was meant for programs',
  silent: 'Something is missing, and nobody says so',
  'wrong success': 'It looks as if all went well',
  'retry storm': 'The page asks again and again',
  frozen: 'The page no longer answers',
  message: 'People are told',
  fallback: 'Something sensible stands there instead',
  redirect: 'People are led to another page',
  unchanged: 'The screen is as on a good day',
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

function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
