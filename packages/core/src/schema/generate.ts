import { isObject, type Site } from '../text/site.ts'
import { resolve } from '../1-parse/reference.ts'
import { isPerson, personFrom, type Hint, type Person } from './believable.ts'
import { factsOf, settle, type Facts } from './facts.ts'
import type { Choices } from './choices.ts'
import { collect, demandOf, settledDemand, type Branching, type Demand } from './demand.ts'
import { normalised, parts } from './dialect.ts'
import { canonical, equal } from './equal.ts'
import { madeNumber } from './made-number.ts'
import { likest } from './likest.ts'
import { heldTo, type Rules } from './rules.ts'
import { madeText } from './made-text.ts'
import { forOnlyOne } from './only-one.ts'
import { patternOf } from './pattern.ts'
import { textMatching } from './pattern-text.ts'
import { validatorOf } from './validate.ts'
import { vocabulary, type Words } from './vocabulary.ts'
import type { Violation } from './violation.ts'

/**
 * How much there is: `typical` (three or so of everything, all properties), `minimal` (only what is required), `empty`
 * (lists without items), `one`, `many` (long lists), `extreme` (the ends of what the schema allows, awkward texts).
 */
export type Dataset = (typeof DATASETS)[number]

export const DATASETS = ['typical', 'minimal', 'empty', 'one', 'many', 'extreme'] as const

export interface GenerateOptions {
  /** A response leaves write-only properties out, a request read-only ones. `response` unless said. */
  readonly direction?: 'request' | 'response'
  readonly dataset?: Dataset
  /** Milliseconds since 1970 that dates are near to. */
  readonly now?: number
  /** What the value is called, where its schema does not say: the name of a parameter. */
  readonly name?: string
  /** What it belongs to: `basket`. Guides plain names like `name` and `title`. */
  readonly of?: string
  /** How long the outermost lists are, where the dataset is `typical` and the schema allows it. 3 unless said. */
  readonly length?: number
  /** `false`: the schema's own examples are not used. */
  readonly examples?: boolean
  /** What is known of the value and will be put over it: of alternatives, the one that goes with it is taken. */
  readonly like?: unknown
  /** Names, places and things of a language; English with European places unless said. */
  readonly words?: Words
  /** What is asked beside the schemas; what the schema's document is held to (`holdTo`) unless said. */
  readonly rules?: Rules
}

export interface Generated {
  readonly value: unknown
  /** Why the value is not quite what the schema asks for: usually because nothing can be. Empty when it is valid. */
  readonly problems: readonly Violation[]
}

/** A believable value of a schema, valid wherever that can be had. The same choices give the same value. */
export function generate(schema: Site, choices: Choices, options: GenerateOptions = {}): unknown {
  return generated(schema, choices, options).value
}

/** Like `generate`, and says what is wrong with the value where the schema could not be satisfied. */
export function generated(
  schema: Site,
  choices: Choices,
  options: GenerateOptions = {},
): Generated {
  const direction = options.direction ?? 'response'
  const schemas = [schema]
  const rules = options.rules ?? heldTo(schema.document)
  let best: Generated | undefined
  for (let attempt = 0; attempt < 4; attempt++) {
    const context = newContext(choices, options, attempt, rules)
    const value = make(schemas, context)
    if (context.spent.sure) return { value, problems: NONE }
    const problems = validatorOf(schema)(value, { direction })
    if (problems.length === 0) return { value, problems }
    if (best === undefined || problems.length < best.problems.length) best = { value, problems }
  }
  return best!
}

const NONE: readonly Violation[] = []
/** A fixed moment, so that answers repeat where nobody says what time it is. */
const standstill = Date.UTC(2026, 2, 1, 9, 30)
const deepest = 14
const hardest = 60
const mostValues = 6000
/** Beyond this nothing more is made, whatever the schema insists on. */
const mostValuesEver = 60_000
const mostItemsEver = 5000
const mostPropertiesEver = 500
const mostRetries = 500

interface Context {
  readonly choices: Choices
  readonly direction: 'request' | 'response'
  readonly dataset: Dataset
  readonly now: number
  readonly useExamples: boolean
  /** What is known of the outermost value. */
  readonly like: Readonly<Record<string, unknown>> | undefined
  readonly length: number
  readonly attempt: number
  /** Values made so far, over the whole tree. */
  readonly spent: Spent
  readonly depth: number
  /** Lists around this value: the innermost ones stay short. */
  readonly lists: number
  /** Schemas being generated, outermost first: a schema inside itself is kept small. */
  readonly within: readonly unknown[]
  /** Changed from property to property: nobody holds on to the context of a value. */
  name: string
  readonly of: string
  readonly index: number
  readonly person: () => Person
  readonly currency: () => string
  readonly words: Words
  readonly rules: Rules | undefined
}

