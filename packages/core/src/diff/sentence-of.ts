import { shown } from '../schema/words.ts'
import type { Operation } from '../operation/operation.ts'
import type { Finding } from './finding.ts'
import { placeInShared, type Occurrence, type RootCause } from './root-causes.ts'
import { ruleOf } from './rules.ts'

/** What a change says in one sentence of plain words. */
export function sentenceOf(cause: RootCause): string {
  const { finding } = cause
  const at = placeOf(cause)
  const words: Record<string, string> = {
    at,
    name: finding.name === undefined ? 'it' : code(finding.name),
    part: finding.about === undefined ? 'it' : code(finding.about),
    from: valueWords(finding.from),
    to: valueWords(finding.to),
  }
  // `true` and the text "true" would read alike.
  if (words['from'] === words['to'] && typeof finding.from !== typeof finding.to) {
    words['from'] = code(JSON.stringify(finding.from ?? null))
    words['to'] = code(JSON.stringify(finding.to ?? null))
  }
  return filled(ruleOf(finding.code).says, words)
}

/** A rule's sentence with its words put in. */
export function filled(says: string, words: Readonly<Record<string, string>>): string {
  const text = says.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** `GET /basket`, `query basketReviews`: an operation as people say it. */
function operationWords({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`
}

function placeOf({ finding, first, operations }: RootCause): string {
  const shared = placeInShared(finding)
  // What no operation leads to, and what is sent in the middle of an answer, has no better name.
  if (shared !== undefined && (operations.size !== 1 || shared.includes(':)'))) return code(shared)
  const operation = first.pair.after ?? first.pair.before
  if (operation === undefined)
    return first.place.location === 'servers' ? 'the API' : 'the contract'
  const { place } = first
  // What a path item says holds for all of its operations.
  if (place.location === 'servers' && operations.size > 1) return code(operation.path)
  const whole = `${operationWords(operation)}${place.status === undefined ? '' : ` (${place.status})`}`
  const callback = /^(callback|webhook):([^:]+):/.exec(place.location)
  const of = callback === null ? whole : `the ${callback[1]} ${code(callback[2]!)}`
  const inside = insideOf(finding, first)
  if (inside !== undefined) return `${inside} of ${of}`
  return of
}

function insideOf({ code: rule }: Finding, { place, path }: Occurrence): string | undefined {
  switch (place.part) {
    case 'parameter':
    case 'header': {
      const name = place.name ?? ''
      const joint = path === '' || /^[[{]/.test(path) ? '' : '.'
      return `${place.words} ${code(`${name}${joint}${path}`)}`
    }
    case 'body':
      if (path !== '') return code(path)
      return ruleOf(rule).area.startsWith('Data that') ? 'the body' : undefined
    case 'operation':
    case 'answer':
    case 'media':
    case 'callback':
      return undefined
  }
}

function code(text: string): string {
  return `\`${text}\``
}

/** A value as a sentence says it. */
export function valueWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (
    Array.isArray(value) &&
    value.every((one) => typeof one === 'string' || typeof one === 'number')
  )
    return listOf(value.map(String))
  if (typeof value === 'string')
    return value.length > 80 ? code(`${value.slice(0, 77)}...`) : code(value)
  return code(shown(value))
}

function listOf(values: readonly string[]): string {
  const some = values.length > 6 ? values.slice(0, 5) : values
  const rest = values.length - some.length
  const words = some.map(code)
  if (rest > 0) return `${words.join(', ')} or one of ${rest} more`
  return words.length < 2
    ? (words[0] ?? 'nothing')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`
}
