import type { Choices } from '@throughline/core'
import type { HeaderList } from '../identities.ts'
import type { CollectionAuth, CollectionBody, CollectionRequest, Values } from './collection.ts'
import { filled } from './filled.ts'

/** A request of a collection as it goes out, or why it can't. */
export type Outgoing =
  | {
      readonly kind: 'ready'
      readonly method: string
      readonly url: URL
      readonly headers: HeaderList
      /** What its `auth` adds: masked in what is shown. */
      readonly credentials: HeaderList
      readonly body: Uint8Array | undefined
      readonly notes: readonly string[]
    }
  | { readonly kind: 'left'; readonly reason: string }

interface Filling {
  /** First the one that wins: data, environment, collection, globals. */
  readonly scopes: readonly Values[]
  readonly choices: Choices
  /** The bytes of a file that a body names; `undefined` where it cannot be read. */
  readonly readFile: (path: string) => Uint8Array | undefined
  /** Stands where an address begins with this variable: where `--target` leads. */
  readonly base?: { readonly variable: string; readonly url: string }
}

/** Fills a request in and writes it down, as Postman does. */
export function outgoing(request: CollectionRequest, filling: Filling): Outgoing {
  const { choices, readFile, base } = filling
  const scopes = [request.variables, ...filling.scopes]
  const missing = new Set<string>()
  const fill = (text: string): string => {
    const { text: full, missing: none } = filled(text, scopes, choices)
    for (const name of none) missing.add(name)
    return full
  }
  const lead = base === undefined ? undefined : `{{${base.variable}}}`
  const address =
    lead !== undefined && request.url.startsWith(lead)
      ? `${base!.url}${fill(request.url.slice(lead.length))}`
      : fill(request.url)
  const url = urlOf(withPath(address, request.path, fill))
  const headers: [string, string][] = []
  for (const { name, value } of request.headers) headers.push([fill(name), fill(value)])
  const has = (name: string): boolean => headers.some(([one]) => one.toLowerCase() === name)
  const notes: string[] = []
  const credentials: [string, string][] = []
  if (request.auth !== undefined && url !== undefined) {
    const not = authorised(request.auth, fill, url, credentials)
    if (not !== undefined) notes.push(not)
  }
  const body = request.body && bodyOf(request.body, fill, readFile)
  if (missing.size > 0)
    return {
      kind: 'left',
      reason: `${[...missing].map((one) => `\`{{${one}}}\``).join(', ')} ${missing.size === 1 ? 'has' : 'have'} no value: give ${missing.size === 1 ? 'it' : 'them'} with --environment or --data, or run its scripts with --engine newman`,
    }
  if (url === undefined)
    return { kind: 'left', reason: `\`${address.slice(0, 200)}\` is no address` }
  if (body !== undefined && 'reason' in body) return { kind: 'left', reason: body.reason }
  if (body?.type !== undefined && !has('content-type')) headers.push(['content-type', body.type])
  if (!has('accept')) headers.push(['accept', '*/*'])
  if (!/^[A-Z][A-Z-]{0,30}$/.test(request.method))
    return { kind: 'left', reason: `\`${request.method.slice(0, 40)}\` is no method` }
  const bad = [...headers, ...credentials].find(
    ([name, value]) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\r\n\0]|[^\0-\xff]/.test(value),
  )
  if (bad !== undefined)
    return { kind: 'left', reason: `the header ${bad[0].slice(0, 60)} cannot be sent` }
  return {
    kind: 'ready',
    method: request.method,
    url,
    headers,
    credentials,
    body: body?.bytes,
    notes,
  }
}

