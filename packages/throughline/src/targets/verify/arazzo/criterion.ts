import { isExpression, scopeValue, type Scope } from './expression.ts'

/** One criterion of a step or an action, as it is written (Arazzo 1.1, "Criterion Object"). */
export interface Criterion {
  readonly condition: string
  readonly context?: string
  readonly type: string
}

/** Whether it holds; `undefined` where that can't be decided here: other query languages, values that are not there. */
export function holds({ condition, context, type }: Criterion, scope: Scope): boolean | undefined {
  switch (type) {
    case 'simple':
      return simple(condition, scope)
    case 'regex': {
      const value = context === undefined ? undefined : scopeValue(context, scope)
      if (value === undefined || value === null) return false
      try {
        return new RegExp(condition, 'u').test(textOf(value).slice(0, longest))
      } catch {
        return undefined
      }
    }
    case 'jsonpath': {
      // Plain paths only: `$.items[0].id` is there or not. Filters are another language.
      if (!/^\$(?:\.[\w-]+|\[\d+\]|\[['"][^'"]+['"]\])*$/.test(condition)) return undefined
      let here = context === undefined ? undefined : scopeValue(context, scope)
      for (const [, plain, at, quoted] of condition.matchAll(
        /\.([\w-]+)|\[(\d+)\]|\[['"]([^'"]+)['"]\]/g,
      )) {
        const key = plain ?? at ?? quoted ?? ''
        if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return false
        here = Reflect.get(here, key)
      }
      return here !== undefined
    }
  }
  return undefined
}

const longest = 10_000

type Token = { readonly kind: 'word' | 'value' | 'sign'; readonly text: string }

/** `$statusCode == 200 && $response.body#/status != 'lost'`: literals, expressions, comparison, `!`, `&&`, `||` and brackets. */
function simple(condition: string, scope: Scope): boolean | undefined {
  const tokens: Token[] = []
  const wanted =
    /\s*(?:('(?:[^']|'')*'|"[^"]*")|(&&|\|\||==|!=|<=|>=|<|>|!|\(|\))|((?:\$(?:[^\s()<>=!&|]|\[[^\]]*\])+)|[\w.+-]+))/gy
  while (wanted.lastIndex < condition.trimEnd().length) {
    const found = wanted.exec(condition)
    if (found === null || tokens.length > 200) return undefined
    if (found[1] !== undefined)
      tokens.push({ kind: 'value', text: found[1].slice(1, -1).replaceAll("''", "'") })
    else if (found[2] !== undefined) tokens.push({ kind: 'sign', text: found[2] })
    else tokens.push({ kind: 'word', text: found[3]! })
  }
  let at = 0
  let broken = false
  const isNext = (text: string): boolean => tokens[at]?.kind === 'sign' && tokens[at]?.text === text
  const value = (): unknown => {
    const token = tokens[at++]
    if (token === undefined || token.kind === 'sign') {
      broken = true
      return undefined
    }
    if (token.kind === 'value') return token.text
    if (isExpression(token.text)) return scopeValue(token.text, scope)
    if (token.text === 'true' || token.text === 'false') return token.text === 'true'
    if (token.text === 'null') return null
    const number = Number(token.text)
    if (!Number.isNaN(number)) return number
    broken = true
    return undefined
  }
  const comparison = (): boolean => {
    if (isNext('!')) {
      at++
      return !comparison()
    }
    if (isNext('(')) {
      at++
      const inner = either()
      if (!isNext(')')) broken = true
      at++
      return inner
    }
    const left = value()
    const sign = tokens[at]?.kind === 'sign' ? tokens[at]!.text : ''
    if (!['==', '!=', '<', '<=', '>', '>='].includes(sign)) return Boolean(left)
    at++
    return compared(left, sign, value())
  }
  const both = (): boolean => {
    let is = comparison()
    while (isNext('&&')) {
      at++
      const other = comparison()
      is &&= other
    }
    return is
  }
  const either = (): boolean => {
    let is = both()
    while (isNext('||')) {
      at++
      const other = both()
      is ||= other
    }
    return is
  }
  const result = either()
  return broken || at < tokens.length ? undefined : result
}

/** Text is compared without looking at case (Arazzo, "Literals"); a number in text is a number beside one. */
function compared(left: unknown, sign: string, right: unknown): boolean {
  const numbers = [left, right].map((one) =>
    typeof one === 'number'
      ? one
      : typeof one === 'string' && one.trim() !== ''
        ? Number(one)
        : NaN,
  )
  const isNumeric =
    (typeof left === 'number' || typeof right === 'number') && !numbers.some(Number.isNaN)
  const [one, other] = isNumeric
    ? numbers
    : [left, right].map((each) => (typeof each === 'string' ? each.toLowerCase() : (each ?? null)))
  switch (sign) {
    case '==':
      return one === other
    case '!=':
      return one !== other
    case '<':
      return (one as string) < (other as string)
    case '<=':
      return (one as string) <= (other as string)
    case '>':
      return (one as string) > (other as string)
  }
  return (one as string) >= (other as string)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
