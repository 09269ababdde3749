import { textPart } from './parts.ts'

/** What a script of Bruno finds under its names, in Postman's words; one line, so that line numbers stay close. */
export const brunoPrelude = [
  'var test = pm.test, expect = pm.expect',
  'var bru = { setVar: (n, v) => pm.environment.set(n, v), getVar: (n) => pm.variables.get(n), setEnvVar: (n, v) => pm.environment.set(n, v), getEnvVar: (n) => pm.environment.get(n), getCollectionVar: (n) => pm.collectionVariables.get(n), interpolate: (t) => pm.variables.replaceIn(t) }',
  'var res = pm.response && { status: pm.response.code, body: ((t) => { try { return JSON.parse(t) } catch { return t } })(pm.response.text()), responseTime: pm.response.responseTime, getStatus: () => pm.response.code, getBody: () => res.body, getHeader: (n) => pm.response.headers.get(n), getHeaders: () => pm.response.headers.toObject(), getResponseTime: () => pm.response.responseTime }',
].join('; ')

/** `res.body.items[0].id` as Postman says it; nothing where it is more than a plain path. */
export function pathIn(expression: string): string | undefined {
  const found =
    /^\$?res\.(status|responseTime|body|headers)((?:\.[A-Za-z_$][\w$]*|\[\d{1,6}\]|\["[^"\\]*"\]|\['[^'\\]*'\])*)$/.exec(
      expression.trim().slice(0, 500),
    )
  if (found === null) return undefined
  const [, of, rest = ''] = found
  if (of === 'body') return `pm.response.json()${rest}`
  if (of === 'headers') {
    const name = /^\.([\w$]+)$|^\[["']([^"']+)["']\]$/.exec(rest)
    return name === null
      ? undefined
      : `pm.response.headers.get(${JSON.stringify(name[1] ?? name[2])})`
  }
  return rest === '' ? `pm.response.${of === 'status' ? 'code' : 'responseTime'}` : undefined
}

/** An assertion (`res.status eq 200`) as a test of Postman; nothing where there are no words for it. */
export function chaiOf(assertion: unknown): string | undefined {
  const expression = textPart(assertion, 'expression')
  const operator = textPart(assertion, 'operator') || 'eq'
  const value = textPart(assertion, 'value')
  const at = pathIn(expression)
  const words = wordsFor(operator, value)
  if (at === undefined || words === undefined) return undefined
  const name = `${expression} ${operator}${value === '' ? '' : ` ${value}`}`
  return `pm.test(${JSON.stringify(name)}, () => pm.expect(${at}).${words})`
}

function wordsFor(operator: string, value: string): string | undefined {
  const one = JSON.stringify(typed(value))
  const many = value
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((each) => typed(each.trim()))
  switch (operator) {
    case 'eq':
      return `to.eql(${one})`
    case 'neq':
      return `to.not.eql(${one})`
    case 'gt':
      return `to.be.above(${Number(value)})`
    case 'gte':
      return `to.be.at.least(${Number(value)})`
    case 'lt':
      return `to.be.below(${Number(value)})`
    case 'lte':
      return `to.be.at.most(${Number(value)})`
    case 'in':
      return `to.be.oneOf(${JSON.stringify(many)})`
    case 'notIn':
      return `to.not.be.oneOf(${JSON.stringify(many)})`
    case 'contains':
      return `to.include(${one})`
    case 'notContains':
      return `to.not.include(${one})`
    case 'length':
      return `to.have.lengthOf(${Number(value)})`
    case 'matches':
      return `to.match(new RegExp(${JSON.stringify(value.replace(/^\/|\/$/g, ''))}))`
    case 'notMatches':
      return `to.not.match(new RegExp(${JSON.stringify(value.replace(/^\/|\/$/g, ''))}))`
    case 'startsWith':
      return `to.satisfy((text) => String(text).startsWith(${JSON.stringify(value)}))`
    case 'endsWith':
      return `to.satisfy((text) => String(text).endsWith(${JSON.stringify(value)}))`
    case 'between':
      return `to.be.within(${Number(many[0])}, ${Number(many[1])})`
    case 'isEmpty':
      return 'to.be.empty'
    case 'isNotEmpty':
      return 'to.not.be.empty'
    case 'isNull':
      return 'to.be.null'
    case 'isUndefined':
      return 'to.be.undefined'
    case 'isDefined':
      return 'to.not.be.undefined'
    case 'isTruthy':
      return 'to.be.ok'
    case 'isFalsy':
      return 'to.not.be.ok'
    case 'isJson':
      return "to.be.an('object')"
    case 'isNumber':
      return "to.be.a('number')"
    case 'isString':
      return "to.be.a('string')"
    case 'isBoolean':
      return "to.be.a('boolean')"
    case 'isArray':
      return "to.be.an('array')"
  }
  return undefined
}

/** Bruno reads `200`, `true` and `null` as what they look like. */
function typed(value: string): unknown {
  if (/^-?\d{1,15}(\.\d{1,15})?$/.test(value)) return Number(value)
  if (value === 'true' || value === 'false') return value === 'true'
  if (value === 'null') return null
  return /^(["']).*\1$/s.test(value) && value.length >= 2 ? value.slice(1, -1) : value
}
