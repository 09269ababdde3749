import { closest } from '../text/suggestion.ts'
import { isObject } from '../text/site.ts'
import type { Operation } from './operation.ts'

/** What a request line leads to. Path parameters are raw: percent-encoded, as they stand in the URL. */
export type Match =
  | {
      readonly kind: 'found'
      readonly operation: Operation
      readonly pathParameters: ReadonlyMap<string, string>
    }
  | { readonly kind: 'method-not-allowed'; readonly allow: readonly string[] }
  | { readonly kind: 'not-found'; readonly nearest: () => readonly Operation[] }

export interface Router {
  /** `path` begins with `/` and has no query; `query` (without `?`) only tells operations apart whose path template has one. */
  match(method: string, path: string, query?: string): Match
}

/**
 * Finds the operation of a request: a trie of path segments, literal before mixed (`{id}.json`, `{name}:run`) before
 * `{parameter}`, with backtracking. A server's base path is accepted and may be left out. HEAD is answered by GET.
 */
export function routerOf(operations: readonly Operation[], basePaths: readonly string[]): Router {
  const root = nodeOf()
  const literal = new Map<string, TrieNode>()
  const rest: Operation[] = []
  for (const operation of operations) {
    if (operation.protocol !== 'rest') continue
    add(root, literal, operation)
    rest.push(operation)
  }
  const bases = [...new Set(basePaths)]
    .filter((one) => one !== '' && one !== '/')
    .toSorted((a, b) => b.length - a.length)

  return {
    match(method, path, query = '') {
      let allow: Set<string> | undefined
      const wanted = method.toUpperCase()
      for (const base of bases) {
        if (!path.startsWith(base)) continue
        if (path.length > base.length && path.charCodeAt(base.length) !== SLASH) continue
        const found = lookUp(path.slice(base.length) || '/')
        if (found !== undefined) return found
      }
      const found = lookUp(path)
      if (found !== undefined) return found
      if (allow !== undefined) return { kind: 'method-not-allowed', allow: [...allow].toSorted() }
      return { kind: 'not-found', nearest: () => nearest(rest, bases, wanted, path) }

      function lookUp(here: string): Match | undefined {
        const exact = literal.get(here)
        const direct = exact && endHere(exact, NOTHING)
        if (direct !== undefined) return direct
        const segments = segmentsOf(here)
        if (segments.length > MOST_SEGMENTS) return undefined
        const values: string[] = []
        return (
          walk(root, segments, 0, values, endHere) ??
          walkGreedily(root, segments, 0, values, endHere)
        )
      }

      function endHere(node: TrieNode, values: readonly string[]): Match | undefined {
        const candidates =
          node.methods.get(wanted) ?? (wanted === 'HEAD' ? node.methods.get('GET') : undefined)
        const route = candidates?.find((one) => queryHolds(one, query))
        if (route === undefined) {
          // The method is right, and what stands in the query is not.
          if (candidates !== undefined) return undefined
          allow ??= new Set()
          for (const name of node.methods.keys()) {
            allow.add(name)
            if (name === 'GET') allow.add('HEAD')
          }
          return undefined
        }
        const pathParameters = new Map<string, string>()
        for (let index = 0; index < route.names.length; index++)
          pathParameters.set(route.names[index]!, values[index]!)
        return { kind: 'found', operation: route.operation, pathParameters }
      }
    },
  }
}

const SLASH = 47
const NOTHING: readonly string[] = []
/** More segments than any real path has: bounds the work of a hostile URL. */
const MOST_SEGMENTS = 100

interface TrieNode {
  readonly literals: Map<string, TrieNode>
  readonly mixed: {
    readonly pattern: string
    readonly parts: readonly string[]
    readonly node: TrieNode
  }[]
  parameter: TrieNode | undefined
  readonly methods: Map<string, Route[]>
}

interface Route {
  readonly operation: Operation
  /** Parameter names in the order of their values. */
  readonly names: readonly string[]
  /** `/search?type=user` and `/search?type=team` as two paths: pairs that must stand in the query. */
  readonly query: readonly string[]
  /** The last parameter takes all segments that are left: `{path+}`, `{+path}`, `{path*}`. */
  readonly greedy: boolean
}