interface Spent {
  values: number
  retries: number
  /** Whether everything made so far keeps to what was demanded, and the demands were whole: then nothing is to be validated. */
  sure: boolean
  /** Says that something does not. */
  readonly misfit: () => void
}

function newContext(
  choices: Choices,
  options: GenerateOptions,
  attempt: number,
  rules: Rules | undefined,
): Context {
  const words = options.words ?? vocabulary
  const spent: Spent = {
    values: 0,
    retries: 0,
    sure: true,
    misfit: () => void (spent.sure = false),
  }
  return {
    choices,
    direction: options.direction ?? 'response',
    dataset: options.dataset ?? 'typical',
    now: options.now ?? standstill,
    useExamples: options.examples ?? true,
    like: isObject(options.like) ? options.like : undefined,
    length: options.length ?? 3,
    attempt,
    spent,
    depth: 0,
    lists: 0,
    within: [],
    name: options.name ?? '',
    of: options.of ?? '',
    index: 0,
    person: once(() => personFrom(choices, words)),
    currency: once(() => choices.pick(words.currency.slice(0, 3))),
    words,
    rules,
  }
}

/** A value that all the schemas accept, and the rules where that can be had; else the best of a few tries. */
function make(schemas: readonly Site[], context: Context): unknown {
  const asked = context.rules?.askedOf(schemas)
  return asked === undefined ? madeOf(schemas, context) : madeUnder(asked, schemas, context)
}

/** Where rule and contract contradict each other, the contract is kept: a check reports it. */
function madeUnder(asked: readonly Site[], schemas: readonly Site[], context: Context): unknown {
  const { spent, direction } = context
  const wasSure = spent.sure
  for (const all of [
    [...schemas, ...asked],
    [...asked, ...schemas],
  ]) {
    const value = madeOf(all, context)
    if (value === undefined) continue
    if (accepted(value, all, direction)) return value
    spent.sure = wasSure
  }
  return madeOf(schemas, context)
}

function madeOf(schemas: readonly Site[], context: Context): unknown {
  const { spent, direction } = context
  spent.values++
  if (context.depth > hardest || spent.values > mostValuesEver) {
    spent.sure = false
    return null
  }
  const settled = settledDemand(schemas)
  if (settled !== undefined && !isRisky(settled)) {
    spent.sure &&= settled.whole
    return madeFor(settled, schemas, context, 0)
  }
  const wasSure = spent.sure
  let best: unknown
  for (let attempt = 0; attempt < 12; attempt++) {
    const demand = settled ?? demandOf(schemas, branching(context, context.attempt + attempt))
    const value = madeFor(demand, schemas, context, attempt)
    if (!isRisky(demand)) {
      spent.sure &&= demand.whole
      return value
    }
    if (accepted(value, schemas, direction)) {
      spent.sure = wasSure
      return value
    }
    if (attempt === 0 || value !== undefined) best = value
    // Alternatives inside alternatives that cannot be kept would take exponential time.
    if (demand.impossible || spent.retries++ > mostRetries) break
  }
  if (spent.retries <= mostRetries) {
    spent.retries += 10
    const only = forOnlyOne(best, schemas, (value) => accepted(value, schemas, direction))
    if (only !== undefined) {
      spent.sure = wasSure
      return only
    }
  }
  spent.sure = false
  return best
}

function isRisky({ risky, impossible, patterns }: Demand): boolean {
  return risky || impossible || patterns.length > 0
}

function accepted(
  value: unknown,
  schemas: readonly Site[],
  direction: 'request' | 'response',
): boolean {
  for (const schema of schemas) if (!validatorOf(schema).test(value, { direction })) return false
  return true
}

/** The first tries follow the source of choices, later ones go through the alternatives one by one. */
function branching(context: Context, attempt: number): Branching {
  let turn = attempt
  return {
    branch: (kind, count, branches, tagged) => {
      if (kind === 'if') return attempt % 3
      const like =
        context.like && context.depth === 0 && attempt === 0
          ? likest(branches, context.like, tagged)
          : undefined
      if (like !== undefined) return like
      if (isSmall(context)) return (simplest(branches) + turn) % count
      const real = branches.flatMap((branch, index) => (isNull(branch) ? [] : [index]))
      const from = real.length > 0 && attempt < 8 ? real : branches.map((_, index) => index)
      const first = attempt === 0 ? context.choices.integer(0, from.length - 1) : turn
      turn = Math.floor(turn / from.length) + attempt
      return from[first % from.length]!
    },
  }
}

