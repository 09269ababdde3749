import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Observation, ObservedCall } from '@throughline/core'
import { masked, maskedUrl } from './masked.ts'

/** What was seen so far: masked, bounded, and on disk line by line, so that a crash loses nothing. */
export interface Notebook {
  /** Takes in what a page tells; what is no observation is left out. */
  add(told: readonly unknown[]): void
  readonly observations: () => readonly Observation[]
}

/** Bodies kept of one question: more of the same say nothing new. */
const mostBodies = 8
/** Lines that are kept of one session. */
const mostLines = 60_000

/**
 * A notebook in a file that is only ever appended to; what stands in it already is read first. `isPrivate` says which names
 * of fields the team's policy keeps to itself.
 */
export function notebookAt(
  path: string | undefined,
  isPrivate?: (name: string) => boolean,
): Notebook {
  const all: Observation[] = []
  const bodies = new Map<string, number>()
  if (path !== undefined && existsSync(path))
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      const one = line === '' ? undefined : observationIn(parsed(line))
      // The last line of a crash may be half a line.
      if (one !== undefined) take(one)
    }
  else if (path !== undefined) mkdirSync(dirname(path), { recursive: true })
  return {
    add(told) {
      const fresh: Observation[] = []
      for (const one of told) {
        const known = observationIn(one)
        const clean = known?.kind === 'call' ? lean(known) : known
        if (clean !== undefined && take(clean)) fresh.push(clean)
      }
      if (path !== undefined && fresh.length > 0)
        appendFileSync(path, fresh.map((one) => `${JSON.stringify(one)}\n`).join(''), {
          mode: 0o600,
        })
    },
    observations: () => all,
  }

  function take(one: Observation): boolean {
    if (all.length >= mostLines) return false
    const last = all.at(-1)
    if (one.kind === 'named' && last?.kind === 'named' && last.heading === one.heading) return false
    all.push(one)
    return true
  }

  /** A call without what is personal; without its body where enough of its kind are known. */
  function lean(call: ObservedCall): ObservedCall {
    const { body, sent, ...rest } = call
    const path = new URL(call.url).pathname.replace(/\d+/g, '0')
    const key = `${call.method} ${path} ${call.status} ${graphqlName(sent)}`
    const many = bodies.get(key) ?? 0
    bodies.set(key, many + 1)
    return {
      ...rest,
      url: maskedUrl(call.url),
      ...(sent !== undefined && { sent: masked(sent, isPrivate) }),
      ...(body !== undefined && many < mostBodies && { body: masked(body, isPrivate) }),
    }
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
      }
    }
    case 'named':
      return { kind: 'named', title: text('title') ?? '', heading: text('heading') ?? '' }
    case 'journey':
      return { kind: 'journey', title: text('title') ?? '' }
    case 'undo':
      return { kind: 'undo' }
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
