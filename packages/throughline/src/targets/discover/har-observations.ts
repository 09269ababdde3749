/** Whether a value is a HAR file (1.2). */
export function isHar(value: unknown): boolean {
  return Array.isArray(own(own(value, 'log'), 'entries'))
}

/**
 * The calls and pages of a HAR as a page under the recorder would have told them, for a notebook. What was read is not in
 * a HAR.
 */
export function toldByHar(value: unknown): readonly unknown[] {
  const entries = own(own(value, 'log'), 'entries')
  if (!Array.isArray(entries)) return []
  return entries.slice(0, 20_000).flatMap((entry: unknown): readonly unknown[] => {
    const [request, response] = [own(entry, 'request'), own(entry, 'response')]
    const url = own(request, 'url')
    const method = own(request, 'method')
    if (typeof url !== 'string' || !URL.canParse(url) || method === 'OPTIONS') return []
    const started = own(entry, 'startedDateTime')
    const at = typeof started === 'string' ? Date.parse(started) : 0
    const content = own(response, 'content')
    const mime = own(content, 'mimeType')
    const type = typeof mime === 'string' ? mime.split(';')[0]!.trim() : ''
    const { pathname } = new URL(url)
    const page = pageOf(request)
    if (/html/i.test(type)) {
      const call = callOf(page ?? pathname)
      return method === 'GET' ? [{ kind: 'screen', at, path: pathname, via: 'load' }, call] : [call]
    }
    if (!/[/+]json$/i.test(type) && own(response, 'status') !== 204) return []
    return [
      ...(page === undefined ? [] : [{ kind: 'screen', at, path: page, via: 'move' }]),
      callOf(page),
    ]

    function callOf(on: string | undefined): object {
      const post = own(request, 'postData')
      const sent = jsonOf(own(post, 'text'))
      const body = /json/i.test(type) ? jsonOf(textOf(content)) : undefined
      const auth = authOf(own(request, 'headers'))
      return {
        kind: 'call',
        at,
        ms: own(entry, 'time'),
        method,
        url,
        status: own(response, 'status'),
        type,
        ...(on !== undefined && { on }),
        ...(sent !== undefined && { sent }),
        ...(body !== undefined && { body }),
        ...(auth !== undefined && { auth }),
      }
    }
  })
}

/** The page that asked, by its `Referer`. */
function pageOf(request: unknown): string | undefined {
  const referer = header(own(request, 'headers'), 'referer')
  if (referer === undefined || !URL.canParse(referer)) return undefined
  return new URL(referer).pathname
}

function authOf(headers: unknown): string | undefined {
  const value = header(headers, 'authorization')
  if (value === undefined) return undefined
  return /^bearer /i.test(value) ? 'bearer' : /^basic /i.test(value) ? 'basic' : 'Authorization'
}

function header(headers: unknown, wanted: string): string | undefined {
  if (!Array.isArray(headers)) return undefined
  for (const one of headers as readonly unknown[]) {
    const name = own(one, 'name')
    const value = own(one, 'value')
    if (typeof name === 'string' && name.toLowerCase() === wanted && typeof value === 'string')
      return value
  }
  return undefined
}

function textOf(content: unknown): unknown {
  const text = own(content, 'text')
  return typeof text === 'string' && own(content, 'encoding') === 'base64'
    ? Buffer.from(text, 'base64').toString()
    : text
}

function jsonOf(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
