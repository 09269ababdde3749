// `?api=http://…`, `?patience=2000` and `?collector=http://…` hold for this tab, so that links inside the shop need not carry them.
const asked = new URLSearchParams(location.search)
for (const name of ['api', 'patience', 'collector']) {
  const value = asked.get(name)
  if (value !== null) sessionStorage.setItem(`setting:${name}`, value)
}

const declared = document.querySelector('meta[name=api]')?.getAttribute('content') ?? ''

/** Where the APIs are, without a slash at the end. */
export const api = (sessionStorage.getItem('setting:api') ?? declared).replace(/\/+$/, '')

/** Who is told how the shop is used, without a slash at the end; nobody where nothing is set. */
export const collector = (
  sessionStorage.getItem('setting:collector') ??
  document.querySelector('meta[name=collector]')?.getAttribute('content') ??
  ''
).replace(/\/+$/, '')

/** How long a person waits for an answer before we say that it takes too long, in milliseconds. */
export const patience = Number(sessionStorage.getItem('setting:patience')) || 6000
