import { part, parts } from '../dialect.ts'
import { duplicateIn } from '../equal.ts'
import { explain, nodeOf } from '../node.ts'
import { listIn } from '../narrow.ts'
import { counted } from '../words.ts'
import type { Family } from './keywords-of.ts'
import { isCount } from './strings.ts'

export const arrayKeywords: Readonly<Record<string, Family>> = {
  minItems: (node, raw, name, found) => {
    const least = raw[name]
    if (!isCount(least)) return
    found.push({
      name,
      test: (value) => !Array.isArray(value) || value.length >= least,
      explain: (value, path, _, report) => {
        const expected = `at least ${counted(least, 'item')}`
        const message = `has ${counted(listIn(value).length, 'item')}, expected ${expected}`
        report.violations.push({ path, keyword: name, message, expected, schema: node.site })
      },
    })
  },
  maxItems: (node, raw, name, found) => {
    const most = raw[name]
    if (!isCount(most)) return
    found.push({
      name,
      test: (value) => !Array.isArray(value) || value.length <= most,
      explain: (value, path, _, report) => {
        const expected = `at most ${counted(most, 'item')}`
        const message = `has ${counted(listIn(value).length, 'item')}, expected ${expected}`
        report.violations.push({ path, keyword: name, message, expected, schema: node.site })
      },
    })
  },
  uniqueItems: (node, raw, name, found) => {
    if (raw[name] !== true) return
    found.push({
      name,
      test: (value) =>
        !Array.isArray(value) || value.length < 2 || duplicateIn(value) === undefined,
      explain: (value, path, _, report) => {
        const [first, second] = duplicateIn(listIn(value)) ?? [0, 1]
        const message = `is the same as item ${first}, expected all items to differ`
        report.violations.push({
          path: [...path, second],
          keyword: name,
          message,
          expected: 'different items',
          schema: node.site,
        })
      },
    })
  },
  prefixItems: (node, raw, name, found) => {
    const nodes = parts(node.site, name).map(nodeOf)
    if (!Array.isArray(raw[name]) || nodes.length === 0) return
    found.push({
      name,
      test: (value, run) => {
        if (!Array.isArray(value)) return true
        const length = Math.min(value.length, nodes.length)
        for (let index = 0; index < length; index++)
          if (!nodes[index]!.test(value[index], run)) return false
        return true
      },
      explain: (value, path, run, report) => {
        listIn(value).forEach((item, index) => {
          const inner = nodes[index]
          if (inner !== undefined && !inner.test(item, run))
            explain(inner, item, [...path, index], run, report)
        })
      },
      evaluate: (value, _, seen) => {
        if (Array.isArray(value)) seen.upTo = Math.max(seen.upTo, nodes.length)
      },
    })
  },
  items: (node, raw, name, found) => {
    const site = part(node.site, name)
    if (site === undefined) return
    const inner = nodeOf(site)
    const from = Array.isArray(raw['prefixItems']) ? raw['prefixItems'].length : 0
    found.push({
      name,
      test: (value, run) => {
        if (!Array.isArray(value)) return true
        for (let index = from; index < value.length; index++)
          if (!inner.test(value[index], run)) return false
        return true
      },
      explain: (value, path, run, report) => {
        const items = listIn(value)
        for (
          let index = from;
          index < items.length && report.violations.length < report.most;
          index++
        ) {
          if (inner.test(items[index], run)) continue
          if (inner.site.value === false) {
            const expected = `at most ${counted(from, 'item')}`
            report.violations.push({
              path: [...path, index],
              keyword: name,
              message: `is one item too many, expected ${expected}`,
              expected,
              schema: node.site,
            })
          } else explain(inner, items[index], [...path, index], run, report)
        }
      },
      evaluate: (value, _, seen) => {
        if (Array.isArray(value)) seen.upTo = Infinity
      },
    })
  },
  contains: (node, raw, name, found) => {
    const site = part(node.site, name)
    if (site === undefined) return
    const inner = nodeOf(site)
    const least = isCount(raw['minContains']) ? raw['minContains'] : 1
    const most = isCount(raw['maxContains']) ? raw['maxContains'] : Infinity
    found.push({
      name,
      test: (value, run) => {
        if (!Array.isArray(value)) return true
        let count = 0
        for (let index = 0; index < value.length; index++) {
          if (!inner.test(value[index], run)) continue
          count++
          if (count > most) return false
          if (count >= least && most === Infinity) return true
        }
        return count >= least
      },
      explain: (value, path, run, report) => {
        const count = listIn(value).filter((item) => inner.test(item, run)).length
        const expected =
          count > most
            ? `at most ${counted(most, 'such item')}`
            : `at least ${counted(least, 'such item')}`
        const message = `has ${counted(count, 'item')} of the kind the schema asks for, expected ${expected}`
        report.violations.push({ path, keyword: name, message, expected, schema: inner.site })
      },
      evaluate: (value, run, seen) => {
        if (!Array.isArray(value)) return
        value.forEach((item, index) => {
          if (inner.test(item, run)) seen.indexes.add(index)
        })
      },
    })
  },
}
