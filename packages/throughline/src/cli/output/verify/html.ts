import type { CollectionReport } from '../../../targets/verify/collections/collection-report.ts'
import { coverageKinds } from '../../../targets/verify/coverage.ts'
import type { Finding } from '../../../targets/verify/finding.ts'
import { checkWords } from './check-words.ts'
import { countsOfCollection } from './collections-text.ts'
import { coverageWords } from './coverage-words.ts'
import { countsOf, elsewhere, journeysOf, type JourneyShown, type VerifyShown } from './shown.ts'

/** The run as one file that opens anywhere: no script, nothing from the network. First what people meet, then the details. */
export function verifyHtml(shown: VerifyShown): string {
  const { graph, report, target, started, ms } = shown
  const journeys = journeysOf(shown)
  const rest = elsewhere(shown)
  const title = `${graph.name}: does the backend keep what was agreed?`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: #8888; --bad: #c22; --warn: #a60; --fine: #17803d }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --warn: #ffc46b; --fine: #6fd08c } }
body { max-width: 64rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin-bottom: .25rem } h2 { font-size: 1.2rem; margin-top: 2.5rem } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem }
p { margin: .25rem 0 } ol.way { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; padding: 0 }
ol.way li { border: 1px solid var(--line); border-top: 4px solid var(--fine); border-radius: 4px; padding: .4rem .75rem; min-width: 8rem }
ol.way li.error { border-top-color: var(--bad) } ol.way li.warning { border-top-color: var(--warn) }
article { border-left: 4px solid var(--line); padding: .25rem .75rem; margin: .5rem 0 }
article.error { border-color: var(--bad) } article.warning { border-color: var(--warn) }
small, .quiet { opacity: .8 } code, pre { font-size: .9em } pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); padding: .5rem; border-radius: 4px }
summary { cursor: pointer } table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top }
td.number { text-align: right; white-space: nowrap } a:focus-visible, summary:focus-visible { outline: 2px solid; outline-offset: 2px }
</style>
</head>
<body>
<header>
<h1>${text(title)}</h1>
<p>${verdictOf(shown, journeys)}</p>
<p class="quiet">${text(target)}, ${text(started.slice(0, 16).replace('T', ' '))} UTC, ${report.cases.toLocaleString('en')} cases in ${Math.round(ms / 1000).toLocaleString('en')} s${report.stopped ? ', stopped before the end' : ''}</p>
</header>
<main>
${journeys.map(journeySection).join('\n')}
${rest.length === 0 ? '' : `<section><h2>What no step needs</h2><p class="quiet">No journey suffers, but somebody else may: ${countsOf(rest)}.</p>${rest.map((one) => article(one)).join('')}</section>`}
${(report.collections ?? []).map(collectionSection).join('\n')}
${coverageSection(shown)}
</main>
</body>
</html>
`
}

function verdictOf({ report }: VerifyShown, journeys: readonly JourneyShown[]): string {
  if (report.findings.length === 0) return '<strong>Nothing was found.</strong>'
  const steps = journeys.flatMap((one) => one.steps)
  const hurt = steps.filter(({ findings }) => findings.length > 0)
  const of = steps.length === 0 ? '' : `, ${hurt.length} of ${steps.length} steps suffer`
  return `<strong>${text(countsOf(report.findings))}${of}.</strong>`
}

function journeySection({ title, owner, steps }: JourneyShown): string {
  const hurt = steps.filter(({ findings }) => findings.length > 0)
  const owned = owner === undefined ? '' : ` <small>${text(owner)}</small>`
  return `<section><h2>${text(title)}${owned}</h2>
<ol class="way">${steps
    .map(({ title: step, screen, findings }) => {
      const worst = worstOf(findings)
      return `<li class="${worst}"><strong>${text(step)}</strong><br><small>${screen === undefined ? '' : `${text(screen)}<br>`}${findings.length === 0 ? 'as agreed' : text(countsOf(findings))}</small></li>`
    })
    .join('')}</ol>
${hurt
  .map(({ title: step, findings }) => `<h3>${text(step)}</h3>${findings.map(article).join('')}`)
  .join('')}</section>`
}

function article({ severity, check, operation, message, count, reproduce }: Finding): string {
  const { title, means } = checkWords[check]
  const answer =
    reproduce.answer === undefined
      ? ''
      : `<p>It answered ${reproduce.answer.status}:</p><pre tabindex="0">${plain(reproduce.answer.body ?? '')}</pre>`
  return `<article class="${severity}"><p><strong>${text(title)}</strong> <small>${severity}${count > 1 ? `, ${count} times` : ''}</small></p>
<p>${text(message)}</p><p class="quiet">${text(means)}</p>
<details><summary>${text(`${operation.method} ${operation.path}`)}, <code>${check}</code>: see it again</summary><pre tabindex="0">${plain(reproduce.curl)}</pre>${answer}</details></article>`
}

function collectionSection(collection: CollectionReport): string {
  const { requests, tests, failed } = countsOfCollection(collection)
  const rows = collection.requests.map(
    (one) =>
      `<tr><th scope="row">${plain(one.name)}</th><td><code>${plain(`${one.method} ${one.path}`)}</code></td><td class="number">${one.status ?? ''}</td><td>${[
        ...(one.left === undefined ? [] : [`not sent: ${one.left}`]),
        ...one.assertions.map(
          ({ name, passed, message = '' }) =>
            `${passed ? 'passed' : 'failed'}: ${name}${passed ? '' : ` (${message})`}`,
        ),
        ...one.notes,
      ]
        .map(plain)
        .join('<br>')}</td></tr>`,
  )
  return `<section><h2>${plain(collection.name)}</h2><p class="quiet">${requests} requests sent, ${tests - failed} of ${tests} tests passed. What answers break stands above.</p><table><thead><tr><th scope="col">Request</th><th scope="col">Asked</th><th scope="col">Status</th><th scope="col">What was said</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`
}

function coverageSection({ report }: VerifyShown): string {
  const rows = coverageKinds.map((kind) => {
    const { reached, total, unreached } = report.coverage[kind]
    const rest =
      unreached.length === 0
        ? ''
        : `<details><summary>${unreached.length} not reached</summary><ul>${unreached
            .slice(0, mostUnreached)
            .map(({ name, why }) => `<li><code>${plain(name)}</code>: ${text(why)}</li>`)
            .join(
              '',
            )}${unreached.length > mostUnreached ? `<li>and ${unreached.length - mostUnreached} more</li>` : ''}</ul></details>`
    return `<tr><th scope="row">${coverageWords[kind]}</th><td class="number">${reached} of ${total}</td><td>${rest}</td></tr>`
  })
  return `<section><h2>What was reached</h2><table><thead><tr><th scope="col">What</th><th scope="col">Reached</th><th scope="col">The rest</th></tr></thead><tbody>${rows.join('')}</tbody></table></section>`
}

const mostUnreached = 200

function worstOf(findings: readonly Finding[]): string {
  return (
    ['error', 'warning', 'info'].find((one) => findings.some((f) => f.severity === one)) ?? 'fine'
  )
}

function plain(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function text(value: string): string {
  return plain(value).replace(/`([^`]*)`/g, '<code>$1</code>')
}
