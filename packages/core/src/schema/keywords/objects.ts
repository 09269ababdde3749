import { isObject, type Site } from '../../text/site.ts'
import { resolve } from '../../1-parse/reference.ts'
import { normalised, part, parts } from '../dialect.ts'
import { explain, nodeOf, type Keyword, type Run, type SchemaNode } from '../node.ts'
import { objectIn } from '../narrow.ts'
import { patternOf } from '../pattern.ts'
import { counted, shown } from '../words.ts'
import type { Family } from './keywords-of.ts'
import { isCount } from './strings.ts'

type Properties = Readonly<Record<string, unknown>>
const NONE: readonly boolean[] = []

export const objectKeywords: Readonly<Record<string, Family>> = {
  required: (node, raw, name, found) => {
    const names = textsIn(raw[name])
    if (names.length === 0) return
    const absent = (value: Properties, wanted: string, run: Run): boolean =>
      !Object.hasOwn(value, wanted) && (run.direction === undefined || !isOneWay(node, wanted, run))
    found.push({
      name,
      test: (value, run) => {
        if (!isObject(value)) return true
        for (let index = 0; index < names.length; index++)
          if (absent(value, names[index]!, run)) return false
        return true
      },
      explain: (value, path, run, report) => {
        for (const wanted of names) {
          if (!absent(objectIn(value), wanted, run)) continue
          report.violations.push({
            path,
            keyword: name,
            message: `has no ${quoted(wanted)}, which is required`,
            expected: quoted(wanted),
            schema: node.site,
          })
        }
      },
    })
  },
  properties: (node, _, name, found) => {
    const known = propertyNodes(node)
    if (known.size === 0) return
    const names = [...known.keys()]
    const nodes = [...known.values()]
    const misplaced: { request?: readonly boolean[]; response?: readonly boolean[] } = {}
    const unsentIn = (run: Run): readonly boolean[] =>
      run.direction === undefined
        ? NONE
        : (misplaced[run.direction] ??= nodes.map((one) => isMisplaced(one, run)))
    let places: ReadonlyMap<string, number> | undefined
    found.push({
      name,
      testFew: (value, run) => {
        places ??= new Map(names.map((one, index) => [one, index]))
        const unsent = unsentIn(run)
        for (const key of Object.keys(value)) {
          const index = places.get(key)
          if (index === undefined) continue
          const inner = value[key]
          if (inner !== undefined && !nodes[index]!.test(inner, run)) return false
          if (unsent[index] === true) return false
        }
        return true
      },
      test: (value, run) => {
        if (!isObject(value)) return true
        const unsent = unsentIn(run)
        for (let index = 0; index < names.length; index++) {
          const key = names[index]!
          if (!Object.hasOwn(value, key)) continue
          const inner = value[key]
          if (inner !== undefined && !nodes[index]!.test(inner, run)) return false
          if (unsent[index] === true) return false
        }
        return true
      },
      explain: (value, path, run, report) => {
        for (const [key, inner] of known) {
          if (!Object.hasOwn(objectIn(value), key)) continue
          const at = [...path, key]
          const one = objectIn(value)[key]
          if (run.direction !== undefined && isMisplaced(inner, run)) {
            const answer = run.direction === 'response'
            report.violations.push({
              path: at,
              keyword: answer ? 'writeOnly' : 'readOnly',
              message: answer
                ? 'is write-only, so it must not be in an answer'
                : 'is read-only, so it must not be sent',
              expected: 'nothing',
              schema: inner.site,
            })
          } else if (!inner.test(one, run)) explain(inner, one, at, run, report)
        }
      },
      evaluate: (value, _, seen) => {
        if (isObject(value))
          for (const key of names) if (Object.hasOwn(value, key)) seen.names.add(key)
      },
    })
  },
  patternProperties: (node, _, name, found) => {
    const patterns = patternNodes(node)
    if (patterns.length === 0) return
    found.push({
      name,
      test: (value, run) => {
        if (!isObject(value)) return true
        for (const key of Object.keys(value)) {
          for (const [pattern, inner] of patterns)
            if (pattern.test(key) && !inner.test(value[key], run)) return false
        }
        return true
      },
      explain: (value, path, run, report) => {
        for (const [key, one] of Object.entries(objectIn(value))) {
          for (const [pattern, inner] of patterns) {
            if (pattern.test(key) && !inner.test(one, run))
              explain(inner, one, [...path, key], run, report)
          }
        }
      },
      evaluate: (value, _, seen) => {
        if (!isObject(value)) return
        for (const key of Object.keys(value))
          if (patterns.some(([pattern]) => pattern.test(key))) seen.names.add(key)
      },
    })
  },
  additionalProperties: (node, raw, name, found) => {
    const site = part(node.site, name)
    if (site === undefined || (typeof site.value !== 'boolean' && !isObject(site.value))) return
    const inner = nodeOf(site)
    const known = new Set(isObject(raw['properties']) ? Object.keys(raw['properties']) : [])
    const patterns = patternNodes(node).map(([pattern]) => pattern)
    const isKnown = (key: string): boolean =>
      known.has(key) || patterns.some((pattern) => pattern.test(key))
    const keyword: Keyword = {
      name,
      test: (value, run) => {
        if (!isObject(value) || site.value === true) return true
        for (const key of Object.keys(value))
          if (!isKnown(key) && !inner.test(value[key], run)) return false
        return true
      },
      explain: (value, path, run, report) => {
        for (const [key, one] of Object.entries(objectIn(value))) {
          if (isKnown(key) || inner.test(one, run)) continue
          if (site.value === false) {
            report.violations.push({
              path: [...path, key],
              keyword: name,
              message: unknownProperty(known),
              expected: knownProperties(known),
              schema: node.site,
            })
          } else explain(inner, one, [...path, key], run, report)
        }
      },
      evaluate: (value, _, seen) => {
        if (isObject(value)) seen.allNames = true
      },
    }
    found.push(keyword)
  },
  propertyNames: (node, _, name, found) => {
    const site = part(node.site, name)
    if (site === undefined) return
    const inner = nodeOf(site)
    found.push({
      name,
      test: (value, run) => {
        if (!isObject(value)) return true
        for (const key of Object.keys(value)) if (!inner.test(key, run)) return false
        return true
      },
      explain: (value, path, run, report) => {
        for (const key of Object.keys(objectIn(value))) {
          if (inner.test(key, run)) continue
          const reasons: typeof report.violations = []
          explain(inner, key, [...path, key], run, { violations: reasons, most: 1 })
          const message = `has a name that is not allowed: it ${reasons[0]?.message ?? 'breaks the rule for names'}`
          report.violations.push({
            path: [...path, key],
            keyword: name,
            message,
            schema: inner.site,
          })
        }
      },
    })
  },
  minProperties: (node, raw, name, found) => {
    const least = raw[name]
    if (!isCount(least)) return
    found.push({
      name,
      test: (value) => !isObject(value) || Object.keys(value).length >= least,
      explain: (value, path, _, report) => {
        const expected = `at least ${least}`
        const message = `has ${counted(Object.keys(objectIn(value)).length, 'property', 'properties')}, expected ${expected}`
        report.violations.push({ path, keyword: name, message, expected, schema: node.site })
      },
    })
  },
  maxProperties: (node, raw, name, found) => {
    const most = raw[name]
    if (!isCount(most)) return
    found.push({
      name,
      test: (value) => !isObject(value) || Object.keys(value).length <= most,
      explain: (value, path, _, report) => {
        const expected = `at most ${most}`
        const message = `has ${counted(Object.keys(objectIn(value)).length, 'property', 'properties')}, expected ${expected}`
        report.violations.push({ path, keyword: name, message, expected, schema: node.site })
      },
    })
  },
  dependentRequired: (node, raw, name, found) => {
    const rules = isObject(raw[name])
      ? Object.entries(raw[name]).map(([key, names]) => [key, textsIn(names)] as const)
      : []
    if (rules.length === 0) return
    found.push({
      name,
      test: (value) =>
        !isObject(value) ||
        rules.every(
          ([key, names]) =>
            !Object.hasOwn(value, key) || names.every((wanted) => Object.hasOwn(value, wanted)),
        ),
      explain: (value, path, _, report) => {
        for (const [key, names] of rules) {
          if (!Object.hasOwn(objectIn(value), key)) continue
          for (const wanted of names) {
            if (Object.hasOwn(objectIn(value), wanted)) continue
            const message = `has no ${quoted(wanted)}, which is required where ${quoted(key)} is given`
            report.violations.push({
              path,
              keyword: name,
              message,
              expected: quoted(wanted),
              schema: node.site,
            })
          }
        }
      },
    })
  },
  dependentSchemas: (node, _, name, found) => {
    const rules = parts(node.site, name).map((site) => [String(site.key), nodeOf(site)] as const)
    if (rules.length === 0) return
    const active = (value: unknown): readonly (readonly [string, SchemaNode])[] =>
      isObject(value) ? rules.filter(([key]) => Object.hasOwn(value, key)) : []
    found.push({
      name,
      test: (value, run) => active(value).every(([, inner]) => inner.test(value, run)),
      explain: (value, path, run, report) => {
        for (const [, inner] of active(value))
          if (!inner.test(value, run)) explain(inner, value, path, run, report)
      },
      evaluate: (value, run, seen) => {
        for (const [, inner] of active(value))
          for (const keyword of inner.keywords()) keyword.evaluate?.(value, run, seen)
      },
    })
  },
}

