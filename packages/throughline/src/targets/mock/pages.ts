import { playLink } from './control.ts'
import type { Mock } from './mock.ts'
import { scenariosOf } from './scenario.ts'

/** Everything that can be played, with a link that plays it in this browser. */
export function overviewPage(mock: Mock, session: string | undefined): string {
  const apis = mock.graph.apis.map(({ name, contract }) => {
    const place = contract?.protocol === 'graphql' ? `/${name}/graphql` : `/${name}`
    return `<li><code>${escaped(place)}</code> ${escaped(contract?.title ?? '')}</li>`
  })
  const scenarios = scenariosOf(mock.graph).map(({ name, title, show }) => {
    const playing = name === session ? ' <strong>plays in this browser</strong>' : ''
    return `<li><a href="${escaped(playLink(name))}">${escaped(name)}</a> ${escaped(title === name ? '' : title)}${playing}${show === undefined ? '' : `<br><small>${escaped(show)}</small>`}</li>`
  })
  const everybody =
    mock.situation === null
      ? ''
      : `<p>For everybody: <strong>${escaped(mock.situation.scenario)}</strong></p>`
  const list =
    scenarios.length === 0
      ? '<p>No journey and no scenario file yet.</p>'
      : `<ul>${scenarios.join('')}</ul>`
  return page(
    mock.graph.name || 'Mock',
    `<h1>${escaped(mock.graph.name || 'Mock')}</h1>${everybody}<h2>Serves</h2><ul>${apis.join('')}</ul><h2>Plays</h2><p>A link plays in this browser only. <a href="/_throughline/normal">Back to normal</a></p>${list}`,
  )
}

/** What is played in this browser from now on. */
export function playedPage(mock: Mock, scenario: string | undefined): string {
  const found = scenariosOf(mock.graph).find((one) => one.name === scenario)
  const body =
    scenario === undefined
      ? '<h1>Back to normal</h1>'
      : `<h1>${escaped(found?.title ?? scenario)}</h1><p>The mock plays <code>${escaped(scenario)}</code> in this browser.</p>${found?.show === undefined ? '' : `<p>People should see: ${escaped(found.show)}</p>`}<p><a href="/_throughline/normal">Back to normal</a></p>`
  return page(
    scenario ?? 'Back to normal',
    `${body}<p><a href="/_throughline/">Everything that can be played</a></p>`,
  )
}

/** A page of the mock's own: no script, nothing from elsewhere. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}li{margin:.35rem 0}h1{overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:.75rem;border:1px solid}dt{font-weight:600}dd{margin:0 0 .6rem;overflow-wrap:anywhere}</style><main>${body}</main></html>`
}

/** As text in HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
