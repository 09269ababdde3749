import type { TrafficWhy } from '@throughline/core'
import { escaped, page } from '../pages.ts'

/** Why a call was answered so, for people. */
export function whyPage(why: TrafficWhy): string {
  const { route, validation, decisions, notTaken, nearest, replay, steps } = why
  const rows: (readonly [string, string])[] = [
    ['Answer', `<strong>${why.status}</strong> after ${why.ms} ms`],
    [
      'Operation',
      route === undefined
        ? `none${nearest.length === 0 ? '' : `; the nearest: ${nearest.map(code).join(', ')}`}`
        : `${code(route.operation)} ${code(`${route.method} ${route.path}`)}${route.parameters.map(({ name, value }) => `<br>${code(name)} is ${code(value)}`).join('')}`,
    ],
    [
      'Called by',
      steps.length === 0
        ? 'no step of any journey'
        : steps
            .map((one) => `${escaped(one.title)} <small>${escaped(one.step)}</small>`)
            .join('<br>'),
    ],
    ['Session', why.session === undefined ? 'the one that everybody shares' : code(why.session)],
    [
      'Request',
      validation.result === 'valid'
        ? 'keeps the contract'
        : validation.result === 'invalid'
          ? validation.violations
              .map(({ where, message }) => `${code(where)} ${escaped(message)}`)
              .join('<br>')
          : 'was not looked at: the answer did not depend on it',
    ],
  ]
  const list = (items: readonly { readonly what: string; readonly detail: string }[]): string =>
    `<ul>${items.map(({ what, detail }) => `<li><strong>${escaped(what)}</strong> ${escaped(detail)}</li>`).join('')}</ul>`
  return page(
    `Why ${why.id}`,
    `<h1>${escaped(why.method)} ${escaped(why.url)}</h1><p>${escaped(why.why)}.</p>` +
      `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>` +
      (decisions.length === 0 ? '' : `<h2>What decided</h2>${list(decisions)}`) +
      (notTaken.length === 0 ? '' : `<h2>What was not taken</h2>${list(notTaken)}`) +
      (replay === undefined
        ? ''
        : `<h2>Again</h2><p>${replay.portable ? 'The same answer, from any mock of the same files:' : 'The same answer, as long as this mock remembers it:'}</p><pre tabindex="0">${escaped(replay.curl)}</pre>`) +
      `<p><a href="/_throughline/">Everything that can be played</a></p>`,
  )
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`
}
