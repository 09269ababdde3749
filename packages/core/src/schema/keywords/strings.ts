import { formats } from '../formats.ts'
import { patternOf } from '../pattern.ts'
import { counted, kindOf, shown } from '../words.ts'
import type { Family } from './keywords-of.ts'

export const stringKeywords: Readonly<Record<string, Family>> = {
  minLength: (node, raw, name, found) => {
    const least = raw[name]
    if (!isCount(least)) return
    found.push({
      name,
      test: (value) =>
        typeof value !== 'string' ||
        value.length >= least * 2 ||
        (value.length >= least && lengthOf(value) >= least),
      explain: (value, path, _, report) => {
        const expected = `at least ${counted(least, 'character')}`
        const message =
          value === ''
            ? `is empty, expected ${expected}`
            : `has ${counted(lengthOf(String(value)), 'character')}, expected ${expected}`
        report.violations.push({ path, keyword: name, message, expected, schema: node.site })
      },
    })
  },
  maxLength: (node, raw, name, found) => {
    const most = raw[name]
    if (!isCount(most)) return
    found.push({
      name,
      test: (value) =>
        typeof value !== 'string' ||
        value.length <= most ||
        (value.length <= most * 2 && lengthOf(value) <= most),
      explain: (value, path, _, report) => {
        const expected = `at most ${counted(most, 'character')}`
        const message = `has ${counted(lengthOf(String(value)), 'character')}, expected ${expected}`
        report.violations.push({ path, keyword: name, message, expected, schema: node.site })
      },
    })
  },
  pattern: (node, raw, name, found) => {
    const source = raw[name]
    const pattern = typeof source === 'string' ? patternOf(source) : undefined
    if (pattern === undefined) return
    found.push({
      name,
      test: (value) => typeof value !== 'string' || pattern.test(value),
      explain: (value, path, _, report) => {
        const expected = `a string that matches ${shown(source, 80)}`
        report.violations.push({
          path,
          keyword: name,
          message: `is ${shown(value)}, expected ${expected}`,
          expected,
          schema: node.site,
        })
      },
    })
  },
  format: (node, raw, name, found) => {
    const format = raw[name]
    const check = typeof format === 'string' ? formats.get(format) : undefined
    if (check === undefined || typeof format !== 'string') return
    const expected = formatWords[format] ?? `a value in the format ${format}`
    found.push({
      name,
      test: check,
      explain: (value, path, _, report) => {
        const what =
          typeof value === 'string' || typeof value === 'number' ? shown(value) : kindOf(value)
        report.violations.push({
          path,
          keyword: name,
          message: `is ${what}, expected ${expected}`,
          expected,
          schema: node.site,
        })
      },
    })
  },
}

const formatWords: Readonly<Record<string, string>> = {
  'date-time': 'a date and time with its offset (2026-03-01T12:00:00Z)',
  date: 'a date (2026-03-01)',
  time: 'a time with its offset (12:00:00Z)',
  duration: 'a duration (P1DT2H)',
  email: 'an e-mail address',
  'idn-email': 'an e-mail address',
  hostname: 'a host name',
  'idn-hostname': 'a host name',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  uri: 'an absolute URI',
  'uri-reference': 'a URI or relative reference',
  iri: 'an absolute IRI',
  'iri-reference': 'an IRI or relative reference',
  'uri-template': 'a URI template',
  uuid: 'a UUID',
  'json-pointer': 'a JSON Pointer',
  'relative-json-pointer': 'a relative JSON Pointer',
  regex: 'a regular expression',
  byte: 'base64',
  int32: 'a 32-bit integer',
  int64: 'a 64-bit integer',
}

/** Characters as people count them: code points, not UTF-16 units. */
function lengthOf(value: string): number {
  let pairs = 0
  for (let index = 0; index < value.length - 1; index++) {
    if (
      (value.charCodeAt(index) & 0xfc00) === 0xd800 &&
      (value.charCodeAt(index + 1) & 0xfc00) === 0xdc00
    ) {
      pairs++
      index++
    }
  }
  return value.length - pairs
}

export function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0
}