/** The branch that is least likely to lead deeper. */
function simplest(branches: readonly Site[]): number {
  const weights = branches.map((branch): number => {
    const raw = normalised(branch).value
    if (!isObject(raw)) return 1
    const type = raw['type']
    if (type === 'null') return 0
    if (typeof type === 'string' && type !== 'object' && type !== 'array') return 1
    if (type === 'array') return 2
    return raw['$ref'] === undefined ? 3 : 4
  })
  return weights.indexOf(Math.min(...weights))
}

function isNull(branch: Site): boolean {
  return isObject(branch.value) && branch.value['type'] === 'null'
}

/** Deep inside, inside itself, or after much: only what must be. */
function isSmall(context: Context): boolean {
  return (
    context.depth > deepest || context.spent.values > mostValues || context.dataset === 'minimal'
  )
}

function madeFor(
  demand: Demand,
  schemas: readonly Site[],
  context: Context,
  attempt: number,
): unknown {
  const { choices, direction } = context
  // The ends of what is allowed are tried first; where they do not fit, something ordinary may.
  const dataset = context.dataset === 'extreme' && attempt > 3 ? 'typical' : context.dataset
  if (demand.values !== undefined) {
    const fitting = fittingOf(demand, demand.values, schemas, direction)
    if (fitting.length > 0) {
      const present = fitting.filter((value) => value !== null)
      return choices.pick(present.length > 0 && dataset !== 'minimal' ? present : fitting)
    }
    context.spent.sure = false
    if (demand.values.length > 0) return demand.values[0]
  }
  const types = demand.types ?? impliedTypes(demand)
  const nullable = types.has('null')
  if (
    nullable &&
    (isSmall(context) ||
      usuallyAbsent.test(context.name) ||
      (dataset === 'extreme' && choices.boolean()))
  )
    return null
  if (context.useExamples && dataset !== 'extreme' && attempt < 6) {
    const example = exampleFor(demand, schemas, context, types)
    if (example !== undefined) return example.value
  }
  const type = typeFor(types, context)
  switch (type) {
    case 'null':
      return null
    case 'boolean':
    case 'integer':
    case 'number':
    case 'string':
      return madeScalar(type, demand, context, dataset === 'extreme')
    case 'array':
      return madeList(demand, schemas, context)
    default:
      return madeObject(demand, schemas, context, attempt)
  }
}

function madeScalar(
  type: Plain['type'],
  demand: Demand,
  context: Context,
  extreme: boolean,
): unknown {
  const { choices } = context
  const { misfit } = context.spent
  if (type === 'boolean') return usuallyFalse.test(context.name) ? false : choices.boolean()
  const hint = hintOf(demand, context)
  return type === 'string'
    ? madeText(demand, hint, choices, extreme, misfit)
    : madeNumber(demand, type === 'integer', hint, choices, extreme, misfit)
}

/** Those of an enum that the whole schema takes. Looked up once for a schema on its own. */
function fittingOf(
  demand: Demand,
  values: readonly unknown[],
  schemas: readonly Site[],
  direction: 'request' | 'response',
): readonly unknown[] {
  const isSettled = settledDemand(schemas) === demand
  const known = isSettled ? fittings.get(demand)?.[direction] : undefined
  if (known !== undefined) return known
  const fitting = values.filter((one) => accepted(one, schemas, direction))
  if (isSettled) fittings.set(demand, { ...fittings.get(demand), [direction]: fitting })
  return fitting
}

const fittings = new WeakMap<
  Demand,
  { readonly [direction in 'request' | 'response']?: readonly unknown[] }
>()

const usuallyFalse =
  /\b(is|has|can)?_?(deleted|archived|disabled|hidden|blocked|failed|expired|cancell?ed)$/i
const usuallyAbsent =
  /^(deleted|cancell?ed|closed|archived|removed|revoked|suspended|failed|locked|merged|dismissed|resolved|expired)(_?(at|on|by|reason))$/i

function hintOf(demand: Demand, context: Context): Hint {
  if (context.of !== '' || demand.typeName === undefined) return context
  const { name, of, index, person, currency, now, words } = context
  return { name, of: of || (demand.typeName ?? ''), index, person, currency, now, words }
}

