import { rootOf } from '@throughline/core'
import type { Document } from '@throughline/core'
import { generatedValue } from './generated.ts'

/** What a template may look at: a request, and what the mock knows of it. Plain data only. */
export interface TemplateData {
  readonly body: unknown
  readonly query: Readonly<Record<string, string>>
  readonly path: Readonly<Record<string, string>>
  readonly header: Readonly<Record<string, string>>
  readonly cookie: Readonly<Record<string, string>>
  readonly session: string
  readonly seed: string
  readonly call: number
  readonly method: string
  readonly url: string
}

/** What a template became, or what is wrong with it. */
type Rendered = { readonly text: string } | { readonly problem: string }

export type Render = (template: string, data: TemplateData, escape: Escape, now: number) => Rendered

/** What a value needs where it stands: inside a text of JSON, between tags, or nothing. */
export type Escape = 'json' | 'xml' | 'none'

let engine: Render | undefined

/** The engine, if it has been loaded. */
export function templates(): Render | undefined {
  return engine
}

/** Handlebars is loaded when the first template is played: most mocks have none. */
export async function loadTemplates(): Promise<void> {
  const loaded = await import('handlebars')
  engine ??= rendererWith(loaded.default)
}

type Handlebars = typeof import('handlebars')
type Node = hbs.AST.Node

const MOST_TEMPLATE = 200_000
/** Characters of output, and turns of loops. */
const MOST_OUTPUT = 5_000_000
const MOST_TURNS = 20_000
const MOST_REMEMBERED = 200

class TooMuch extends Error {}

function rendererWith(library: Handlebars): Render {
  const handlebars = library.create()
  handlebars.unregisterHelper('log')
  const budget = { turns: 0, output: 0 }
  const state: { now: number; fake: Fake } = { now: 0, fake: () => '' }
  register(handlebars, budget, state)
  const compiled = new Map<string, HandlebarsTemplateDelegate | string>()

  return (template, data, escape, now) => {
    if (template.length > MOST_TEMPLATE) return { problem: 'it is too long' }
    const key = `${escape} ${template}`
    let run = compiled.get(key)
    if (run === undefined) {
      run = prepared(handlebars, template, escape)
      if (compiled.size >= MOST_REMEMBERED) compiled.clear()
      compiled.set(key, run)
    }
    if (typeof run === 'string') return { problem: run }
    budget.turns = 0
    budget.output = 0
    state.now = now
    state.fake = fakeFrom(`${data.seed} ${data.method} ${data.url} ${data.call}`, now)
    try {
      const text = run(
        { ...data, now: new Date(now).toISOString() },
        { allowProtoMethodsByDefault: false, allowProtoPropertiesByDefault: false },
      )
      return text.length > MOST_OUTPUT ? { problem: 'what it makes is too long' } : { text }
    } catch (error) {
      return { problem: problemOf(error) }
    }
  }
}

function problemOf(error: unknown): string {
  if (error instanceof RangeError) return 'it never ends'
  return error instanceof Error
    ? error.message.split('\n').slice(0, 4).join(' ').slice(0, 300)
    : 'it fails'
}

/** Compiled, with every value escaped for the place it is put into; or what is wrong with it. */
function prepared(
  handlebars: Handlebars,
  template: string,
  escape: Escape,
): HandlebarsTemplateDelegate | string {
  try {
    const program = handlebars.parse(template)
    const helpers = new Set(Object.keys(handlebars.helpers))
    visit(program, (node) => {
      if (/^(Partial|Decorator)/.test(node.type))
        throw new handlebars.Exception('Partials and decorators are not taken')
      if (node.type === 'MustacheStatement' && escape !== 'none') escapeIn(node, escape, helpers)
    })
    return handlebars.compile(program, { noEscape: true })
  } catch (error) {
    return problemOf(error)
  }
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const value of Object.values(node)) {
    const inner: readonly unknown[] = Array.isArray(value) ? value : [value]
    for (const one of inner) if (isNode(one)) visit(one, see)
  }
}

