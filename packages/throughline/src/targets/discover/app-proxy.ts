import { randomBytes } from 'node:crypto'
import {
  createServer,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import { decompressed } from '../../decompressed.ts'
import type { Notebook } from './notebook.ts'
import { recorderScript } from './recorder-script.ts'

/** Where the pages' reports go, and calls to the APIs. */
const own = '/_throughline/discover'
const largestReport = 30_000_000

/**
 * Serves a team's own app with the recorder in its pages. Only the app and the APIs named are reached; calls to the APIs
 * go through here too, so that no API has to allow another origin. `say` is told what was changed for it, once each.
 */
export function appProxy(
  app: string,
  named: readonly string[],
  notebook: Notebook,
  say: (note: string) => void = () => undefined,
): Server {
  const target = new URL(app).origin
  // A page may call its own server by its whole address, which is elsewhere than here.
  const apis = named.includes(target) ? named : [...named, target]
  const said = new Set<string>()
  const sayOnce = (note: string): void => {
    if (said.has(note)) return
    said.add(note)
    say(note)
  }
  const server = createServer((request, response) => {
    if (request.url === own && request.method === 'POST') return void report(request, response)
    const api = /^\/_throughline\/api\/(\d+)(\/.*)?$/.exec(request.url ?? '')
    const base = api === null ? target : apis[Number(api[1])]
    if (base === undefined) return void response.writeHead(404).end()
    forward(new URL(api === null ? (request.url ?? '/') : (api[2] ?? '/'), base), base)

    function forward(url: URL, origin: string): void {
      // `//host/` in an address must not lead elsewhere.
      if (url.origin !== origin) return void response.writeHead(400).end()
      const headers = { ...request.headers, host: url.host, 'accept-encoding': 'identity' }
      if (headers.origin !== undefined) headers.origin = target
      if (headers.referer !== undefined) headers.referer = target + pathOf(headers.referer)
      const asked = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
        url,
        { method: request.method, headers },
        (answer) => void pass(answer, url, api !== null),
      )
      asked.on('error', (error) => {
        if (!response.headersSent) response.writeHead(502, { 'content-type': 'text/plain' })
        response.end(`${origin} does not answer: ${error.message}\n`)
      })
      if (api === null && isForm(request)) void sendForm(asked)
      else request.pipe(asked)
      response.on('close', () => asked.destroy())
    }

    let sentForm: string | undefined
    async function sendForm(asked: ClientRequest): Promise<void> {
      try {
        const body = await collected(request, 1_000_000)
        sentForm = body.toString()
        asked.end(body)
      } catch {
        asked.destroy()
      }
    }

    const began = Date.now()

    async function pass(answer: IncomingMessage, url: URL, isApi: boolean): Promise<void> {
      const headers: Record<string, string | string[] | undefined> = { ...answer.headers }
      const here = `http://${request.headers.host ?? 'localhost'}`
      if (typeof headers['location'] === 'string')
        headers['location'] = headers['location'].replace(target, here)
      if (answer.headers['set-cookie'] !== undefined)
        headers['set-cookie'] = answer.headers['set-cookie'].map((one) =>
          one.replace(/;\s*(domain=[^;]*|secure)/gi, '').replace(/;\s*samesite=none/i, ''),
        )
      const status = answer.statusCode ?? 502
      const type = (answer.headers['content-type'] ?? '').split(';')[0]!
      const isPage =
        !isApi &&
        type === 'text/html' &&
        ['document', 'iframe', undefined].includes(request.headers['sec-fetch-dest'])
      if (isPage || sentForm !== undefined) document(url, status, type)
      if (!isPage || request.method === 'HEAD') {
        response.writeHead(status, headers)
        answer.pipe(response)
        return
      }
      const body = await collected(answer, 50_000_000).catch(() => undefined)
      const plain = body && decompressed(body, answer.headers['content-encoding'] ?? '')
      if (plain === undefined) return void response.writeHead(502).end()
      const nonce = randomBytes(12).toString('base64')
      const policy = answer.headers['content-security-policy']
      delete headers['content-length']
      delete headers['content-encoding']
      delete headers['etag']
      if (typeof policy === 'string') {
        headers['content-security-policy'] = allowing(policy, nonce)
        sayOnce(POLICY_NOTE)
      }
      response.writeHead(status, headers)
      const { html, isChanged } = allowedInPage(plain.toString(), nonce)
      if (isChanged) sayOnce(POLICY_NOTE)
      response.end(injected(html, nonce, isChanged || typeof policy === 'string'))
    }

    /** A page that the server made, or a form that was sent to it: an operation where no API is called. */
    function document(url: URL, status: number, type: string): void {
      const method = request.method ?? 'GET'
      const from =
        request.headers.referer === undefined
          ? url.pathname
          : pathOf(request.headers.referer).split('?')[0]!
      const isForm = method !== 'GET'
      notebook.add([
        ...(isForm ? [] : [{ kind: 'screen', at: began, path: url.pathname, via: 'load' }]),
        {
          kind: 'call',
          at: began,
          ms: Date.now() - began,
          method,
          url: url.href,
          status,
          type: type || 'text/html',
          on: isForm ? from : url.pathname,
          acted: isForm,
          ...(sentForm !== undefined && {
            sent: Object.fromEntries(new URLSearchParams(sentForm)),
            sentType: 'application/x-www-form-urlencoded',
          }),
        },
      ])
    }
  })
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(target)
    const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
    const there =
      url.protocol === 'https:'
        ? tlsConnect({ host: url.hostname, port, servername: url.hostname })
        : connect(port, url.hostname)
    const headers = { ...request.headers, host: url.host }
    if (headers.origin !== undefined) headers.origin = target
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => `${name}: ${one}`),
    )
    there.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
    there.write(head)
    there.pipe(socket).pipe(there)
    there.on('error', () => socket.destroy())
    socket.on('error', () => there.destroy())
  })
  return server

  async function report(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Another site's page must not write into the notebook.
    if (
      request.headers['sec-fetch-site'] !== undefined &&
      request.headers['sec-fetch-site'] !== 'same-origin'
    )
      return void response.writeHead(403).end()
    try {
      const told = JSON.parse((await collected(request, largestReport)).toString()) as unknown
      const here = `http://${request.headers.host ?? 'localhost'}`
      if (Array.isArray(told))
        notebook.add(told.map((one: unknown) => atHome(one, `${here}/`, `${target}/`)))
      response.writeHead(204).end()
    } catch {
      response.writeHead(400).end()
    }
  }

  function injected(html: string, nonce: string, hasPolicy: boolean): string {
    const options = `{
      origins: ${JSON.stringify(apis)},
      tell: (told) => { const body = JSON.stringify(told); navigator.sendBeacon?.call(navigator, '${own}', body) || send('${own}', { method: 'POST', body }) },
      sentTo: (url) => { const at = apis.findIndex((one) => url.startsWith(one + '/')); return at < 0 ? url : '/_throughline/api/' + at + url.slice(apis[at].length) },
    }`
    const script = `const send = fetch.bind(globalThis), apis = ${JSON.stringify(apis)};${recorderScript(options)}`
    const tag = `<script${hasPolicy ? ` nonce="${nonce}"` : ''}>{${script.replaceAll('</script', String.raw`<\/script`).replaceAll('<!--', String.raw`<\!--`)}}</script>`
    const head = /<head[^>]*>/i.exec(html)
    const at =
      head === null ? (/<!doctype[^>]*>/i.exec(html)?.[0].length ?? 0) : head.index + head[0].length
    return html.slice(0, at) + tag + html.slice(at)
  }
}