function nodeOf(): TrieNode {
  return { literals: new Map(), mixed: [], parameter: undefined, methods: new Map() }
}

function add(root: TrieNode, literal: Map<string, TrieNode>, operation: Operation): void {
  const [template, query] = templateOf(operation.path)
  const names: string[] = []
  let greedy = false
  let here = root
  for (const segment of segmentsOf(template)) {
    if (!segment.includes('{')) {
      here = childOf(here.literals, decoded(segment))
      continue
    }
    const { parts, names: inside } = partsOf(segment)
    for (const name of inside) {
      const plain = name.replace(/^\+|[+*]$/g, '')
      greedy = plain !== name
      names.push(plain)
    }
    if (parts.length === 2 && parts[0] === '' && parts[1] === '') {
      here = here.parameter ??= nodeOf()
    } else {
      here = mixedOf(here, parts)
    }
  }
  const route: Route = { operation, names, query, greedy }
  const method = operation.method.toUpperCase()
  const same = here.methods.get(method)
  if (same === undefined) here.methods.set(method, [route])
  else {
    same.push(route)
    same.sort((a, b) => b.query.length - a.query.length)
  }
  if (names.length === 0 && !literal.has(template)) literal.set(template, here)
}

function templateOf(path: string): [string, readonly string[]] {
  const end = path.search(/[?#]/)
  if (end === -1) return [path, NOTHING]
  return [
    path.slice(0, end),
    path
      .slice(end + 1)
      .split('&')
      .filter((pair) => pair !== '' && !pair.includes('{')),
  ]
}

function childOf(children: Map<string, TrieNode>, segment: string): TrieNode {
  let node = children.get(segment)
  if (node === undefined) children.set(segment, (node = nodeOf()))
  return node
}

function mixedOf(here: TrieNode, parts: readonly string[]): TrieNode {
  const pattern = parts.join('{}')
  const known = here.mixed.find((one) => one.pattern === pattern)
  if (known !== undefined) return known.node
  const node = nodeOf()
  here.mixed.push({ pattern, parts, node })
  here.mixed.sort((a, b) => b.pattern.length - a.pattern.length) // the most literal text first
  return node
}

/** `{base}...{head}` -> parts `''`, `...`, `''` and the names between them. An unclosed brace is literal text. */
function partsOf(segment: string): { parts: readonly string[]; names: readonly string[] } {
  const parts: string[] = []
  const names: string[] = []
  let from = 0
  for (;;) {
    const open = segment.indexOf('{', from)
    const close = open === -1 ? -1 : segment.indexOf('}', open)
    if (close === -1) break
    parts.push(decoded(segment.slice(from, open)))
    names.push(segment.slice(open + 1, close))
    from = close + 1
  }
  parts.push(decoded(segment.slice(from)))
  return { parts, names }
}

/** What `split` gives: this way it takes half the time, and is done for every request. */
function segmentsOf(path: string): readonly string[] {
  const segments: string[] = []
  let from = path.startsWith('/') ? 1 : 0
  for (let slash = path.indexOf('/', from); slash !== -1; slash = path.indexOf('/', from)) {
    segments.push(path.slice(from, slash))
    from = slash + 1
  }
  segments.push(path.slice(from))
  return segments
}

type End = (node: TrieNode, values: readonly string[]) => Match | undefined

function walk(
  node: TrieNode,
  segments: readonly string[],
  index: number,
  values: string[],
  end: End,
): Match | undefined {
  if (index === segments.length) return node.methods.size === 0 ? undefined : end(node, values)
  const segment = segments[index]!
  const next = node.literals.get(decoded(segment))
  const found = next && walk(next, segments, index + 1, values, end)
  if (found !== undefined) return found
  if (segment === '') return undefined
  for (const { parts, node: inner } of node.mixed) {
    const inside = valuesInside(segment, parts) ?? valuesEscaped(segment, parts)
    if (inside === undefined) continue
    values.push(...inside)
    const found = walk(inner, segments, index + 1, values, end)
    if (found !== undefined) return found
    values.length -= inside.length
  }
  if (node.parameter === undefined) return undefined
  values.push(segment)
  const last = walk(node.parameter, segments, index + 1, values, end)
  if (last === undefined) values.pop()
  return last
}

/** Only when nothing else fits: a final parameter that says it may hold slashes takes the rest of the path. */
function walkGreedily(
  node: TrieNode,
  segments: readonly string[],
  index: number,
  values: string[],
  end: End,
): Match | undefined {
  if (index >= segments.length) return undefined
  const segment = segments[index]!
  const next = node.literals.get(decoded(segment))
  const found = next && walkGreedily(next, segments, index + 1, values, end)
  if (found !== undefined || node.parameter === undefined) return found
  values.push(segment)
  const deeper = walkGreedily(node.parameter, segments, index + 1, values, end)
  if (deeper !== undefined) return deeper
  values.pop()
  const [route] = [...node.parameter.methods.values()].flat()
  if (route === undefined || !(route.greedy || holdsSlashes(route))) return undefined
  values.push(segments.slice(index).join('/'))
  const greedy = end(node.parameter, values)
  if (greedy === undefined) values.pop()
  return greedy
}

/** GitHub's `x-multi-segment`. */
function holdsSlashes({ operation, names }: Route): boolean {
  const last = names.at(-1)
  return operation.parameters().some(({ name, in: place, site }) => {
    return (
      place === 'path' &&
      name === last &&
      isObject(site.value) &&
      site.value['x-multi-segment'] === true
    )
  })
}

/** The values between the literal parts, each at least one character; the first literal that fits ends a value. */
function valuesInside(segment: string, parts: readonly string[]): readonly string[] | undefined {
  const first = parts[0]!
  if (!segment.startsWith(first)) return undefined
  const values: string[] = []
  let from = first.length
  for (let index = 1; index < parts.length; index++) {
    const part = parts[index]!
    const last = index === parts.length - 1
    const end = last
      ? segment.length - part.length
      : part === ''
        ? from + 1
        : segment.indexOf(part, from + 1)
    if (end <= from || (last && !segment.endsWith(part))) return undefined
    values.push(segment.slice(from, end))
    from = end + part.length
  }
  return values
}

/** `3%3Acancel` is `3:cancel` as clients write it that escape whole segments. */
function valuesEscaped(segment: string, parts: readonly string[]): readonly string[] | undefined {
  if (!segment.includes('%')) return undefined
  return valuesInside(decoded(segment), parts)?.map(encodeURIComponent)
}

function queryHolds(route: Route, query: string): boolean {
  if (route.query.length === 0) return true
  const pairs = query.split('&')
  return route.query.every((wanted) => pairs.includes(wanted))
}

/** Percent-decoded; text that is no valid encoding stays as it is. */
function decoded(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The operations whose path is most like this one, best first, at most three; the same method goes before others. */
function nearest(
  operations: readonly Operation[],
  bases: readonly string[],
  method: string,
  path: string,
): readonly Operation[] {
  const base = bases.find((one) => path.startsWith(`${one}/`)) ?? ''
  const wanted = segmentsOf(path.slice(base.length)).slice(0, MOST_SEGMENTS)
  const scored: { operation: Operation; score: number }[] = []
  for (const operation of operations) {
    const segments = segmentsOf(templateOf(operation.path)[0])
    let score = Math.abs(segments.length - wanted.length)
    let alike = 0
    for (let index = 0; index < Math.min(segments.length, wanted.length); index++) {
      const template = segments[index]!
      const asked = wanted[index]!
      if (template.includes('{')) score += 0.1
      else if (template.toLowerCase() === asked.toLowerCase()) alike++
      else if (closest(asked.slice(0, 60), [template]).length > 0) {
        alike++
        score += 0.4
      } else score += 1.2
    }
    if (alike === 0 && segments.length > 0) continue
    if (operation.method.toUpperCase() !== method) score += 0.3
    scored.push({ operation, score })
  }
  return scored
    .toSorted((a, b) => a.score - b.score)
    .slice(0, 3)
    .filter((one) => one.score <= wanted.length * 0.8 + 0.5)
    .map((one) => one.operation)
}
