import type { Path } from '../text/origin.ts'
import type { Call, Operand, Query, Selector, Test } from './json-path.ts'

/** A value that a query selects, and the way to it from the root. */
export interface Selected {
  readonly path: Path
  readonly value: unknown
}

/** A query that looks at more values than this is given up: contracts come from strangers. */
const mostVisited = 5_000_000
/** Patterns and texts of `match` and `search` that are longer match nothing. */
const longestPattern = 1000
const longestText = 10_000

/**
 * The values that a JSONPath query selects in a JSON-like value, in the order of RFC 9535. `undefined` where it would look
 * at more than five million values.
 */
export function selected(root: unknown, query: Query): readonly Selected[] | undefined {
  const run: Run = { root, left: mostVisited }
  try {
    const nodes = nodesOf(query, { value: root, parent: undefined, key: '' }, run)
    return nodes.map((node) => ({ path: pathTo(node), value: node.value }))
  } catch (error) {
    if (error instanceof TooMuch) return undefined
    throw error
  }
}

interface Node {
  readonly value: unknown
  readonly parent: Node | undefined
  readonly key: string | number
}

interface Run {
  readonly root: unknown
  left: number
}

class TooMuch extends Error {}

function nodesOf({ absolute, segments }: Query, here: Node, run: Run): readonly Node[] {
  let nodes: readonly Node[] = [absolute ? { value: run.root, parent: undefined, key: '' } : here]
  for (const { descendant, selectors } of segments) {
    const next: Node[] = []
    for (const node of nodes) {
      for (const from of descendant ? withDescendants(node, run) : [node])
        for (const selector of selectors)
          for (const one of select(from, selector, run)) next.push(one)
    }
    nodes = next
  }
  return nodes
}

function* withDescendants(node: Node, run: Run): Generator<Node> {
  yield node
  for (const child of childrenOf(node, run)) yield* withDescendants(child, run)
}

function* select(node: Node, selector: Selector, run: Run): Generator<Node> {
  const { value } = node
  switch (selector.kind) {
    case 'name':
      visit(run)
      if (isMap(value) && Object.hasOwn(value, selector.name))
        yield { value: value[selector.name], parent: node, key: selector.name }
      return
    case 'wildcard':
      yield* childrenOf(node, run)
      return
    case 'index': {
      visit(run)
      if (!Array.isArray(value)) return
      const key = selector.index < 0 ? value.length + selector.index : selector.index
      if (key >= 0 && key < value.length) yield { value: value[key] as unknown, parent: node, key }
      return
    }
    case 'slice':
      if (Array.isArray(value)) yield* slice(node, value, selector, run)
      return
    case 'filter':
      for (const child of childrenOf(node, run)) if (holds(selector.test, child, run)) yield child
  }
}

/** RFC 9535, section 2.3.4.2. */
function* slice(
  parent: Node,
  items: readonly unknown[],
  { start, end, step }: Extract<Selector, { kind: 'slice' }>,
  run: Run,
): Generator<Node> {
  if (step === 0) return
  const { length } = items
  const from = (index: number): number => (index >= 0 ? index : length + index)
  const within = (index: number, least: number, most: number): number =>
    Math.min(Math.max(index, least), most)
  const first = from(start ?? (step > 0 ? 0 : length - 1))
  const last = end === undefined ? (step > 0 ? length : -1) : from(end)
  if (step > 0) {
    const upper = within(last, 0, length)
    for (let key = within(first, 0, length); key < upper; key += step) {
      visit(run)
      yield { value: items[key], parent, key }
    }
  } else {
    const lower = within(last, -1, length - 1)
    for (let key = within(first, -1, length - 1); key > lower; key += step) {
      visit(run)
      yield { value: items[key], parent, key }
    }
  }
}

function* childrenOf(node: Node, run: Run): Generator<Node> {
  const { value } = node
  if (Array.isArray(value)) {
    for (let key = 0; key < value.length; key++) {
      visit(run)
      yield { value: value[key] as unknown, parent: node, key }
    }
  } else if (isMap(value)) {
    for (const [key, inner] of Object.entries(value)) {
      visit(run)
      yield { value: inner, parent: node, key }
    }
  }
}