function isNode(value: unknown): value is Node {
  return (
    value !== null && typeof value === 'object' && typeof Reflect.get(value, 'type') === 'string'
  )
}

/** `{{body.name}}` becomes `{{~as 'json' body.name}}`; `{{{body.name}}}` stays as it is. */
function escapeIn(node: Node, escape: Escape, helpers: ReadonlySet<string>): void {
  const statement = node as hbs.AST.MustacheStatement
  if (!statement.escaped || statement.path.type !== 'PathExpression') return
  const path = statement.path as hbs.AST.PathExpression
  if (path.original === 'json') return
  const { loc } = statement
  const isCall =
    statement.params.length > 0 || statement.hash !== undefined || helpers.has(path.original)
  const value: hbs.AST.Expression = isCall
    ? ({
        type: 'SubExpression',
        path,
        params: statement.params,
        hash: statement.hash,
        loc,
      } as hbs.AST.SubExpression)
    : path
  const how = {
    type: 'StringLiteral',
    value: escape,
    original: escape,
    loc,
  } as hbs.AST.StringLiteral
  statement.params = [how, value]
  Reflect.deleteProperty(statement, 'hash')
  statement.path = {
    type: 'PathExpression',
    data: false,
    depth: 0,
    parts: ['__as'],
    original: '__as',
    loc,
  } as hbs.AST.PathExpression
}

type Fake = (name: string, type: string, bounds?: Bounds) => unknown
type Bounds = { readonly minimum?: number; readonly maximum?: number }

/** Made-up values by name, the same for the same call. */
function fakeFrom(seed: string, now: number): Fake {
  let turn = 0
  return (name, type, bounds) =>
    generatedValue(
      bounds === undefined ? TYPED(type) : rootOf({ ...document, value: { type, ...bounds } }),
      `${seed} ${turn++}`,
      { name, now },
    )
}

const document: Document = {
  value: {},
  dialect: 'json-schema-2020-12',
  base: '',
  file: { path: '', text: '' },
  locate: () => [],
  open: () => undefined,
}
const TYPES: Readonly<Record<string, object>> = {
  string: { type: 'string' },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
}
const sites = new Map(
  Object.entries(TYPES).map(([type, value]) => [type, rootOf({ ...document, value })]),
)
function TYPED(type: string) {
  return sites.get(type) ?? sites.get('string')!
}