export function unknownProperty(known: ReadonlySet<string>): string {
  return known.size === 0
    ? 'must not be here: no properties are allowed'
    : `is not a known property (${knownProperties(known)})`
}

export function knownProperties(known: ReadonlySet<string>): string {
  if (known.size === 0) return 'no properties'
  const names = [...known].slice(0, 6).map(quoted)
  return `${names.join(', ')}${known.size > 6 ? ', ...' : ''}`
}

function propertyNodes(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
  return new Map(
    parts(node.site, 'properties')
      .filter((site) => site.parent !== undefined && isObject(site.parent.value))
      .map((site) => [String(site.key), nodeOf(site)]),
  )
}

function patternNodes(node: SchemaNode): readonly (readonly [RegExp, SchemaNode])[] {
  return parts(node.site, 'patternProperties').flatMap((site) => {
    const pattern = patternOf(String(site.key))
    return pattern === undefined ? [] : [[pattern, nodeOf(site)] as const]
  })
}

/**
 * OpenAPI: a required property that is read-only is not required in a request, a write-only one not in a response.
 * The words may stand on the property, behind its reference, or in a sibling of an `allOf`.
 */
function isOneWay(node: SchemaNode, name: string, run: Run): boolean {
  const word = run.direction === 'request' ? 'readOnly' : 'writeOnly'
  if (saysOf(node.site, name, word, 0)) return true
  return run.within.some((outer) => saysOf(outer.site, name, word, 0))
}