function impliedTypes(demand: Demand): ReadonlySet<string> {
  if (
    demand.properties.size > 0 ||
    demand.required.size > 0 ||
    demand.additional.some((one) => isObject(one.value)) ||
    demand.patternProperties.length > 0 ||
    demand.fewestProperties > 0
  ) {
    return new Set(['object'])
  }
  if (
    demand.items.length > 0 ||
    demand.prefixes.length > 0 ||
    demand.contains.length > 0 ||
    demand.fewestItems > 0
  )
    return new Set(['array'])
  if (demand.patterns.length > 0 || demand.shortest > 0 || demand.longest < Infinity)
    return new Set(['string'])
  if (demand.lowest > -Infinity || demand.highest < Infinity || demand.steps.length > 0)
    return new Set(['number'])
  if (demand.format !== undefined)
    return new Set([/^(int|float|double|decimal)/.test(demand.format) ? 'number' : 'string'])
  return new Set(['string', 'object', 'null'])
}

function typeFor(types: ReadonlySet<string>, context: Context): string {
  if (types.size === 1 && context.dataset !== 'extreme' && context.attempt === 0)
    for (const only of types) return only
  const real = [...types].filter((type) => type !== 'null')
  if (real.length === 0) return 'null'
  if (isSmall(context))
    return real.find((type) => type !== 'object' && type !== 'array') ?? real[0]!
  return context.attempt > 0 || context.dataset === 'extreme'
    ? context.choices.pick(real)
    : real[0]!
}

/** The contract's own example, where it keeps the contract. Items of a list after the first get their own ids. */
function exampleFor(
  demand: Demand,
  schemas: readonly Site[],
  context: Context,
  types: ReadonlySet<string>,
): { readonly value: unknown } | undefined {
  const given = demand.examples.length > 0 ? demand.examples : demand.defaults
  if (given.length === 0) return undefined
  const example =
    given[
      (context.index + (given.length > 1 ? context.choices.integer(0, given.length - 1) : 0)) %
        given.length
    ]
  if (example === null && types.size > 1) return undefined
  const value =
    context.index > 0 && given.length === 1 && idLike.test(context.name)
      ? numbered(example, context.index)
      : example
  const fitting = [value, example].find((one) => accepted(one, schemas, context.direction))
  if (fitting === undefined) return undefined
  if (Array.isArray(fitting) && context.dataset !== 'typical') return undefined
  return { value: fitting }
}

const idLike =
  /(^|[a-z_-])(id|key|number|sku|uuid|code|slug|login|email|e-mail|username|name|title|url|href)$/i

/** The same, told apart: `1` and `2`, `order-1` and `order-2`. */
function numbered(example: unknown, index: number): unknown {
  if (typeof example === 'number' && Number.isInteger(example)) return example + index
  if (typeof example !== 'string' || example === '') return example
  const digits = /^(.*?)(\d{1,9})(\D*)$/s.exec(example)
  if (digits === null) return undefined
  const next = String(Number(digits[2]) + index).padStart(digits[2]!.length, '0')
  return (
    digits[1]! +
    (next.length > digits[2]!.length && digits[2]!.startsWith('0')
      ? next.slice(-digits[2]!.length)
      : next) +
    digits[3]!
  )
}

function madeList(demand: Demand, schemas: readonly Site[], context: Context): unknown[] {
  const { choices } = context
  const prefix = Math.max(0, ...demand.prefixes.map((one) => one.length))
  const wanted = listLength(demand, context)
  const least = Math.max(demand.fewestItems, ...demand.contains.map((one) => one.least))
  const free = demand.items.length > 0 || demand.contains.length > 0 || demand.fewestItems > prefix
  const length = Math.min(
    demand.mostItems,
    Math.max(least, free ? wanted : 0, isSmall(context) ? 0 : prefix),
  )
  const value: unknown[] = []
  const base = inside(context, schemas)
  const name = singular(context.name)
  const seen = demand.unique ? new Set<string>() : undefined
  const isPlain = demand.prefixes.length === 0 && demand.contains.length === 0
  for (let index = 0; index < Math.min(length, mostItemsEver); index++) {
    const described = isPlain ? demand.items : describedItem(demand, index, length - 1 - index)
    let item: unknown
    for (let attempt = 0; attempt < 20; attempt++) {
      item = make(described, {
        ...base,
        index: index + attempt * length,
        lists: context.lists + 1,
        name,
        of: name || context.of,
        attempt: attempt === 0 ? context.attempt : attempt,
        person: once(() => personFrom(choices, context.words)),
      })
      if (seen === undefined || !seen.has(canonical(item))) break
    }
    if (seen !== undefined) {
      const text = canonical(item)
      if (seen.has(text)) {
        if (index >= demand.fewestItems) break
        context.spent.sure = false
      }
      seen.add(text)
    }
    value.push(item)
  }
  if (value.length < demand.fewestItems || value.length > demand.mostItems)
    context.spent.sure = false
  // Too many of a kind that may stand only a few times: take others away.
  for (const one of demand.contains) {
    const matching = value.filter((item) => validatorOf(one.site).test(item))
    for (
      let over = matching.length - one.most;
      over > 0 && value.length > demand.fewestItems;
      over--
    )
      value.splice(value.indexOf(matching[over - 1]), 1)
  }
  return value
}

