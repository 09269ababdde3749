import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { childrenOf, isObject, originOf, pathOf, type Site } from '../text/site.ts'
import { closest, suggestion } from '../text/suggestion.ts'
import { valuesOf } from './continued-text.ts'
import type { Declared } from './declarations.ts'

export type JsonSchema = Readonly<Record<string, unknown>>
export type Definitions = Record<string, JsonSchema>
export type Report = (diagnostic: Diagnostic) => void

/** What a value in a file must look like: one description for the parser, and for the editor (JSON Schema 2020-12). */
export interface Shape<T> {
  /** The value at the site, or `undefined` after saying what is wrong with it. */
  readonly read: (site: Site, report: Report) => T | undefined
  /** The same rules for editors. Shapes with a name of their own are added to the definitions. */
  readonly schema: (definitions: Definitions) => JsonSchema
  /** What stands in when a map lacks this required value, so that the rest of the map still counts. */
  readonly fallback?: (parent: Site) => T
}

type Shapes<T> = { readonly [Key in keyof T]: Shape<T[Key]> }

/**
 * A map with known keys. `what` names it in messages: `A step`. An unknown key is a warning and is left out;
 * keys that begin with `x-` are the team's own, and so is a file's `$schema`. A wrong optional value is reported and left out; without a
 * required one nothing is left, unless its shape has a fallback.
 */
export function record<Required, Optional>(
  what: string,
  required: Shapes<Required>,
  optional: Shapes<Optional>,
): Shape<Declared & Required & Partial<Optional>> {
  const shapes = new Map<string, Shape<unknown>>([
    ...Object.entries<Shape<unknown>>(required),
    ...Object.entries<Shape<unknown>>(optional),
  ])
  // Each value was read by the shape of its key: that is what makes the map what it says it is.
  type Whole = Declared & Required & Partial<Optional>
  const isWhole = (found: object, complete: boolean): found is Whole => complete
  return {
    read(site, report) {
      if (!isObject(site.value))
        return wrong(site, report, `must be a map of ${listed([...shapes.keys()])}`)
      const values = new Map(
        valuesOf(site, (key) => shapes.has(key)).map((inner) => [String(inner.key), inner]),
      )
      for (const [key, inner] of values) {
        if (
          shapes.has(key) ||
          key.startsWith('x-') ||
          (key === '$schema' && site.parent === undefined)
        )
          continue
        report(unknownKey(what, inner, shapes.keys()))
      }
      const found: Record<string, unknown> = { site }
      let complete = true
      for (const [key, shape] of shapes) {
        const inner = values.get(key)
        const isRequired = Object.hasOwn(required, key)
        if (inner === undefined && isRequired) wrong(site, report, `must have ${quoted(key)}`, what)
        let value = inner && shape.read(inner, report)
        if (value === undefined && isRequired) value = shape.fallback?.(site)
        if (value !== undefined) found[key] = value
        else if (isRequired) complete = false
      }
      return isWhole(found, complete) ? found : undefined
    },
    schema: (definitions) => ({
      type: 'object',
      properties: Object.fromEntries(
        [...shapes].map(([key, shape]) => [key, shape.schema(definitions)]),
      ),
      patternProperties: { '^x-': {} },
      // A text that goes on after a comma in a YAML flow map (`valuesOf`).
      additionalProperties: { type: 'null' },
      ...(Object.keys(required).length > 0 && { required: Object.keys(required) }),
    }),
  }
}

function unknownKey(what: string, site: Site, known: Iterable<string>): Diagnostic {
  const names = [...known]
  const key = String(site.key)
  const details = {
    where: what,
    key: quoted(key),
    suggestion: suggestion(key, names) || ` It can have ${listed(names)}.`,
  }
  const fixes = closest(key, names).map((name) => ({
    title: `Change to \`${name}\``,
    replace: name,
  }))
  return diagnostic('TL1008', originOf(site, 'key'), details, fixes.length === 0 ? {} : { fixes })
}

