import type { Path } from '../text/origin.ts'
import { isObject, type Site } from '../text/site.ts'
import { asWritten, normalised } from './dialect.ts'
import { keywordsOf } from './keywords/keywords-of.ts'
import type { Violation } from './violation.ts'

/**
 * One schema, ready to test values. Compiled when the first value reaches it, and remembered by its raw object:
 * a contract of ten thousand schemas costs only what is used.
 */
export interface SchemaNode {
  /** Normalised (`dialect.ts`). */
  readonly site: Site
  test: (value: unknown, run: Run) => boolean
  readonly keywords: () => readonly Keyword[]
  /** The value this node is being tested against: met again on the same value, a reference only leads in a circle. */
  active: unknown
}

/** One keyword of one schema. */
export interface Keyword {
  readonly name: string
  readonly test: (value: unknown, run: Run) => boolean
  /** The same for an object of a few properties of which the schema names many. */
  readonly testFew?: (value: Properties, run: Run) => boolean
  /** Called where `test` said no: says why. */
  readonly explain: (value: unknown, path: Path, run: Run, report: Report) => void
  /** Which properties and items of a valid value it has looked at (for `unevaluated*`). */
  readonly evaluate?: (value: unknown, run: Run, seen: Seen) => void
  /** The schema that a `$ref` names. */
  readonly target?: () => SchemaNode | undefined
}

/** The schema resources that validation has entered, innermost first (JSON Schema 2020-12, 7.1). */
export interface Scope {
  readonly resource: Site
  readonly outer: Scope | undefined
}

/** What one validation carries through the schemas. */
export interface Run {
  readonly direction: 'request' | 'response' | undefined
  /** Schema resources entered so far, innermost first: `$dynamicRef` looks here. */
  scope: Scope | undefined
  /** References followed and not yet returned from. Bounded: schemas come from strangers. */
  depth: number
  /** References that may still be followed: ends what would take exponential time. */
  fuel: number
  /** Objects whose `allOf` we are in, while a direction matters: a sibling may say that a property is read-only. */
  readonly within: SchemaNode[]
}

export interface Report {
  readonly violations: Violation[]
  readonly most: number
}

export interface Seen {
  readonly names: Set<string>
  allNames: boolean
  /** All items below this index. */
  upTo: number
  readonly indexes: Set<number>
}

/** The node of a schema. Anything that is not a schema accepts everything. */
export function nodeOf(schema: Site): SchemaNode {
  const raw = schema.value
  if (raw === null || typeof raw !== 'object') return newNode(schema)
  const known = remembered.get(raw)
  if (known !== undefined) return known
  const node = newNode(normalised(schema))
  remembered.set(raw, node)
  return node
}

export function explain(
  node: SchemaNode,
  value: unknown,
  path: Path,
  run: Run,
  report: Report,
): void {
  const { scope } = run
  enter(node, run)
  if (node.site.value === false) {
    report.violations.push({
      path,
      keyword: 'false',
      message: 'must not be here',
      schema: node.site,
    })
    return
  }
  for (const keyword of node.keywords()) {
    if (report.violations.length >= report.most) break
    if (!keyword.test(value, run)) keyword.explain(value, path, run, report)
  }
  run.scope = scope
}

/**
 * Whether an object that fits the schema still does with the properties of `changed` added or replaced. Keywords that speak
 * of one property at a time look only at those.
 */
export function testChanged(
  node: SchemaNode,
  value: Properties,
  changed: Properties,
  run: Run,
  depth = 0,
): boolean {
  if (depth > 20 || hasId(node) || node.site.value === false) return node.test(value, run)
  for (const keyword of node.keywords()) {
    if (UNTOUCHED.has(keyword.name)) continue
    const target = keyword.name === '$ref' ? keyword.target?.() : undefined
    const holds =
      target !== undefined && target.site.document === node.site.document
        ? testChanged(target, value, changed, run, depth + 1)
        : EACH_PROPERTY.has(keyword.name)
          ? (keyword.testFew ?? keyword.test)(changed, run)
          : keyword.test(value, run)
    if (!holds) return false
  }
  return true
}

type Properties = Readonly<Record<string, unknown>>
/** Say what an object that fitted still is when properties come or change. */
const UNTOUCHED: ReadonlySet<string> = new Set(['type', 'required', 'minProperties'])
const EACH_PROPERTY: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'additionalProperties',
  'propertyNames',
])

/** What a valid value's schema has looked at, through every subschema that accepts the value. */
export function evaluate(node: SchemaNode, value: unknown, run: Run, seen: Seen): void {
  const { scope } = run
  enter(node, run)
  for (const keyword of node.keywords()) keyword.evaluate?.(value, run, seen)
  run.scope = scope
}

/** A schema with an `$id` is a resource of its own. */
function enter(node: SchemaNode, run: Run): void {
  if (hasId(node)) run.scope = { resource: asWritten(node.site), outer: run.scope }
}

function hasId(node: SchemaNode): boolean {
  return isObject(node.site.value) && typeof node.site.value['$id'] === 'string'
}

const remembered = new WeakMap<object, SchemaNode>()
const none: readonly Keyword[] = []
const always = (): boolean => true
const never = (): boolean => false

function newNode(site: Site): SchemaNode {
  let keywords: readonly Keyword[] | undefined
  const node: SchemaNode = {
    site,
    active: nothing,
    keywords: () => (keywords ??= isObject(site.value) ? keywordsOf(node) : none),
    test: (value, run) => {
      node.test = compiled(node)
      return node.test(value, run)
    },
  }
  return node
}

const nothing = Symbol('nothing')

function compiled(node: SchemaNode): SchemaNode['test'] {
  if (node.site.value === false) return never
  const tests = node.keywords().map((keyword) => keyword.test)
  const [first, second, third] = tests
  if (hasId(node)) {
    return (value, run) => {
      const { scope } = run
      enter(node, run)
      const valid = tests.every((test) => test(value, run))
      run.scope = scope
      return valid
    }
  }
  if (first === undefined) return always
  if (second === undefined) return first
  if (third === undefined) return (value, run) => first(value, run) && second(value, run)
  return (value, run) => {
    for (let index = 0; index < tests.length; index++) if (!tests[index]!(value, run)) return false
    return true
  }
}