/** `/orders/:id` -> `/orders/CM-2041`; `:id` without a value stays. */
function withPath(address: string, path: Values, fill: (text: string) => string): string {
  const end = address.search(/[?#]/)
  const [front, rest] = end === -1 ? [address, ''] : [address.slice(0, end), address.slice(end)]
  return (
    front.replaceAll(/\/:([\w-]+)/g, (whole, name: string) => {
      const value = path.get(name)
      return value === undefined ? whole : `/${encodeURIComponent(fill(value))}`
    }) + rest
  )
}

/** Postman takes `localhost:8080/orders` for http. */
function urlOf(address: string): URL | undefined {
  const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `http://${address}`
  if (!URL.canParse(whole)) return undefined
  const url = new URL(whole)
  return /^https?:$/.test(url.protocol) ? url : undefined
}

/** Adds what `auth` says to the credentials or the address; says in words what it can't make. */
function authorised(
  { type, settings }: CollectionAuth,
  fill: (text: string) => string,
  url: URL,
  credentials: [string, string][],
): string | undefined {
  const setting = (name: string): string => fill(settings.get(name) ?? '')
  switch (type) {
    case 'bearer':
      credentials.push(['authorization', `Bearer ${setting('token')}`])
      return undefined
    case 'basic': {
      const pair = Buffer.from(`${setting('username')}:${setting('password')}`).toString('base64')
      credentials.push(['authorization', `Basic ${pair}`])
      return undefined
    }
    case 'apikey': {
      const name = setting('key')
      if (name === '') return undefined
      if (setting('in') === 'query') url.searchParams.set(name, setting('value'))
      else credentials.push([name, setting('value')])
      return undefined
    }
    case 'oauth2': {
      const token = setting('accessToken')
      if (token === '') return 'its OAuth 2.0 token is not in the file: give it with --header'
      if (setting('addTokenTo') === 'queryParams') url.searchParams.set('access_token', token)
      else
        credentials.push([
          'authorization',
          `${setting('headerPrefix').trim() || 'Bearer'} ${token}`,
        ])
      return undefined
    }
  }
  return `its credentials of type ${type} can't be made here: give them with --header, or use --engine newman`
}

type Written = { readonly bytes: Uint8Array; readonly type?: string } | { readonly reason: string }

function bodyOf(
  body: CollectionBody,
  fill: (text: string) => string,
  readFile: Filling['readFile'],
): Written {
  switch (body.mode) {
    case 'raw':
      return { bytes: bytesOf(fill(body.text)), type: body.type ?? 'text/plain' }
    case 'urlencoded': {
      const form = new URLSearchParams()
      for (const { name, value } of body.fields) form.append(fill(name), fill(value))
      return { bytes: bytesOf(form.toString()), type: 'application/x-www-form-urlencoded' }
    }
    case 'graphql': {
      const text = fill(body.variables).trim()
      let variables: unknown = {}
      try {
        if (text !== '') variables = JSON.parse(text)
      } catch {
        return { reason: 'its GraphQL variables are no JSON' }
      }
      const sent = JSON.stringify({ query: fill(body.query), variables })
      return { bytes: bytesOf(sent), type: 'application/json' }
    }
    case 'file': {
      const bytes = readFile(fill(body.file))
      return bytes === undefined
        ? { reason: `its file \`${body.file}\` cannot be read` }
        : { bytes, type: 'application/octet-stream' }
    }
    case 'formdata': {
      const boundary = '----throughline-collection-8f1d2c'
      const parts: Uint8Array[] = []
      for (const { name, value, type, file } of body.fields) {
        const bytes = file === undefined ? bytesOf(fill(value)) : readFile(fill(file))
        if (bytes === undefined) return { reason: `its file \`${file}\` cannot be read` }
        const words = [
          `--${boundary}`,
          `Content-Disposition: form-data; name="${escaped(fill(name))}"${file === undefined ? '' : `; filename="${escaped(file.split(/[/\\]/).at(-1)!)}"`}`,
          ...(type !== undefined || file !== undefined
            ? [`Content-Type: ${type ?? 'application/octet-stream'}`]
            : []),
          '',
          '',
        ]
        parts.push(bytesOf(words.join('\r\n')), bytes, bytesOf('\r\n'))
      }
      parts.push(bytesOf(`--${boundary}--\r\n`))
      return { bytes: Buffer.concat(parts), type: `multipart/form-data; boundary=${boundary}` }
    }
  }
}

function escaped(text: string): string {
  return text.replaceAll('"', '%22').replaceAll(/[\r\n]/g, ' ')
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
