/** The module that a page loads for the switch in its corner. `place` is where the page's own server answers for it. */
export function dockScript(place: string, studio: string): string {
  return `const place = ${JSON.stringify(place)}
const ask = async (path, init) => {
  const answer = await fetch(place + path, init)
  const body = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(body.title || 'The mock does not answer.')
  return body
}
const host = document.createElement('throughline-dock')
const root = host.attachShadow({ mode: 'open' })
const style = new CSSStyleSheet()
style.replaceSync(\`
  :host { all: initial; position: fixed; inset: auto auto 12px 12px; z-index: 2147483000; font: 13px/1.4 system-ui, sans-serif; color-scheme: light dark }
  form { display: flex; gap: 8px; align-items: center; padding: 6px 10px; border-radius: 8px; background: light-dark(#fff, #222); color: light-dark(#1a1a1a, #f2f2f2); box-shadow: 0 1px 8px #0005 }
  form[data-playing] { outline: 2px solid light-dark(#b3261e, #ff8a80) }
  select { font: inherit; max-width: 22rem } a { color: inherit } p { margin: 0 }\`)
root.adoptedStyleSheets = [style]
const form = document.createElement('form')
const label = document.createElement('label')
label.textContent = 'Play '
const select = document.createElement('select')
label.append(select)
const link = document.createElement('a')
link.href = ${JSON.stringify(studio)}
link.target = '_blank'
link.rel = 'noreferrer'
link.textContent = 'Studio'
const said = document.createElement('p')
said.setAttribute('role', 'status')
form.setAttribute('aria-label', 'Throughline: what the mock plays')
form.append(label, link, said)
root.append(form)
document.body.append(host)
try {
  const [{ scenarios }, now] = await Promise.all([ask('/scenarios'), ask('/situation')])
  const playing = now.situation ? now.situation.scenario : ''
  select.append(new Option('nothing: as usual', ''))
  const groups = new Map()
  for (const one of scenarios) {
    const name = one.step || 'Scenarios'
    if (!groups.has(name)) {
      const group = document.createElement('optgroup')
      group.label = name
      groups.set(name, group)
      select.append(group)
    }
    const words = one.step ? one.name.slice(one.step.length + 1) : one.title || one.name
    const option = new Option(words, one.name)
    option.title = one.show || one.title || ''
    groups.get(name).append(option)
  }
  if (playing !== '' && ![...select.options].some((one) => one.value === playing)) select.append(new Option(playing, playing))
  select.value = playing
  form.toggleAttribute('data-playing', playing !== '')
  select.addEventListener('change', async () => {
    try {
      await ask('/situation', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ scenario: select.value === '' ? null : select.value }),
      })
      location.reload()
    } catch (error) {
      said.textContent = error.message
    }
  })
} catch (error) {
  select.disabled = true
  said.textContent = error.message
}
`
}
