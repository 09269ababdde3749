import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import {
  condensed,
  generalPath,
  idBook,
  type DiscoveryEdit,
  type Observation,
  type ObservedCall,
} from '@throughline/core'
import { bodyNews, type BodyNews } from './body-news.ts'
import { masked, maskedBody, maskedPath, maskedUrl } from './masked.ts'
import { makeFolder } from '../../workspace/make-folder.ts'

/**
 * What was seen so far: masked, bounded, and on disk line by line, so that a crash loses nothing. However long somebody
 * clicks, visits that say nothing new are only counted.
 */
export interface Notebook {
  /** Takes in what a page tells; what is no observation is left out. */
  add(told: readonly unknown[]): void
  readonly observations: () => readonly Observation[]
  /** Another number whenever something was added. */
  readonly version: () => number
}

/** Different questions whose bodies are kept. */
const mostQuestions = 2_000
/** Characters of bodies that are kept of one session. */
const mostOfBodies = 30_000_000
/** Different links of pages that are remembered. */
const mostLinks = 1_000
/** Lines after which they are looked through for what says nothing new. */
const mostLines = 3_000
/** A journal that could not be this tool's. */
const largestJournal = 500_000_000

/**
 * A notebook in a file that is only ever appended to, and now and then replaced as a whole by a shorter one; what stands in it
 * already is read first. `isPrivate` says which names of a call's fields the team's rules keep to themselves.
 */
export function notebookAt(
  path: string | undefined,
  isPrivate?: (name: string, call: ObservedCall) => boolean,
): Notebook {
  let all: Observation[] = []
  let next = mostLines
  let kept = 0
  let version = 0
  const ids = idBook()
  const linked = new Set<string>()
  const bodies = new Map<string, BodyNews>()
  if (path !== undefined && existsSync(path) && statSync(path).size < largestJournal) {
    const text = readFileSync(path, 'utf8')
    for (const line of text.split('\n')) {
      const one = line === '' ? undefined : observationIn(parsed(line))
      // The last line of a crash may be half a line.
      if (one === undefined) continue
      if (one.kind === 'call') {
        ids.learn(one)
        if (one.body !== undefined) {
          newsOf(one)?.isNew(one.body)
          kept += JSON.stringify(one.body).length
        }
      }
      take(one)
    }
    // What follows half a line must not be read as its end.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(path, '\n')
  } else if (path !== undefined) makeFolder(dirname(path))
  return {
    add(told) {
      const fresh: Observation[] = []
      for (const one of told) {
        const known = observationIn(one)
        const clean = known?.kind === 'call' ? lean(known) : known
        if (clean !== undefined && take(clean)) fresh.push(clean)
      }
      if (fresh.length > 0) version++
      if (path !== undefined && fresh.length > 0)
        appendFileSync(path, lines(fresh), { mode: 0o600 })
      if (all.length > next) shorten()
    },
    observations: () => all,
    version: () => version,
  }

  function take(one: Observation): boolean {
    if (one.kind === 'links') {
      const paths = one.paths.filter((path) => !linked.has(path))
      if (paths.length === 0 || linked.size > mostLinks) return false
      for (const path of paths) linked.add(path)
    }
    const last = all.at(-1)
    if (
      one.kind === 'named' &&
      last?.kind === 'named' &&
      last.heading === one.heading &&
      last.title === one.title
    )
      return false
    all.push(one)
    return true
  }

  /** A call without what is personal; without its body where enough of its kind are known. */
  function lean(call: ObservedCall): ObservedCall {
    ids.learn(call)
    const { body, sent, ...rest } = call
    const isOwn = isPrivate && ((name: string): boolean => isPrivate(name, call))
    const clean = {
      ...rest,
      url: maskedUrl(call.url, isOwn),
      ...(sent !== undefined && { sent: maskedBody(sent, isOwn) }),
    }
    if (body === undefined) return clean
    const less = maskedBody(body, isOwn)
    const size = JSON.stringify(less).length
    if (kept + size < mostOfBodies && newsOf(call)?.isNew(less) === true) {
      kept += size
      return { ...clean, body: less }
    }
    // Its body would have said which parts of the address are ids.
    const known = idsOf(call)
    return Object.keys(known).length > 0 ? { ...clean, ids: known } : clean
  }

  function newsOf(call: ObservedCall): BodyNews | undefined {
    const path = generalPath(new URL(call.url).pathname, ids.idOf)
    const key = `${call.method} ${path} ${call.status} ${graphqlName(call.sent)}`
    let news = bodies.get(key)
    if (news === undefined && bodies.size < mostQuestions) bodies.set(key, (news = bodyNews()))
    return news
  }

  function idsOf({ url, on = '' }: ObservedCall): Readonly<Record<string, string>> {
    const found: Record<string, string> = {}
    for (const one of [...new URL(url).pathname.split('/'), ...on.split('/')]) {
      const name = one === '' ? undefined : ids.idOf(one)
      if (name !== undefined) found[decodeURIComponent(one)] = name
    }
    return found
  }

  /** The same in fewer lines, also on disk: whoever is killed meanwhile has the old file or the new one. */
  function shorten(): void {
    all = [...condensed(all)]
    next = Math.max(mostLines, all.length * 2)
    if (path === undefined) return
    const beside = `${path}.new`
    const file = openSync(beside, 'w', 0o600)
    writeSync(file, lines(all))
    fsyncSync(file)
    closeSync(file)
    renameSync(beside, path)
  }
}

function lines(all: readonly Observation[]): string {
  return all.map((one) => `${JSON.stringify(one)}\n`).join('')
}

