import { stateChecks } from '../../../targets/states/finding.ts'
import { latenessOf, type ProvenState } from '../../../targets/states/states.ts'
import { many } from '../text.ts'
import {
  findingsOf,
  freshIn,
  pictureName,
  timeWords,
  verdictsOf,
  type StatesShown,
} from './shown.ts'

/** The report as one file that opens anywhere, pictures inside: no script, nothing from the network. */
export function statesHtml(shown: StatesShown): string {
  const { report, build, at } = shown
  const findings = findingsOf(shown)
  const fresh = freshIn(findings)
  const { proven, failed, untested } = verdictsOf(report.states)
  const anchors = new Map(report.states.map((one, index) => [one, `state-${index + 1}`]))
  const drawn = new Map<string, string>()
  const steps = [...Map.groupBy(report.states, ({ step }) => step)]

  const matrix = steps
    .map(([step, states]) => {
      const felt = report.screens.find((one) => one.step === step)
      return `<tr><th scope="row"><a href="#step-${text(step)}">${text(step)}</a></th><td class="marks">${states
        .map(
          (one) =>
            `<a class="${one.verdict}" href="#${anchors.get(one)}" title="${text(one.id)}"><span aria-hidden="true">${mark[one.verdict]}</span> ${text(one.condition)}</a>`,
        )
        .join(' ')}</td>${
        felt === undefined
          ? '<td colspan="4"></td>'
          : `<td>${felt.promised === undefined ? '' : timeWords(felt.promised)}</td>${(['normal', 'slow', 'verySlow'] as const).map((speed) => `<td class="${latenessOf(felt) === speed ? 'failed' : ''}">${timeWords(felt[speed])}</td>`).join('')}`
      }</tr>`
    })
    .join('\n')

  const details = steps
    .map(([step, states]) => {
      const wrong = states.filter(({ verdict }) => verdict === 'failed')
      const right = states.filter(({ verdict }) => verdict !== 'failed')
      const late = findings.find((one) => one.check === 'over-budget' && one.step === step)
      return `<section id="step-${text(step)}"><h2>${text(step)}${states[0]?.owner === undefined ? '' : ` <small>${text(states[0].owner)}</small>`}</h2>
${late === undefined ? '' : `<p><b class="failed">Over budget.</b> ${text(late.message)}</p>`}
${wrong.length === 0 ? '<p>Every state that can be proven is seen.</p>' : wrong.map(item).join('\n')}
${right.length === 0 ? '' : `<details><summary>${many(right.length, 'state')} as promised or without a test</summary>${right.map(item).join('\n')}</details>`}</section>`
    })
    .join('\n')

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>What people see when it goes another way: ${text(report.app)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --failed: #b3261e; --proven: #146c2e; --untested: #7a5800; --line: #8886 }
@media (prefers-color-scheme: dark) { :root { --failed: #ff8a80; --proven: #7bd88f; --untested: #e8c26a } }
body { max-width: 78rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 } h2 { font-size: 1.2rem; margin: 3rem 0 1rem; border-top: 1px solid var(--line); padding-top: 1.5rem }
h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere } small { font-weight: normal } p { margin: .25rem 0 } code { font-size: .85em; overflow-wrap: anywhere }
.sum { font-size: 1.15rem; margin: .75rem 0 1.5rem } .failed { color: var(--failed); font-weight: 700 } .proven { color: var(--proven) } .untested { color: var(--untested) }
.scroll { overflow-x: auto } table { border-collapse: collapse; font-size: .85rem } th, td { border: 1px solid var(--line); padding: .35rem .5rem; text-align: left; vertical-align: top }
tbody th { font-weight: normal; white-space: nowrap } .marks a { display: inline-block; margin-right: .5rem; text-decoration: none } .marks a:hover, .marks a:focus { text-decoration: underline }
article { display: grid; grid-template-columns: 20rem 1fr; gap: 1rem; padding: 1rem; margin: 1rem 0; border: 1px solid var(--line); border-left: 5px solid var(--proven); border-radius: 4px }
article.bad { border-left-color: var(--failed) } article.open { border-left-color: var(--untested) } article.bare { grid-template-columns: 1fr } article:target { outline: 3px solid; outline-offset: 2px }
@media (max-width: 45rem) { article { grid-template-columns: 1fr } }
img { width: 100%; border: 1px solid var(--line); border-radius: 3px; display: block; background: #fff } figure { margin: 0 } summary { cursor: pointer; margin: 1rem 0; font-weight: 600 }
ul { margin: .5rem 0; padding-left: 1.2rem } .id { overflow-wrap: anywhere } dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dt { font-weight: 700 } dd { margin: 0 }
</style>
</head>
<body>
<main>
<h1>What people see when it goes another way</h1>
<p class="sum">${text(report.app)}${build === undefined ? '' : `, ${text(build)}`}: <b class="proven">${proven}</b> of ${many(report.states.length, 'state')} that the journeys promise were seen in a browser${failed > 0 ? `, <b class="failed">${failed}</b> ${failed === 1 ? 'is' : 'are'} not as promised` : ''}${untested > 0 ? `, <b class="untested">${untested}</b> cannot be proven` : ''}.${fresh.length === findings.filter(({ severity }) => severity !== 'info').length ? '' : ` ${many(fresh.length, 'finding')} new.`}${report.stopped ? ' Somebody ended the run early: this is what was seen so far.' : ''}</p>
<p><small>Looked at <time datetime="${text(at)}">${text(at.slice(0, 16).replace('T', ' '))} UTC</time>. Times are those of a person in front of the screen.</small></p>
<div class="scroll" tabindex="0" role="region" aria-label="Every step with its states"><table>
<thead><tr><th scope="col">Step</th><th scope="col">States</th><th scope="col">Promised</th><th scope="col">Ready</th><th scope="col">Slow</th><th scope="col">Very slow</th></tr></thead>
<tbody>
${matrix}
</tbody>
</table></div>
<details><summary>What the words mean</summary><dl>${Object.entries(stateChecks)
    .filter(([check]) => findings.some((one) => one.check === check))
    .map(([check, meaning]) => `<dt>${check}</dt><dd>${text(meaning)}</dd>`)
    .join(
      '',
    )}<dt>Ready</dt><dd>When the screen has all its answers, each call taking what its budget allows (p75); slow is p95, or twice as long; very slow is longer than people wait, until the screen says so. What the step’s <code>via</code> does there counts as well.</dd></dl></details>
${details}
</main>
</body>
</html>
`

  function item(state: ProvenState): string {
    const { id, verdict, show, test, after, picture, sent } = state
    const name = picture === undefined ? undefined : pictureName(picture)
    const same = name === undefined ? undefined : drawn.get(name)
    if (name !== undefined && same === undefined) drawn.set(name, anchors.get(state)!)
    const own = findings.filter((one) => one.state === id)
    const isDrawn = picture !== undefined && same === undefined
    return `<article id="${anchors.get(state)}" class="${verdict === 'failed' ? 'bad' : verdict === 'untested' ? 'open' : ''}${isDrawn ? '' : ' bare'}">
${isDrawn ? `<figure><img loading="lazy" alt="${text(`The screen of ${state.step} when ${state.call} goes the way ${state.condition}`)}" src="data:image/jpeg;base64,${picture.toString('base64')}"></figure>` : ''}
<div><h3>${text(id)}</h3>
<p class="${verdict}"><span aria-hidden="true">${mark[verdict]}</span> ${words[verdict]}${after === undefined ? '' : after < 5 ? ', at once' : `, after ${timeWords(after)}`}${sent > 1 ? `; the call was sent ${sent} times` : ''}</p>
${show === undefined ? '' : `<p><b>The journey promises:</b> ${text(show)}</p>`}
${own.length === 0 ? '' : `<ul>${own.map((one) => `<li><b>${one.check}</b>${one.isNew ? '' : ' <small>known</small>'} ${text(one.message)}</li>`).join('')}</ul>`}
${same === undefined ? '' : `<p>It looks <a href="#${same}">like this one</a>.</p>`}
<p class="id"><small>${test === undefined ? '' : `Proven by <code>${text(test)}</code>. `}Again: <code>${text(shown.again)} --state '${text(id.replaceAll("'", ''))}'</code></small></p></div></article>`
  }
}

const mark = { proven: '✓', failed: '✕', untested: '?' } as const
const words = { proven: 'Seen', failed: 'Not as promised', untested: 'Without a test' } as const

function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
