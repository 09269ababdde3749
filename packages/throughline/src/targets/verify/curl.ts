import type { Exchange } from './exchange.ts'

/** Headers whose value nobody should find in a report; a shell variable stands for it. */
const secrets: Readonly<Record<string, string>> = {
  authorization: 'AUTHORIZATION',
  'proxy-authorization': 'PROXY_AUTHORIZATION',
  cookie: 'COOKIE',
  'x-api-key': 'API_KEY',
}

/** One line for a POSIX shell that sends the same request again. */
export function curlOf({ url, sent, case: { request, credentials = [] } }: Exchange): string {
  const own = new Set(credentials.map(([name]) => name.toLowerCase()))
  const words = ['curl', '-X', request.method, quoted(url)]
  for (const [name, value] of sent) {
    const variable =
      secretName(name) ?? (own.has(name.toLowerCase()) ? variableOf(name) : undefined)
    words.push(
      '-H',
      variable === undefined ? quoted(`${name}: ${value}`) : `"${name}: $${variable}"`,
    )
  }
  const { body } = request
  if (body !== undefined && body.length > 0) words.push(...bodyWords(body))
  return words.join(' ')
}

/** `AUTHORIZATION` for a header that carries a secret. */
export function secretName(header: string): string | undefined {
  const name = header.toLowerCase()
  if (Object.hasOwn(secrets, name)) return secrets[name]
  return /token|secret|password|api-?key|session/.test(name) ? variableOf(name) : undefined
}

function variableOf(header: string): string {
  return header.toUpperCase().replaceAll(/\W/g, '_')
}

function bodyWords(body: Uint8Array): readonly string[] {
  try {
    return ['--data-binary', quoted(new TextDecoder('utf-8', { fatal: true }).decode(body))]
  } catch {
    return ['--data-binary', `"$(printf %s ${Buffer.from(body).toString('base64')} | base64 -d)"`]
  }
}

/** One word, whatever is in it. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