function register(
  handlebars: Handlebars,
  budget: { turns: number; output: number },
  state: { now: number; fake: Fake },
): void {
  const spend = (text: string): string => {
    budget.output += text.length
    if (++budget.turns > MOST_TURNS || budget.output > MOST_OUTPUT)
      throw new TooMuch('it goes round too often')
    return text
  }
  const loop = (
    items: readonly (readonly [string | number, unknown])[],
    options: Handlebars.HelperOptions,
    self: unknown,
  ): string => {
    if (items.length === 0) return options.inverse(self)
    let text = ''
    items.forEach(([key, item], index) => {
      const data: Record<string, unknown> = handlebars.createFrame(options.data ?? {})
      Object.assign(data, { key, index, first: index === 0, last: index === items.length - 1 })
      text += spend(options.fn(item, { data }))
    })
    return text
  }
  handlebars.registerHelper({
    __as: (escape: Escape, value: unknown) => escaped(value, escape),
    each(this: unknown, value: unknown, options: Handlebars.HelperOptions) {
      const items = Array.isArray(value)
        ? value.map((one: unknown, index) => [index, one] as const)
        : value !== null && typeof value === 'object'
          ? Object.entries(value)
          : []
      return loop(items, options, this)
    },
    repeat(this: unknown, count: unknown, options: Handlebars.HelperOptions) {
      const length = Math.min(Math.max(0, Math.floor(Number(count)) || 0), MOST_TURNS + 1)
      return loop(
        Array.from({ length }, (_, index) => [index, index] as const),
        options,
        this,
      )
    },
    json: (value: unknown) => JSON.stringify(value) ?? 'null',
    default: (value: unknown, otherwise: unknown) =>
      value === undefined || value === null || value === '' ? otherwise : value,
    eq: (a: unknown, b: unknown) => a === b,
    ne: (a: unknown, b: unknown) => a !== b,
    lt: (a: number, b: number) => a < b,
    gt: (a: number, b: number) => a > b,
    and: (...all: readonly unknown[]) => all.slice(0, -1).every(Boolean),
    or: (...all: readonly unknown[]) => all.slice(0, -1).some(Boolean),
    not: (a: unknown) => !a,
    add: (a: unknown, b: unknown) => Number(a) + Number(b),
    subtract: (a: unknown, b: unknown) => Number(a) - Number(b),
    multiply: (a: unknown, b: unknown) => Math.round(Number(a) * Number(b) * 100) / 100,
    upper: (value: unknown) => textOf(value).toUpperCase(),
    lower: (value: unknown) => textOf(value).toLowerCase(),
    length: (value: unknown) =>
      Array.isArray(value) || typeof value === 'string' ? value.length : 0,
    concat: (...all: readonly unknown[]) => spend(all.slice(0, -1).map(textOf).join('')),
    now: (shift: unknown) => new Date(state.now + shiftOf(shift)).toISOString(),
    date: (shift: unknown) => new Date(state.now + shiftOf(shift)).toISOString().slice(0, 10),
    timestamp: (shift: unknown) => Math.floor((state.now + shiftOf(shift)) / 1000),
    milliseconds: (shift: unknown) => state.now + shiftOf(shift),
    uuid: () => state.fake('uuid', 'string'),
    fake: (...all: readonly unknown[]) => {
      const [name, type, minimum, maximum] = all.slice(0, -1)
      return state.fake(
        textOf(name).slice(0, 100),
        typeof type === 'string' ? type : 'string',
        boundsOf(type, minimum, maximum),
      )
    },
    list: (...all: readonly unknown[]) => all.slice(0, -1),
    parse: (text: unknown) => parsed(text),
    includes: (value: unknown, wanted: unknown) =>
      Array.isArray(value) ? value.includes(wanted) : textOf(value).includes(textOf(wanted)),
    slice: (value: unknown, from: unknown, to: unknown) =>
      textOf(value).slice(Number(from) || 0, typeof to === 'number' ? to : undefined),
    pick: (...all: readonly unknown[]) => {
      const given = all.slice(0, -1)
      const from = given.length === 1 && Array.isArray(given[0]) ? given[0] : given
      return from[Math.abs(Number(state.fake('amount', 'integer')) || 0) % Math.max(1, from.length)]
    },
  })
}

/** The bounds of a number that is made up; `undefined` for a text, and where one is no number or they cross. */
function boundsOf(type: unknown, minimum: unknown, maximum: unknown): Bounds | undefined {
  if (type !== 'integer' && type !== 'number') return undefined
  const low = Number.isFinite(minimum) ? { minimum: Number(minimum) } : undefined
  const high = Number.isFinite(maximum) ? { maximum: Number(maximum) } : undefined
  if (low === undefined && high === undefined) return undefined
  return low && high && low.minimum > high.maximum ? undefined : { ...low, ...high }
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : text
  } catch {
    return undefined
  }
}

/** `+1h`, `-2d`: milliseconds; 0 for what is no such text. */
function shiftOf(text: unknown): number {
  const found =
    typeof text === 'string' ? /^\s*([+-]?)(\d{1,6})\s*(ms|s|m|h|d)\s*$/.exec(text) : null
  if (found === null) return 0
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[found[3] ?? ''] ?? 0
  return (found[1] === '-' ? -1 : 1) * Number(found[2]) * unit
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** A value as it may stand there; lists and objects as JSON. */
function escaped(value: unknown, escape: Escape): string {
  if (escape === 'json')
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : textOf(value ?? null)
  const text = textOf(value)
  return escape === 'none' ? text : text.replace(/[<>&"']/g, (one) => `&#${one.charCodeAt(0)};`)
}