function describedItem(demand: Demand, index: number, fromEnd: number): readonly Site[] {
  const described: Site[] = []
  for (const one of demand.prefixes) described.push(...one.slice(index, index + 1))
  if (described.length < Math.max(1, demand.prefixes.length) || demand.prefixes.length === 0)
    described.push(...demand.items)
  // `contains` asks for some items of a kind: the last ones are made so.
  for (const one of demand.contains) if (fromEnd < Math.max(one.least, 0)) described.push(one.site)
  return described
}

function listLength(demand: Demand, context: Context): number {
  const { dataset, lists, choices } = context
  const largest = Math.min(demand.mostItems, lists === 0 ? 60 : 4)
  if (dataset === 'empty' || isSmall(context)) return 0
  if (dataset === 'one') return 1
  if (dataset === 'many') return lists === 0 ? Math.min(largest, 50) : Math.min(largest, 4)
  if (dataset === 'extreme') return choices.pick([0, Math.min(largest, 3), largest])
  return Math.min(largest, lists === 0 ? context.length : choices.integer(1, lists > 1 ? 1 : 2))
}

function madeObject(
  demand: Demand,
  schemas: readonly Site[],
  context: Context,
  attempt: number,
): Record<string, unknown> {
  const planned = settledDemand(schemas) === demand ? planOf(demand, context.direction) : undefined
  if (planned !== undefined && context.dataset !== 'extreme' && attempt % 4 !== 2)
    return madeByPlan(planned, demand, schemas, context)
  const met = new Set<unknown>(schemas.map((one) => one.value))
  const names = new Set<string>()
  const include = (name: string): void => {
    if (names.has(name) || names.size > 500) return
    names.add(name)
    for (const other of demand.dependentRequired.get(name) ?? []) include(other)
    for (const site of demand.dependentSchemas.get(name) ?? []) {
      collect(site, demand, branching(context, context.attempt), met, 0)
      for (const other of demand.required) include(other)
    }
  }
  for (const name of demand.required) if (!isOneWay(demand, name, context)) include(name)
  const optional = [...demand.properties.keys()].filter((name) => !names.has(name))
  for (const name of optional) {
    if (names.size >= demand.mostProperties || demand.forbidden.has(name)) continue
    if (attempt % 4 !== 2 && isWanted(demand, name, context)) include(name)
  }
  const value = blank(demand, names)
  const person = isPerson(context.name)
    ? once(() => personFrom(context.choices, context.words))
    : context.person
  const of = ownerOf(demand, context)
  const base = inside(context, schemas)
  for (const name of names) {
    const described = describedAs(demand, name)
    const tag = demand.tags.get(name)
    const made =
      tag === undefined || !described.every((site) => validatorOf(site).test(tag))
        ? make(described, { ...base, name, of, person })
        : tag
    put(value, name, made)
  }
  addMapEntries(demand, base, context, value)
  countItems(demand, context, value)
  const isCareful = context.dataset === 'extreme' || context.attempt > 1
  const facts = isCareful ? undefined : factsOf([...names])
  if (facts !== undefined) {
    settled(value, facts, demand, context)
    // Such an object may be more than its properties.
    context.spent.sure = false
  }
  if (names.size > 500) context.spent.sure = false
  return value
}

/** What holds the properties of an object: a name that says nothing of them gives way to that of their type. */
function ownerOf({ typeName = '' }: Demand, { name, of }: Context): string {
  if (typeName !== '' && WRAPPER.test(name)) return typeName
  return name || of || typeName
}

const WRAPPER =
  /^(data|results?|records?|content|entries|values|list|rows|nodes|objects?|entities|payload)$/i

/** A demand that one type of scalar always meets: nothing about it has to be found out again. */
interface Plain {
  readonly demand: Demand
  readonly type: 'string' | 'integer' | 'number' | 'boolean'
}