/** Something that somebody asks for, if it has the form of an edit. */
export function discoveryEditIn(value: unknown): DiscoveryEdit | undefined {
  const text = (name: string): string | undefined => {
    const found = own(value, name)
    return typeof found === 'string' ? found.slice(0, 300) : undefined
  }
  const [walk, screen, title] = [text('walk'), text('screen'), text('title')?.trim()]
  if (walk === undefined) return undefined
  switch (own(value, 'kind')) {
    case 'name-step':
      return screen === undefined || title === undefined
        ? undefined
        : { kind: 'name-step', walk, screen, title: title.slice(0, 80) }
    case 'name-journey':
      return title === undefined
        ? undefined
        : { kind: 'name-journey', walk, title: title.slice(0, 80) }
    case 'leave-out': {
      const out = own(value, 'out')
      return screen === undefined || typeof out !== 'boolean'
        ? undefined
        : { kind: 'leave-out', walk, screen, out }
    }
    case 'merge': {
      const into = text('into')
      return into === undefined || into === walk ? undefined : { kind: 'merge', walk, into }
    }
    case 'need': {
      const [operation, path, needed] = [text('operation'), text('path'), own(value, 'needed')]
      return screen === undefined ||
        operation === undefined ||
        path === undefined ||
        typeof needed !== 'boolean'
        ? undefined
        : { kind: 'need', walk, screen, operation, path, needed }
    }
    default:
      return undefined
  }
}

function graphqlName(sent: unknown): string {
  const name = own(sent, 'operationName')
  return typeof name === 'string' ? name : ''
}

/** Something that a page told, if it has the form of an observation. */
function observationIn(value: unknown): Observation | undefined {
  const text = (name: string): string | undefined => {
    const found = own(value, name)
    return typeof found === 'string' ? found.slice(0, 4_000) : undefined
  }
  const number = (name: string): number => {
    const found = own(value, name)
    return typeof found === 'number' && Number.isFinite(found) ? found : 0
  }
  switch (own(value, 'kind')) {
    case 'screen': {
      const path = text('path')
      if (path === undefined) return undefined
      return {
        kind: 'screen',
        at: number('at'),
        path,
        via: text('via') === 'load' ? 'load' : 'move',
        ...(number('times') > 1 && { times: number('times') }),
        ...(own(value, 'apart') === true && { apart: true }),
      }
    }
    case 'named':
      return {
        kind: 'named',
        title: masked(text('title') ?? '') as string,
        heading: masked(text('heading') ?? '') as string,
      }
    case 'journey':
      return {
        kind: 'journey',
        title: text('title') ?? '',
        ...(typeof own(value, 'times') === 'number' && { times: number('times') }),
      }
    case 'undo':
      return { kind: 'undo' }
    case 'links': {
      const paths = own(value, 'paths')
      if (!Array.isArray(paths)) return undefined
      const short = paths.flatMap((one) =>
        typeof one === 'string' && one.startsWith('/') ? [maskedPath(one).slice(0, 200)] : [],
      )
      return short.length === 0 ? undefined : { kind: 'links', paths: short.slice(0, 1_000) }
    }
    case 'edit': {
      const edit = discoveryEditIn(own(value, 'edit'))
      return edit === undefined ? undefined : { kind: 'edit', edit }
    }
    case 'reads': {
      const name = text('name')
      const fields = own(value, 'fields')
      if (name === undefined || typeof fields !== 'object' || fields === null) return undefined
      const counts = Object.entries(fields)
        .slice(0, 5_000)
        .map(([path, one]) => {
          const count = (what: string): number => {
            const found = own(one, what)
            return typeof found === 'number' ? found : 0
          }
          return [path, { read: count('read'), copied: count('copied'), missed: count('missed') }]
        })
      return { kind: 'reads', name, fields: Object.fromEntries(counts) }
    }
    case 'call': {
      const [method, url] = [text('method'), text('url')]
      if (method === undefined || url === undefined || !URL.canParse(url)) return undefined
      if (!/^https?:/.test(url) || !/^[A-Z]{1,20}$/.test(method)) return undefined
      const told = own(value, 'told')
      const words = own(told, 'text')
      const test = own(told, 'test')
      const headers = own(value, 'headers')
      const [also, ids] = [own(value, 'also'), own(value, 'ids')]
      const optional = (name: 'on' | 'auth' | 'waited' | 'sentType'): object => {
        const found = text(name)
        return found === undefined ? {} : { [name]: found }
      }
      return {
        kind: 'call',
        at: number('at'),
        ms: number('ms'),
        method,
        url,
        status: number('status'),
        type: text('type') ?? '',
        size: number('size'),
        acted: own(value, 'acted') === true,
        ...(number('times') > 1 && { times: number('times') }),
        ...(Array.isArray(also) && {
          also: also.filter((one): one is number => typeof one === 'number').slice(0, 200),
        }),
        ...(typeof ids === 'object' &&
          ids !== null && {
            ids: Object.fromEntries(
              Object.entries(ids).flatMap(([id, name]) =>
                typeof name === 'string' ? [[id, name] as const] : [],
              ),
            ),
          }),
        ...optional('on'),
        ...optional('auth'),
        ...optional('waited'),
        ...optional('sentType'),
        ...(own(value, 'sent') !== undefined && { sent: own(value, 'sent') }),
        ...(own(value, 'body') !== undefined && { body: own(value, 'body') }),
        ...(Array.isArray(headers) && {
          headers: headers.filter((one): one is string => typeof one === 'string').slice(0, 20),
        }),
        ...(typeof words === 'string' &&
          typeof test === 'string' && { told: { text: masked(words) as string, test } }),
      }
    }
    default:
      return undefined
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}

function own(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
