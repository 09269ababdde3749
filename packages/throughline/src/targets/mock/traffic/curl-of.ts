import type { Exchange } from './traffic.ts'

/** A line for a POSIX shell that sends a request again and gets the same answer. Credentials stay away: the token stands for them. */
export function curlOf(exchange: Exchange, base: string, token: string): string {
  const parts = ['curl -i']
  if (exchange.method !== 'GET') parts.push(`-X ${quoted(exchange.method)}`)
  parts.push(quoted(`${base}${exchange.url}`), `-H ${quoted(`Throughline-Replay: ${token}`)}`)
  for (const name of ['accept', 'content-type']) {
    const value = exchange.headers[name]
    if (value !== undefined && value !== '*/*')
      parts.push(`-H ${quoted(`${name}: ${String(value)}`)}`)
  }
  const { body, sent } = exchange
  if (body !== undefined && sent === body.length)
    parts.push(`--data-binary ${quoted(Buffer.from(body).toString())}`)
  return parts.join(' ')
}

function quoted(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