export interface Entry<T> extends Declared {
  readonly key: string
  readonly value: T
}

/** A map whose keys people choose: `apis`, `teams`. A wrong key is reported, and its value counts all the same. */
export function entries<T>(
  what: string,
  key: Shape<string>,
  value: Shape<T>,
): Shape<readonly Entry<T>[]> {
  return {
    read(site, report) {
      if (!isObject(site.value)) return wrong(site, report, `must be a map of ${what}`)
      const found: Entry<T>[] = []
      for (const inner of valuesOf(site, () => false)) {
        const name = key.read({ ...inner, value: inner.key }, (one) => {
          report({ ...one, origin: originOf(inner, 'key') })
        })
        const read = value.read(inner, report)
        if (name !== undefined && read !== undefined)
          found.push({ key: name, value: read, site: inner })
      }
      return found
    },
    schema: (definitions) => ({
      type: 'object',
      propertyNames: key.schema(definitions),
      additionalProperties: value.schema(definitions),
    }),
  }
}

/** A list. Items that are wrong are reported and left out. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    read: (site, report) =>
      Array.isArray(site.value) ? items(site, item, report) : wrong(site, report, 'must be a list'),
    schema: (definitions) => ({ type: 'array', items: item.schema(definitions) }),
  }
}

/** A list, or its only item without the brackets. */
export function listOrOne<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    read(site, report) {
      if (Array.isArray(site.value)) return items(site, item, report)
      const one = item.read(site, report)
      return one === undefined ? undefined : [one]
    },
    schema: (definitions) => {
      const schema = item.schema(definitions)
      return { anyOf: [schema, { type: 'array', items: schema }] }
    },
  }
}

function items<T>(site: Site, item: Shape<T>, report: Report): readonly T[] {
  const found: T[] = []
  for (const inner of childrenOf(site)) {
    const read = item.read(inner, report)
    if (read !== undefined) found.push(read)
  }
  return found
}

export const text: Shape<string> = {
  read(site, report) {
    if (typeof site.value === 'string') return site.value
    if (typeof site.value === 'number' || typeof site.value === 'boolean') {
      const asText = JSON.stringify(String(site.value))
      return wrong(
        site,
        report,
        `must be text, so put quotes around it: ${quoted(asText)}`,
        undefined,
        asText,
      )
    }
    return wrong(site, report, 'must be text')
  },
  schema: () => ({ type: 'string' }),
}

/** Text, where a plain number or yes/no means its own letters: `from: 14`. */
export const textOrNumber: Shape<string> = {
  read: (site, report) =>
    ['string', 'number', 'boolean'].includes(typeof site.value)
      ? String(site.value)
      : wrong(site, report, 'must be text'),
  schema: () => ({ type: ['string', 'number', 'boolean'] }),
}

