import { isObject } from '../../text/site.ts'
import { part } from '../dialect.ts'
import { listIn, objectIn } from '../narrow.ts'
import { explain, nodeOf, type Run, type Seen, type SchemaNode } from '../node.ts'
import type { Family } from './keywords-of.ts'
import { knownProperties, unknownProperty } from './objects.ts'

export const unevaluatedKeywords: Readonly<Record<string, Family>> = {
  unevaluatedProperties: (node, _, name, found) => {
    const site = part(node.site, name)
    if (site === undefined) return
    const inner = nodeOf(site)
    const rest = (value: Readonly<Record<string, unknown>>, run: Run): readonly string[] => {
      const seen = seenBy(node, name, value, run)
      return seen.allNames ? [] : Object.keys(value).filter((key) => !seen.names.has(key))
    }
    found.push({
      name,
      test: (value, run) =>
        site.value === true ||
        !isObject(value) ||
        rest(value, run).every((key) => inner.test(value[key], run)),
      explain: (value, path, run, report) => {
        const object = objectIn(value)
        for (const key of rest(object, run)) {
          if (inner.test(object[key], run)) continue
          if (site.value === false) {
            const known = seenBy(node, name, value, run).names
            report.violations.push({
              path: [...path, key],
              keyword: name,
              message: unknownProperty(known),
              expected: knownProperties(known),
              schema: node.site,
            })
          } else explain(inner, object[key], [...path, key], run, report)
        }
      },
      evaluate: (value, _run, seen) => {
        if (isObject(value)) seen.allNames = true
      },
    })
  },
  unevaluatedItems: (node, _, name, found) => {
    const site = part(node.site, name)
    if (site === undefined) return
    const inner = nodeOf(site)
    const rest = (value: readonly unknown[], run: Run): readonly number[] => {
      const seen = seenBy(node, name, value, run)
      return [...value.keys()].filter((index) => index >= seen.upTo && !seen.indexes.has(index))
    }
    found.push({
      name,
      test: (value, run) =>
        site.value === true ||
        !Array.isArray(value) ||
        rest(value, run).every((index) => inner.test(value[index], run)),
      explain: (value, path, run, report) => {
        const items = listIn(value)
        for (const index of rest(items, run)) {
          if (inner.test(items[index], run)) continue
          if (site.value === false) {
            report.violations.push({
              path: [...path, index],
              keyword: name,
              message: 'is one item too many',
              schema: node.site,
            })
          } else explain(inner, items[index], [...path, index], run, report)
        }
      },
      evaluate: (value, _run, seen) => {
        if (Array.isArray(value)) seen.upTo = Infinity
      },
    })
  },
}

/** What the neighbours of an `unevaluated` keyword have looked at. */
function seenBy(node: SchemaNode, name: string, value: unknown, run: Run): Seen {
  const seen: Seen = { names: new Set(), allNames: false, upTo: 0, indexes: new Set() }
  for (const keyword of node.keywords())
    if (keyword.name !== name) keyword.evaluate?.(value, run, seen)
  return seen
}
