/** What a browser's failure to open an address means to the person who gave it: `net::ERR_CONNECTION_REFUSED` is an app that does not run. */
export function whyNotOpened(problem: string): string {
  const code = /net::ERR_([A-Z_]+)/.exec(problem)?.[1]
  if (code === undefined)
    return /Timeout/.test(problem)
      ? 'it did not answer in time'
      : problem.replace(/^page\.goto: /, '')
  if (code.startsWith('CERT_')) return 'the browser does not trust its certificate'
  return meanings.get(code) ?? `the browser says ${code}`
}

const meanings: ReadonlyMap<string, string> = new Map([
  ['CONNECTION_REFUSED', 'nothing listens there, so the app does not run'],
  ['CONNECTION_RESET', 'it broke the connection off'],
  ['EMPTY_RESPONSE', 'it closed the connection without an answer'],
  ['NAME_NOT_RESOLVED', 'there is no such host'],
  ['ADDRESS_UNREACHABLE', 'the host cannot be reached from here'],
  ['INTERNET_DISCONNECTED', 'there is no network'],
  ['UNSAFE_PORT', 'browsers never open that port'],
  ['SSL_PROTOCOL_ERROR', 'it does not speak HTTPS; try http://'],
  ['TOO_MANY_REDIRECTS', 'it leads back to itself for ever'],
])