/** What a page tells, as if it had come from the app itself: calls to its own origin went to that of the proxy. */
function atHome(told: unknown, here: string, home: string): unknown {
  if (typeof told !== 'object' || told === null) return told
  if ('url' in told && typeof told.url === 'string' && told.url.startsWith(here))
    return { ...told, url: home + told.url.slice(here.length) }
  if ('name' in told && typeof told.name === 'string')
    return { ...told, name: told.name.replace(` ${here}`, () => ` ${home}`) }
  return told
}

const POLICY_NOTE =
  "The app's Content-Security-Policy has room for the recorder here, and is otherwise as it was."

/** A page whose own policies, in `<meta>`, have room for the recorder. */
function allowedInPage(
  page: string,
  nonce: string,
): { readonly html: string; readonly isChanged: boolean } {
  let isChanged = false
  const html = page.replace(/<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>/gi, (tag) => {
    if (!/http-equiv\s*=\s*["']?content-security-policy["'\s/>]/i.test(tag)) return tag
    return tag.replace(
      /(\bcontent\s*=\s*)("[^"]*"|'[^']*')/i,
      (_, name: string, quoted: string) => {
        isChanged = true
        const policy = quoted
          .slice(1, -1)
          .replace(/&(?:#39|#x27|apos);/gi, "'")
          .replace(/&(?:quot|#34);/gi, '"')
          .replace(/&amp;/gi, '&')
        return `${name}"${allowing(policy, nonce).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
      },
    )
  })
  return { html, isChanged }
}

/** The policy with room for one more script, and for its reports (CSP 3, section 2.3). */
function allowing(policy: string, nonce: string): string {
  return policy
    .split(',')
    .map((one) => {
      const directives = new Map(
        one.split(';').flatMap((text) => {
          const [name = '', ...values] = text.trim().split(/\s+/)
          return name === '' ? [] : [[name.toLowerCase(), values] as const]
        }),
      )
      const extend = (name: string, value: string): void => {
        const values = directives.get(name) ?? directives.get('default-src')
        if (values !== undefined)
          directives.set(name, [...values.filter((each) => each !== "'none'"), value])
      }
      const scripts = directives.get('script-src') ?? directives.get('default-src') ?? []
      // A nonce would switch off the app's own `unsafe-inline`.
      if (
        !scripts.includes("'unsafe-inline'") ||
        scripts.some((each) => /^'(nonce|sha)/.test(each))
      )
        extend('script-src', `'nonce-${nonce}'`)
      extend('connect-src', "'self'")
      // What is served here has no certificate.
      directives.delete('upgrade-insecure-requests')
      return [...directives].map(([name, values]) => [name, ...values].join(' ')).join('; ')
    })
    .join(', ')
}

function isForm(request: IncomingMessage): boolean {
  return request.method === 'POST' && /urlencoded/i.test(request.headers['content-type'] ?? '')
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return '/'
  const { pathname, search } = new URL(url)
  return pathname + search
}

function collected(stream: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    stream.on('data', (part: Buffer) => {
      size += part.length
      if (size > most) {
        stream.destroy()
        reject(new Error('too long'))
      } else parts.push(part)
    })
    stream.on('end', () => resolve(Buffer.concat(parts)))
    stream.on('error', reject)
  })
}