function saysOf(view: Site, name: string, word: string, depth: number): boolean {
  if (depth > 20) return false
  const property = parts(view, 'properties').find((site) => site.key === name)
  if (property !== undefined && says(property, word)) return true
  return parts(view, 'allOf').some((inner) =>
    saysOf(normalised(resolve(inner)), name, word, depth + 1),
  )
}

function says(property: Site, word: string): boolean {
  const view = normalised(property)
  if (isObject(view.value) && view.value[word] === true) return true
  const target = normalised(resolve(property))
  if (isObject(target.value) && target.value[word] === true) return true
  return parts(target, 'allOf').some((inner) => {
    const { value } = normalised(resolve(inner))
    return isObject(value) && value[word] === true
  })
}

/** A write-only property in an answer, a read-only one in a request. */
function isMisplaced(node: SchemaNode, { direction }: Run): boolean {
  const remembered = direction === 'response' ? writeOnly : readOnly
  const known = remembered.get(node)
  if (known !== undefined) return known
  const found = says(node.site, direction === 'response' ? 'writeOnly' : 'readOnly')
  remembered.set(node, found)
  return found
}
const writeOnly = new WeakMap<SchemaNode, boolean>()
const readOnly = new WeakMap<SchemaNode, boolean>()

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function quoted(name: string): string {
  return `\`${shown(name).slice(1, -1)}\``
}