/** Text of a certain form. `pattern` is written so that JSON Schema can hold it too: no flags but `u`. */
export function textLike(pattern: string, problem: string): Shape<string> {
  const expression = new RegExp(pattern, 'u')
  return {
    read: (site, report) =>
      typeof site.value === 'string' && expression.test(site.value)
        ? site.value
        : wrong(site, report, problem),
    schema: () => ({ type: 'string', pattern }),
  }
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Shape<number> {
  return {
    read({ value, ...site }, report) {
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
        return value
      const range =
        most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
      return wrong({ ...site, value }, report, `must be a whole number ${range}`)
    },
    schema: () => ({ type: 'integer', minimum: least, maximum: most }),
  }
}

export function numberBetween(least: number, most: number): Shape<number> {
  return {
    read: (site, report) =>
      typeof site.value === 'number' && site.value >= least && site.value <= most
        ? site.value
        : wrong(site, report, `must be a number from ${least} to ${most}`),
    schema: () => ({ type: 'number', minimum: least, maximum: most }),
  }
}

/** One of a few words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Shape<Word> {
  return {
    read(site, report) {
      const found = words.find((word) => word === site.value)
      if (found !== undefined) return found
      const [close] = typeof site.value === 'string' ? closest(site.value, words, 1) : []
      return wrong(site, report, `must be ${listed(words, 'or')}`, whereOf(site), close)
    },
    schema: () => ({ enum: words }),
  }
}

/** Any value at all: what it holds is not ours to read. */
export const anything: Shape<Site> = { read: (site) => site, schema: () => ({}) }

/** A short form and a long form, told apart by whether it is text or a map. */
export function either<Short, Long>(
  problem: string,
  { string, object }: { readonly string: Shape<Short>; readonly object: Shape<Long> },
): Shape<Short | Long> {
  return {
    read(site, report) {
      if (typeof site.value === 'string') return string.read(site, report)
      return isObject(site.value) ? object.read(site, report) : wrong(site, report, problem)
    },
    schema: (definitions) => ({ anyOf: [string.schema(definitions), object.schema(definitions)] }),
  }
}

/** What is read, in the words of `declarations.ts`. `undefined` leaves it out (the mapper has reported why). */
export function mapped<From, To>(
  shape: Shape<From>,
  to: (value: From, site: Site, report: Report) => To | undefined,
): Shape<To> {
  return {
    read(site, report) {
      const value = shape.read(site, report)
      return value === undefined ? undefined : to(value, site, report)
    },
    schema: shape.schema,
  }
}

/** Without its site, for parts that nobody points at. */
export function unplaced<T extends Declared>(shape: Shape<T>): Shape<Omit<T, 'site'>> {
  return mapped(shape, ({ ...found }) => {
    Reflect.deleteProperty(found, 'site')
    return found
  })
}

export function withFallback<T>(shape: Shape<T>, fallback: (parent: Site) => T): Shape<T> {
  return { ...shape, fallback }
}

/** Adds the sentence (and examples) that an editor shows while somebody types. */
export function about<T>(
  description: string,
  shape: Shape<T>,
  ...examples: readonly unknown[]
): Shape<T> {
  return {
    ...shape,
    schema: (definitions) => ({
      description,
      ...shape.schema(definitions),
      ...(examples.length > 0 && { examples }),
    }),
  }
}

/** Gives the shape a definition of its own in the JSON Schema. */
export function named<T>(name: string, shape: Shape<T>): Shape<T> {
  return {
    ...shape,
    schema: (definitions) => {
      if (!Object.hasOwn(definitions, name)) {
        definitions[name] = {}
        definitions[name] = shape.schema(definitions)
      }
      return { $ref: `#/$defs/${name}` }
    },
  }
}

/** Reports a value of the wrong shape and leaves it out. The problem goes without its full stop. */
export function wrong(
  site: Site,
  report: Report,
  problem: string,
  where = whereOf(site),
  replace?: string,
): undefined {
  const fixes =
    replace === undefined ? {} : { fixes: [{ title: `Change to \`${replace}\``, replace }] }
  report(diagnostic('TL1004', originOf(site), { where, problem: `${problem}.` }, fixes))
  return undefined
}

/** `budget.p75`: the keys since the nearest list, which is as much as a reader needs beside a line number. */
function whereOf(site: Site): string {
  const path = pathOf(site)
  const last = path.at(-1)
  if (last === undefined) return 'This file'
  if (typeof last === 'number') {
    const key = path.at(-2)
    return key === undefined ? `Item ${last + 1}` : `Item ${last + 1} of ${quoted(String(key))}`
  }
  const since = path.findLastIndex((key) => typeof key === 'number')
  return quoted(path.slice(since + 1).join('.'))
}

function listed(names: readonly string[], word = 'and'): string {
  const quotedNames = names.map((name) => quoted(name))
  if (quotedNames.length < 2) return quotedNames.join('')
  return `${quotedNames.slice(0, -1).join(', ')} ${word} ${quotedNames.at(-1)}`
}