/** The properties of objects that are nothing but their properties, in the order in which they are made. */
interface Plan {
  readonly entries: readonly {
    readonly name: string
    readonly described: readonly Site[]
    readonly required: boolean
    /** Where its schemas lead. */
    readonly targets: readonly unknown[]
    /** Whether it is always a plain text, number or yes and no; `undefined` until that is known. */
    plain: Plain | false | undefined
  }[]
  /** Where the optional ones lead: an object inside itself goes without them. */
  readonly targets: ReadonlySet<unknown>
  /** All of them, still to be filled; see `blank`. */
  readonly template: Readonly<Record<string, unknown>> | undefined
  readonly counts: boolean
  readonly facts: Facts | undefined
}

function planOf(demand: Demand, direction: 'request' | 'response'): Plan | undefined {
  const known = plans.get(demand)
  const found = known?.[direction]
  if (found !== undefined) return found === NO_PLAN ? undefined : found
  const plan = plannedFor(demand, direction)
  plans.set(demand, { ...known, [direction]: plan ?? NO_PLAN })
  return plan
}

const NO_PLAN: Plan = {
  entries: [],
  targets: new Set(),
  template: undefined,
  counts: false,
  facts: undefined,
}
const plans = new WeakMap<Demand, { readonly [direction in 'request' | 'response']?: Plan }>()

function plannedFor(demand: Demand, direction: 'request' | 'response'): Plan | undefined {
  if (
    !isClosedOrPlain(demand) ||
    demand.properties.size + demand.required.size > 500 ||
    demand.mostProperties < Infinity ||
    demand.dependentRequired.size + demand.dependentSchemas.size + demand.forbidden.size > 0 ||
    demand.tags.size > 0
  )
    return undefined
  const isOff = (name: string): boolean => isOneWay(demand, name, { direction })
  const required = [...demand.required].filter((name) => !isOff(name))
  const optional = [...demand.properties].flatMap(([name, sites]) =>
    demand.required.has(name) || isOff(name) || sites.some((site) => site.value === false)
      ? []
      : [name],
  )
  const entries = [...required, ...optional].map((name, index) => ({
    name,
    described: describedAs(demand, name),
    required: index < required.length,
    targets: (demand.properties.get(name) ?? []).flatMap((site) => leadsOf(site).targets),
    plain: undefined,
  }))
  const names = new Set(entries.map((one) => one.name))
  return {
    entries,
    targets: new Set(entries.flatMap((one) => (one.required ? [] : one.targets))),
    template: names.size < 8 ? undefined : blank(demand, names),
    counts: entries.some((one) => isCount.test(one.name)),
    facts: factsOf([...names]),
  }
}

function madeByPlan(
  { entries, targets, template, counts, facts }: Plan,
  demand: Demand,
  schemas: readonly Site[],
  context: Context,
): Record<string, unknown> {
  const small = isSmall(context)
  const { within } = context
  const isAll = !small && (within.length === 0 || !within.some((one) => targets.has(one)))
  const value: Record<string, unknown> = isAll && template !== undefined ? { ...template } : {}
  const inner: Context = {
    ...context,
    attempt: 0,
    depth: context.depth + 1,
    within: withinWith(context, schemas),
    of: ownerOf(demand, context),
    person: isPerson(context.name)
      ? once(() => personFrom(context.choices, context.words))
      : context.person,
  }
  const isUsual = context.rules === undefined && context.dataset !== 'extreme'
  for (const entry of entries) {
    const { name, described, required, targets: leading } = entry
    if (!isAll && !required && (small || leading.some((one) => within.includes(one)))) continue
    inner.name = name
    const plain = isUsual && (entry.plain ??= plainOf(described))
    put(value, name, plain ? madePlain(plain, described, inner) : make(described, inner))
  }
  if (counts) countItems(demand, context, value)
  if (facts !== undefined) settled(value, facts, demand, context)
  return value
}

/** What is made up agrees with what stands beside it, wherever its schemas let it. */
function settled(
  value: Record<string, unknown>,
  facts: Facts,
  demand: Demand,
  context: Context,
): void {
  if (context.rules !== undefined) return
  settle(value, facts, (name, one) =>
    one === undefined
      ? !demand.required.has(name) &&
        demand.dependentRequired.size === 0 &&
        Object.keys(value).length > demand.fewestProperties
      : describedAs(demand, name).every((site) => validatorOf(site).test(one)),
  )
}

/** What `make` found out about a schema; `undefined` where it has not looked yet. */
function plainOf(schemas: readonly Site[]): Plain | false | undefined {
  const demand = settledDemand(schemas)
  if (demand === undefined) return undefined
  if (isRisky(demand) || !demand.whole || demand.values !== undefined) return false
  if (demand.types?.size !== 1) return false
  const [type] = demand.types
  return (
    (type === 'string' || type === 'integer' || type === 'number' || type === 'boolean') && {
      demand,
      type,
    }
  )
}

