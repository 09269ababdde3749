import type { Blueprint, Graph, StepColumn } from '@throughline/core'
import { escaped } from '../../escaped.ts'
import { blueprintsOf } from './blueprints-of.ts'
import type { ContractExportOptions, Exported } from './contract-export.ts'

/** Journeys as one page without scripts or anything from elsewhere: steps from left to right, lanes below each other; a page each on paper. */
export function blueprintHtml(
  graph: Graph,
  { journey }: Pick<ContractExportOptions, 'journey'>,
): Exported {
  const blueprints = blueprintsOf(graph, journey)
  const title = graph.name === '' ? 'Journeys' : graph.name
  const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header><p>${escaped(title)}</p></header>
<main>
${blueprints.map(sectionOf).join('\n')}
</main>
</body>
</html>
`
  return { text, leftOut: [] }
}

function sectionOf({ journey, totals, steps, diagnostics }: Blueprint): string {
  const persona = journey.persona
  const facts = [
    journey.goal === undefined ? '' : `<p class="goal">${escaped(journey.goal)}</p>`,
    persona === undefined
      ? ''
      : `<p>${escaped(persona.title)}${persona.context === undefined ? '' : `: ${escaped(persona.context)}`}</p>`,
    `<p>${totals.needs.missing} of ${Object.values(totals.needs).reduce((a, b) => a + b, 0)} needs without a field, ${totals.states.missing} states without a design</p>`,
    list(journey.pains.map(escaped)),
  ]
  const lane = (name: string, cell: (step: StepColumn) => string, kind = ''): string => {
    const cells = steps.map(cell)
    if (cells.every((one) => one === '')) return ''
    return `<tr${kind}><th scope="row">${name}</th>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`
  }
  return `<section aria-label="${escaped(journey.title)}">
<h1>${escaped(journey.title)}</h1>
${facts.filter(Boolean).join('\n')}
<div class="scroll" tabindex="0" role="region" aria-label="Steps of ${escaped(journey.title)}">
<table>
<thead><tr><td></td>${steps.map((step) => `<th scope="col">${step.number}. ${escaped(step.title)}${step.screen === undefined ? '' : `<code>${escaped(step.screen)}</code>`}</th>`).join('')}</tr></thead>
<tbody>
${[
  lane('Feels', ({ feeling }) =>
    feeling === undefined
      ? ''
      : `<b>${feeling.score > 0 ? '+' : ''}${feeling.score}</b>${feeling.quote === undefined ? '' : ` “${escaped(feeling.quote)}”`}${feeling.from === undefined ? '' : `<small>${escaped(feeling.from)}</small>`}`,
  ),
  lane('Needs', ({ needs }) =>
    list(
      needs.map(
        (need) =>
          `<span class="${need.status}">${escaped(need.label)}</span>${need.status === 'missing' ? ' <b class="bad">no field</b>' : ''}<small>${escaped(need.operation)} ${escaped(need.path)}${need.absent === undefined ? '' : `. Without it: ${escaped(need.absent)}`}</small>`,
      ),
    ),
  ),
  lane(
    'Calls',
    ({ calls }) =>
      list(
        calls.map(
          (call) =>
            `<code>${escaped(`${call.method} ${call.path}`.trim())}</code>${call.budget === undefined ? '' : ` ${call.budget} ms`}${call.deprecated ? ' <b class="bad">deprecated</b>' : ''}<small>${escaped(call.operation)}</small>`,
        ),
      ),
    ' class="line"',
  ),
  lane('Else', ({ states }) =>
    list(
      states
        .filter(({ status }) => status !== 'cannot-happen')
        .map(
          (state) =>
            `<b${state.status === 'missing' ? ' class="bad"' : ''}>${escaped(state.label)}</b> ${state.show === undefined ? 'nobody has said what is shown' : escaped(state.show)}`,
        ),
    ),
  ),
  lane('Budget', ({ budget }) =>
    budget.promised === undefined
      ? ''
      : `${budget.promised} ms${budget.overBy === undefined ? '' : ` <b class="bad">over by ${budget.overBy} ms</b>`}`,
  ),
  lane('Findings', (step) =>
    list(
      step.diagnostics.flatMap((index) => {
        const one = diagnostics[index]
        return one === undefined ? [] : [`<b>${escaped(one.code)}</b> ${escaped(one.message)}`]
      }),
    ),
  ),
]
  .filter(Boolean)
  .join('\n')}
</tbody>
</table>
</div>
</section>`
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((one) => `<li>${one}</li>`).join('')}</ul>`
}

const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; --line: light-dark(#d5d5cf, #44443f); --soft: light-dark(#55554f, #b8b8b0); --bad: light-dark(#a3231b, #ff9d94); --head: light-dark(#f1f1ee, #262624) }
body { margin: 0; padding: 1.5rem; background: light-dark(#fff, #181817); color: light-dark(#1c1c1a, #ececea) }
header p { margin: 0; color: var(--soft) } h1 { font-size: 1.6rem; margin: .25rem 0 .5rem } p { margin: .2rem 0; max-width: 60rem } .goal { font-size: 1.1rem }
section + section { margin-top: 3rem } .scroll { overflow-x: auto; margin-top: 1rem }
table { border-collapse: collapse; min-width: 100% } th, td { border: 1px solid var(--line); padding: .5rem .6rem; text-align: left; vertical-align: top; min-width: 11rem }
thead td, tbody th { min-width: 4.5rem; border-left: 0 } thead th, tbody th { background: var(--head) } th code { display: block; font-weight: 400; color: var(--soft) }
tr.line > * { border-top: 3px dashed var(--soft) } ul { margin: 0; padding: 0; list-style: none } li + li { margin-top: .4rem } small { display: block; color: var(--soft); overflow-wrap: anywhere } .bad, .missing { color: var(--bad) }
code { font-size: .85em; overflow-wrap: anywhere } :focus-visible { outline: 3px solid; outline-offset: 2px }
@page { size: A4 landscape; margin: 10mm }
@media print { :root { color-scheme: light; font-size: 9px } body { padding: 0 } .scroll { overflow: visible } section { break-before: page } section:first-child { break-before: auto } tr { break-inside: avoid } th, td { min-width: 0; padding: .3rem } }
`