function visit(run: Run): void {
  if (--run.left < 0) throw new TooMuch()
}

function holds(test: Test, node: Node, run: Run): boolean {
  switch (test.kind) {
    case 'any':
      return test.of.some((one) => holds(one, node, run))
    case 'all':
      return test.of.every((one) => holds(one, node, run))
    case 'not':
      return !holds(test.test, node, run)
    case 'exists':
      return nodesOf(test.query, node, run).length > 0
    case 'call':
      return called(test.call, node, run) === true
    case 'compare': {
      const [left, right] = [valueOf(test.left, node, run), valueOf(test.right, node, run)]
      switch (test.operator) {
        case '==':
          return equal(left, right)
        case '!=':
          return !equal(left, right)
        case '<':
          return less(left, right)
        case '>':
          return less(right, left)
        case '<=':
          return less(left, right) || equal(left, right)
        case '>=':
          return less(right, left) || equal(left, right)
      }
    }
  }
}

/** No value at all: a query that selects nothing. */
const nothing = Symbol('nothing')

function valueOf(operand: Operand, node: Node, run: Run): unknown {
  switch (operand.kind) {
    case 'literal':
      return operand.value
    case 'query': {
      const nodes = nodesOf(operand.query, node, run)
      return nodes.length === 1 ? nodes[0]!.value : nothing
    }
    case 'call':
      return called(operand.call, node, run)
  }
}

function called({ name, operands }: Call, node: Node, run: Run): unknown {
  const [first, second] = operands
  const nodes = (): readonly Node[] =>
    first?.kind === 'query' ? nodesOf(first.query, node, run) : []
  switch (name) {
    case 'count':
      return nodes().length
    case 'value': {
      const found = nodes()
      return found.length === 1 ? found[0]!.value : nothing
    }
    case 'length': {
      const value = valueOf(first!, node, run)
      if (typeof value === 'string') return Array.from(value).length
      if (Array.isArray(value)) return value.length
      return isMap(value) ? Object.keys(value).length : nothing
    }
    case 'match':
    case 'search': {
      const [text, pattern] = [valueOf(first!, node, run), valueOf(second!, node, run)]
      if (typeof text !== 'string' || typeof pattern !== 'string') return false
      return text.length <= longestText && expressionOf(pattern, name === 'match').test(text)
    }
  }
}

const never = /(?!)/
const expressions = new Map<string, RegExp>()

/** An I-Regexp (RFC 9485) as an expression of the language: `.` leaves out line ends only, and there are no flags. */
function expressionOf(pattern: string, whole: boolean): RegExp {
  const key = `${whole ? '^' : ''}${pattern}`
  let expression = expressions.get(key)
  if (expression === undefined) {
    expression = compiled(pattern, whole)
    if (expressions.size > 1000) expressions.clear()
    expressions.set(key, expression)
  }
  return expression
}

function compiled(pattern: string, whole: boolean): RegExp {
  if (pattern.length > longestPattern) return never
  const dots = pattern.replace(/\\.|\[(?:\\.|[^\]\\])*\]|\./gsu, (part) =>
    part === '.' ? '[^\\n\\r]' : part,
  )
  try {
    return new RegExp(whole ? `^(?:${dots})$` : dots, 'u')
  } catch {
    return never
  }
}

function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a))
    return (
      Array.isArray(b) && a.length === b.length && a.every((one, index) => equal(one, b[index]))
    )
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
  )
}

function less(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a !== 'string' || typeof b !== 'string') return false
  // By code point, not by UTF-16 unit.
  const [left, right] = [Array.from(a), Array.from(b)]
  const at = left.findIndex((one, index) => one !== right[index])
  if (at === -1) return left.length < right.length
  return at < right.length && left[at]!.codePointAt(0)! < right[at]!.codePointAt(0)!
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function pathTo(node: Node): Path {
  const path: (string | number)[] = []
  for (let here = node; here.parent !== undefined; here = here.parent) path.push(here.key)
  return path.toReversed()
}