/** What `make` would make of it. */
function madePlain({ demand, type }: Plain, schemas: readonly Site[], context: Context): unknown {
  const { spent, useExamples } = context
  if (useExamples && demand.examples.length + demand.defaults.length > 0)
    return make(schemas, context)
  spent.values++
  if (context.depth > hardest || spent.values > mostValuesEver) {
    spent.sure = false
    return null
  }
  return madeScalar(type, demand, context, false)
}

/**
 * An object with these names, still to be filled. Objects that grow name by name are slow to read, test and write out;
 * copies of one that was parsed are not.
 */
function blank(demand: Demand, names: ReadonlySet<string>): Record<string, unknown> {
  const key = names.size < 8 ? undefined : [...names].join('\n')
  if (key === undefined) return {}
  const before = blanks.get(demand)
  if (before?.key === key) return { ...before.template }
  const template = JSON.parse(
    `{${[...names].map((one) => `${JSON.stringify(one)}:null`).join()}}`,
  ) as Record<string, unknown>
  blanks.set(demand, { key, template })
  return { ...template }
}

const blanks = new WeakMap<
  Demand,
  { readonly key: string; readonly template: Record<string, unknown> }
>()

/** Names that objects inherit (`__proto__`) are names like any other in a contract. */
function put(value: Record<string, unknown>, name: string, made: unknown): void {
  if (name !== '__proto__') value[name] = made
  else
    Object.defineProperty(value, name, {
      value: made,
      enumerable: true,
      configurable: true,
      writable: true,
    })
}

function describedAs(demand: Demand, name: string): readonly Site[] {
  const own = demand.properties.get(name)
  if (own !== undefined && demand.patternProperties.length === 0) return own
  const described = [...(own ?? [])]
  for (const { pattern, site } of demand.patternProperties)
    if (patternOf(pattern)?.test(name) === true) described.push(site)
  return described.length > 0 ? described : demand.additional.filter((one) => one.value !== false)
}

function isWanted(demand: Demand, name: string, context: Context): boolean {
  if (isSmall(context) || isOneWay(demand, name, context)) return false
  const sites = demand.properties.get(name) ?? []
  if (sites.some((site) => site.value === false)) return false
  if (sites.some((site) => isInsideItself(site, context))) return false
  return context.dataset !== 'extreme' || context.choices.boolean()
}

/** A schema that leads back to one being generated, directly or as a part: left out where it can be. */
function isInsideItself(site: Site, context: Context): boolean {
  const { within } = context
  return within.length > 0 && leadsOf(site).targets.some((one) => within.includes(one))
}

function isOneWay(
  demand: Demand,
  name: string,
  context: { readonly direction: 'request' | 'response' },
): boolean {
  const sites = demand.properties.get(name)
  if (sites === undefined) return false
  for (const site of sites) {
    const leads = leadsOf(site)
    if (context.direction === 'request' ? leads.readOnly : leads.writeOnly) return true
  }
  return false
}

/** Where a schema leads, and what it says about directions. */
interface Leads {
  /** The values of the schema that is meant, and of the parts of its `allOf`. */
  readonly targets: readonly unknown[]
  readonly readOnly: boolean
  readonly writeOnly: boolean
}

function leadsOf(site: Site): Leads {
  const { value } = site
  if (!isObject(value)) return nowhere
  let known = leads.get(value)
  if (known === undefined) leads.set(value, (known = lookedUp(site)))
  return known
}

const nowhere: Leads = { targets: [], readOnly: false, writeOnly: false }
const leads = new WeakMap<object, Leads>()

function lookedUp(site: Site): Leads {
  const target = resolve(site)
  const view = normalised(target)
  const all = isObject(target.value) ? parts(view, 'allOf').map((one) => resolve(one).value) : []
  const says = (word: string): boolean =>
    [normalised(site).value, view.value, ...all].some((one) => isObject(one) && one[word] === true)
  return {
    targets: [target.value, ...all],
    readOnly: says('readOnly'),
    writeOnly: says('writeOnly'),
  }
}

