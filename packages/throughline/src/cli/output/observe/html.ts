import type {
  EvidenceReport,
  JourneyReport,
  ReportComparison,
  StepReport,
  SurveyResult,
} from '@throughline/core'
import {
  costText,
  dropText,
  experimentText,
  gainText,
  laterText,
  percent,
  surveyText,
  surveyTitle,
  time,
  waitText,
} from './words.ts'

/** A report as one file that opens anywhere: no script, nothing from the network. */
export function evidenceHtml(
  { name, totals, journeys, advice, surveys, experiments, asked }: EvidenceReport,
  comparison?: ReportComparison,
): string {
  const seen = journeys.filter(({ sessions }) => sessions > 0)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${text(name)}: what really happened</title>
<style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8886;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}.bar{display:block;height:.5rem;border-radius:.25rem;background:#2f6fde}
.over{color:#b3261e;font-weight:600}@media(prefers-color-scheme:dark){.over{color:#ff8a80}}small{opacity:.75}li{margin:.8rem 0}
</style></head><body>
<h1>${text(name)}: what really happened</h1>
<p>${text(asked.since.slice(0, 16).replace('T', ' '))} to ${text(asked.until.slice(0, 16).replace('T', ' '))}${asked.environment === undefined ? '' : `, ${text(asked.environment)}`}: ${totals.sessions} sessions, ${totals.views} pages, ${totals.calls} calls of pages.</p>
${seen.map(journeyHtml).join('\n')}
${experiments.length === 0 ? '' : `<h2>Experiments</h2><ul>${experiments.map((one) => `<li><b>${text(one.name)}</b> ${text(one.title ?? '')}<br>${text(experimentText(one))}</li>`).join('')}</ul>`}
${surveys.length === 0 ? '' : `<h2>What people said</h2>${surveys.map(surveyHtml).join('')}`}
${comparison === undefined ? '' : comparisonHtml(comparison)}
${advice.length === 0 ? '' : `<h2>What to change</h2><ol>${advice.map((one) => `<li><b>${text(one.title)}</b> <small>${text(one.kind)}, ${text(gainText(one.gain))}</small><br>${text(one.evidence)} ${text(one.change)}${one.file === undefined ? '' : `<br><code>${text(one.file)}:${one.line}</code>`}${one.steps.length === 0 ? '' : `<br><small>Felt on ${text(one.steps.join(', '))}</small>`}</li>`).join('')}</ol>`}
</body></html>
`
}

function journeyHtml({ title, sessions, finished, steps }: JourneyReport): string {
  const costs = steps.filter(({ cost }) => cost !== undefined)
  const later = steps.filter((step) => step.later !== undefined)
  return `<h2>${text(title)}</h2>
<p>${finished} of ${sessions} sessions reached the end (${percent(finished / Math.max(1, sessions))}).</p>
<table><thead><tr><th>Step</th><th class="n">Sessions</th><th></th><th class="n">Left here</th><th class="n">Waited (p75, of budget)</th><th class="n">Over budget</th><th>Saw instead</th></tr></thead><tbody>
${steps.map((step) => row(step, sessions)).join('\n')}
</tbody></table>
${later.length === 0 ? '' : `<ul>${later.map((step) => `<li><b>${text(step.title)}</b>: ${text(laterText(step.later!))}</li>`).join('')}</ul>`}
${costs.length === 0 ? '' : `<ul>${costs.map((step) => `<li><b>${text(step.title)}</b>: ${text(costText(step.cost!))}</li>`).join('')}</ul>`}`
}

function surveyHtml(result: SurveyResult): string {
  const { step, texts } = result
  return `<h3>${text(surveyTitle(result))}</h3><p>${text(surveyText(result))}${step === undefined ? '' : ` <small>${text(step)}</small>`}</p>${texts.length === 0 ? '' : `<ul>${texts.map((one) => `<li>${text(one.text)}</li>`).join('')}</ul>`}`
}

function comparisonHtml({ before, after, steps }: ReportComparison): string {
  return `<h2>${text(before)} and ${text(after)}</h2>
<p>Not drawn by lot: whatever differs is an association.</p>
<table><thead><tr><th>Step</th><th class="n">Sessions</th><th class="n">Waited (p75)</th><th class="n">Left here</th><th class="n">Difference (95 %)</th></tr></thead><tbody>
${steps
  .map(
    ({ title, sessions, wait, dropOff, difference }) =>
      `<tr><th scope="row">${text(title)}</th><td class="n">${sessions.join(' → ')}</td><td class="n">${wait === undefined ? '' : wait.map(time).join(' → ')}</td><td class="n">${dropOff === undefined ? 'too few' : dropOff.map(percent).join(' → ')}</td><td class="n">${difference === undefined ? '' : `${percent(difference.value)} (${percent(difference.low)} to ${percent(difference.high)})`}</td></tr>`,
  )
  .join('\n')}
</tbody></table>`
}

function row(step: StepReport, most: number): string {
  const { wait } = step
  const slow = wait?.budget !== undefined && wait.p75 > wait.budget
  return `<tr><th scope="row">${text(step.title)}</th><td class="n">${step.sessions}</td><td style="min-width:6rem"><span class="bar" style="width:${Math.round((step.sessions / Math.max(1, most)) * 100)}%"></span></td><td class="n">${text(dropText(step))}</td><td class="n${slow ? ' over' : ''}">${text(waitText(step))}</td><td class="n">${wait?.over === undefined ? '' : percent(wait.over)}</td><td>${text(
    step.shown
      .slice(0, 3)
      .map(({ condition, times }) => `${condition} ×${times}`)
      .join(', '),
  )}</td></tr>`
}

function text(value: string): string {
  return value.replaceAll(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