/** Entries of a map, or as many extra properties as the schema insists on. */
function addMapEntries(
  demand: Demand,
  base: Context,
  context: Context,
  value: Record<string, unknown>,
): void {
  const { choices } = context
  if (isClosedOrPlain(demand)) return
  const open = demand.additional.filter((one) => one.value !== false)
  const closed = demand.additional.some((one) => one.value === false)
  const isMap =
    demand.properties.size === 0 &&
    (open.some((one) => isObject(one.value) && Object.keys(one.value).length > 0) ||
      demand.patternProperties.length > 0)
  const wanted =
    isMap && !isSmall(context) && context.dataset !== 'empty'
      ? context.dataset === 'one'
        ? 1
        : 2
      : 0
  const count = Math.min(
    demand.mostProperties,
    Math.max(Math.min(demand.fewestProperties, mostPropertiesEver), wanted),
  )
  for (let attempt = 0; Object.keys(value).length < count && attempt < count * 6 + 12; attempt++) {
    const pattern =
      demand.patternProperties.length > 0 && (closed || open.length === 0 || choices.boolean())
        ? choices.pick(demand.patternProperties).pattern
        : undefined
    if (pattern === undefined && closed && demand.patternProperties.length === 0) {
      const unused = [...demand.properties.keys()].find(
        (name) => !Object.hasOwn(value, name) && !isOneWay(demand, name, context),
      )
      if (unused === undefined) return
      put(
        value,
        unused,
        make(describedAs(demand, unused), { ...base, name: unused, of: context.name }),
      )
      continue
    }
    const name = mapKey(demand, pattern, context, attempt)
    if (name === undefined || Object.hasOwn(value, name)) continue
    put(
      value,
      name,
      make(describedAs(demand, name), {
        ...base,
        name: singular(context.name),
        of: context.name,
        index: attempt,
        ...(/^[A-Z]{3}$/.test(name) && { currency: () => name }),
      }),
    )
  }
}

/** The properties are all there is to be. */
function isClosedOrPlain(demand: Demand): boolean {
  return (
    demand.properties.size > 0 &&
    demand.fewestProperties === 0 &&
    demand.patternProperties.length === 0
  )
}

function mapKey(
  demand: Demand,
  pattern: string | undefined,
  context: Context,
  attempt: number,
): string | undefined {
  const { choices, direction } = context
  const fits = (name: string): boolean =>
    demand.names.every((site) => validatorOf(site).test(name, { direction }))
  if (pattern !== undefined) {
    const name = textMatching(pattern, choices)
    return name !== undefined && fits(name) && patternOf(pattern)?.test(name) !== false
      ? name
      : undefined
  }
  if (demand.names.length > 0) {
    const name = make(demand.names, {
      ...inside(context, []),
      name: 'key',
      index: attempt,
      useExamples: false,
    })
    return typeof name === 'string' ? name : undefined
  }
  const believable = /price|amount|currenc|rate|total/i.test(context.name)
    ? ['EUR', 'GBP', 'USD', 'SEK']
    : /locale|translation|title|label|description|name/i.test(context.name)
      ? ['en', 'de', 'fr', 'es']
      : ['first', 'second', 'third', 'fourth']
  return believable[attempt] ?? `key${attempt + 1}`
}

/** `total` beside `items` says how many there are. */
function countItems(demand: Demand, context: Context, value: Record<string, unknown>): void {
  if (!hasList(value)) return
  const lists = Object.entries(value).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  )
  const main = lists.find(([name]) =>
    /^(items|data|results|entries|values|records|lines|hits)$/i.test(name),
  )
  const list = main ?? (lists.length === 1 ? lists[0] : undefined)
  if (list === undefined) return
  for (const name of Object.keys(value)) {
    if (!isCount.test(name)) continue
    const own = describedAs(demand, name)
    const described = [...own, ...(context.rules?.askedOf(own) ?? [])]
    const count = list[1].length
    const mayCount =
      Number.isInteger(value[name]) &&
      described.every((site) => validatorOf(site).test(count, { direction: context.direction }))
    if (mayCount && !equal(value[name], count)) put(value, name, count)
  }
}

const isCount =
  /^(total|count|size|length|totalCount|total_count|totalItems|total_items|totalResults|total_results|itemCount|item_count)$/

function hasList(value: Readonly<Record<string, unknown>>): boolean {
  for (const name in value) if (Array.isArray(value[name])) return true
  return false
}

/** The context of what stands in a value of these schemas. */
function inside(context: Context, schemas: readonly Site[]): Context {
  return {
    ...context,
    attempt: 0,
    depth: context.depth + 1,
    within: withinWith(context, schemas),
  }
}

function withinWith({ within }: Context, schemas: readonly Site[]): readonly unknown[] {
  const all = within.slice()
  for (const one of schemas) all.push(leadsOf(one).targets[0])
  return all
}

function singular(name: string): string {
  if (/ies$/i.test(name)) return name.replace(/ies$/i, 'y')
  return /[^s]s$/i.test(name) ? name.slice(0, -1) : name
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
