/** A template of Mockoon in our words, and the helpers that there is no word for. */
export interface Translated {
  readonly text: string
  readonly unknown: readonly string[]
}

export type Buckets = ReadonlyMap<string, unknown>

/**
 * Mockoon's templating (Handlebars with its own helpers) as scenarios write it. A helper that there is no word for is
 * replaced by a made-up text.
 */
export function translated(template: string, buckets: Buckets): Translated {
  const unknown = new Set<string>()
  const open: string[] = []
  /** What is compared in each open `switch`, and with what so far. */
  const switches: { readonly subject: string; readonly cases: string[] }[] = []
  const text = template.replace(
    /\{\{(?:\{([^{}]*)\}|(?!\{)~?\s*(!--[\s\S]*?--|[#/!]|else\b|)([\s\S]*?)\s*~?)\}\}/g,
    (whole: string, raw: string | undefined, mark = '', plain = '') => {
      const inner = raw ?? plain
      if (mark.startsWith('!')) return ''
      if (mark === 'else') return `{{else${inner === '' ? '' : ` ${inner.trim()}`}}}`
      if (mark === '/') {
        const closed = open.pop() ?? inner.trim()
        if (closed === 'switch') {
          switches.pop()
          return ''
        }
        if (closed === 'repeat') return '{{#unless @last}},{{/unless}}{{/repeat}}'
        return closed === '' ? '' : `{{/${closed}}}`
      }
      const tokens = tokensIn(inner)
      const [name = '', ...rest] = tokens
      if (mark === '#') {
        if (name === 'repeat') {
          const [first = '1', second] = rest.filter((one) => !one.includes('='))
          if (second !== undefined && /^\d+$/.test(second))
            unknown.add('repeat with a range: the smaller number is taken')
          open.push('repeat')
          return `{{#repeat ${expression(first)}}}`
        }
        if (name === 'switch') {
          open.push('switch')
          switches.push({ subject: expression(rest[0] ?? "''"), cases: [] })
          return ''
        }
        const inSwitch = switches.at(-1)
        if (inSwitch !== undefined && name === 'case') {
          open.push('if')
          const is = `(eq ${inSwitch.subject} ${expression(rest[0] ?? "''")})`
          const before = inSwitch.cases.splice(0, inSwitch.cases.length, ...inSwitch.cases, is)
          return before.length === 0
            ? `{{#if ${is}}}`
            : `{{#if (and ${is} (not (or ${before.join(' ')})))}}`
        }
        if (inSwitch !== undefined && name === 'default') {
          open.push('unless')
          return `{{#unless (or ${inSwitch.cases.join(' ')})}}`
        }
        if (/^(if|unless|each|with|eq|ne|lt|gt)$/.test(name)) {
          const own = /^(eq|ne|lt|gt)$/.test(name) ? 'if' : name
          open.push(own)
          const subject =
            own === 'if' && name !== 'if'
              ? `(${name} ${rest.map(expression).join(' ')})`
              : rest.map(expression).join(' ')
          return `{{#${own} ${subject}}}`
        }
        unknown.add(name)
        open.push('')
        return ''
      }
      if (name === 'setVar' || name === 'setGlobalVar' || name === 'setData') {
        unknown.add(name)
        return ''
      }
      const isCall =
        tokens.length > 1 ||
        (/^[a-z]\w*$/i.test(name) &&
          !/^(this|true|false|null)$/.test(name) &&
          !open.some((one) => one === 'each' || one === 'with'))
      const made = expression(isCall ? `(${inner.trim()})` : name)
      const bare = made.startsWith('(') && made.endsWith(')') ? made.slice(1, -1) : made
      // A literal needs no helper.
      const literal = /^(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?|true|false|null))$/.exec(bare)
      if (literal !== null) return literal[1] ?? literal[2] ?? literal[3] ?? ''
      return whole.startsWith('{{{') ? `{{{${bare}}}}` : `{{${bare}}}`
    },
  )
  return { text, unknown: [...unknown] }

  function expression(token: string): string {
    if (/^['"\d-]/.test(token) || /^(true|false|null)$/.test(token)) return token
    if (!token.startsWith('(')) return HELPERS.has(token) ? call(token, []) : token
    const [name = '', ...rest] = tokensIn(token.slice(1, -1))
    return call(name, rest)
  }

  function call(name: string, given: readonly string[]): string {
    const args = given.filter((one) => !/^\w+=/.test(one))
    if (name === 'data' || name === 'dataRaw') return dataIn(args)
    if (name === 'now') return nowIn(args)
    if (name === 'faker' || name === 'int' || name === 'float') {
      const made = numberIn(name, given)
      if (made !== undefined) return made
    }
    const word = HELPERS.get(name)
    if (word === undefined) {
      unknown.add(name)
      return "(fake 'text')"
    }
    return word(args, expression)
  }

  /** The format of a time, as far as there is a word for it. https://date-fns.org/docs/format */
  function nowIn([given]: readonly string[]): string {
    const format = given === undefined ? '' : unquoted(given)
    if (format === '' || /^yyyy-MM-dd'?T/.test(format)) return '(now)'
    if (/^(yyyy|YYYY)-MM-(dd|DD)$/.test(format)) return '(date)'
    if (format === 'T' || format === 'x') return '(milliseconds)'
    if (format === 't' || format === 'X') return '(timestamp)'
    unknown.add(`now with the format ${format}`)
    return '(now)'
  }

  /** `int 1 10`, `float 0 1`, `faker 'number.int' min=3 max=5`: a number within its bounds. */
  function numberIn(name: string, given: readonly string[]): string | undefined {
    const word =
      name === 'faker' ? /^number\.(int|float)$/.exec(unquoted(given[0] ?? ''))?.[1] : name
    if (word === undefined) return undefined
    const named = (key: string): string | undefined =>
      given.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1)
    const plain = given.slice(name === 'faker' ? 1 : 0).filter((one) => !/^\w+=/.test(one))
    // One number alone is the most of faker's, and the least of Mockoon's own.
    const one = name === 'faker' ? [undefined, plain[0]] : plain
    const bounds = [named('min') ?? one[0], named('max') ?? one[1]]
    const known = bounds
      .filter((one) => one !== undefined)
      .every((one) => /^-?\d{1,15}(\.\d{1,15})?$/.test(one))
    if (!known) {
      unknown.add(`${name} with bounds that are no numbers`)
      return undefined
    }
    const [low, high] = bounds
    const type = word === 'int' ? 'integer' : 'number'
    const end =
      low === undefined && high === undefined
        ? ''
        : ` ${low ?? 'null'} ${high ?? 'null'}`.replace(/ null$/, '')
    return `(fake '${word === 'int' ? 'count' : 'amount'}' '${type}'${end})`
  }

  /** A data bucket never changes here, so its value stands in its place. */
  function dataIn(args: readonly string[]): string {
    const [bucket = '', path = ''] = args.map(unquoted)
    let value = buckets.get(bucket)
    for (const name of path.split('.').filter(Boolean))
      value =
        value !== null && typeof value === 'object' && Object.hasOwn(value, name)
          ? Reflect.get(value, name)
          : undefined
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    if (typeof value === 'string' && !/['\\]/.test(value)) return `'${value}'`
    // A quote inside would end the text of the template.
    const text = JSON.stringify(value)?.replaceAll("'", '\\u0027')
    if (text !== undefined && text.length <= MOST_DATA) return `(parse '${text}')`
    unknown.add(`data ${bucket}`)
    return "'' "
  }
}

/** Characters of a bucket that may stand in a template. */
const MOST_DATA = 20_000

/** Whether anything in a text is filled in. */
export function isTemplate(text: string): boolean {
  return text.includes('{{')
}

/** Words of a tag: names, quoted texts, and what stands in brackets as a whole. */
function tokensIn(text: string): readonly string[] {
  const tokens: string[] = []
  let token = ''
  let depth = 0
  let quote = ''
  for (const sign of text) {
    if (quote !== '') {
      token += sign
      if (sign === quote) quote = ''
    } else if (/\s/.test(sign) && depth === 0) {
      if (token !== '') tokens.push(token)
      token = ''
    } else {
      if (sign === '(') depth++
      if (sign === ')') depth--
      if (sign === '"' || sign === "'") quote = sign
      token += sign
    }
  }
  return token === '' ? tokens : [...tokens, token]
}

function unquoted(token: string): string {
  return token.replace(/^(['"])([\s\S]*)\1$/, '$2')
}

type Word = (args: readonly string[], expression: (token: string) => string) => string

function ofRequest(place: string): Word {
  return ([name, otherwise], expression) => {
    if (name === undefined) return `(json ${place})`
    const path = `${place}.${pathOf(unquoted(name))}`
    return otherwise === undefined ? path : `(default ${path} ${expression(otherwise)})`
  }
}

/** `user.name`, `/user/0/name` and `$.user.name`; a name that is no word in brackets. */
function pathOf(name: string): string {
  return name
    .replace(/^\$\.?|^\//, '')
    .split(/[./]/)
    .filter(Boolean)
    .map((one) => (/^[\w-]+$/.test(one) && !/^\d/.test(one) ? one : `[${one}]`))
    .join('.')
}

function made(name: string, type = 'string'): Word {
  return () => `(fake '${name}'${type === 'string' ? '' : ` '${type}'`})`
}

function same(name: string): Word {
  return (args, expression) => `(${name} ${args.map(expression).join(' ')})`.replace(' )', ')')
}

/** `person.firstName`, `internet.email`: the last word says what it is. */
const faker: Word = ([name = "'text'"]) => {
  const word = unquoted(name).split('.').at(-1) ?? 'text'
  if (/^(number|int|float|amount|price)$/.test(word)) return `(fake '${word}' 'number')`
  if (word === 'boolean') return "(fake 'boolean' 'boolean')"
  if (word === 'uuid') return '(uuid)'
  if (/^(past|future|recent|soon|anytime)$/.test(word)) return '(now)'
  return `(fake '${word.replace(/[^\w]/g, '')}')`
}

const HELPERS: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['body', ofRequest('body')],
  ['bodyRaw', ofRequest('body')],
  ['queryParam', ofRequest('query')],
  ['queryParamRaw', ofRequest('query')],
  ['urlParam', ofRequest('path')],
  [
    'header',
    ([name, otherwise], expression) => {
      const path = `header.${pathOf(unquoted(name ?? '').toLowerCase())}`
      return otherwise === undefined ? path : `(default ${path} ${expression(otherwise)})`
    },
  ],
  ['cookie', ofRequest('cookie')],
  ['method', () => 'method'],
  ['baseUrl', () => "''"],
  ['hostname', () => 'header.host'],
  ['date', () => '(date)'],
  ['time', () => "(fake 'time')"],
  ['dateTimeShift', () => '(now)'],
  ['uuid', () => '(uuid)'],
  ['guid', () => '(uuid)'],
  ['objectId', made('objectId')],
  ['faker', faker],
  ['int', made('count', 'integer')],
  ['float', made('amount', 'number')],
  ['boolean', made('active', 'boolean')],
  ['firstName', made('firstName')],
  ['lastName', made('lastName')],
  ['email', made('email')],
  ['company', made('company')],
  ['domain', made('domain')],
  ['phone', made('phone')],
  ['street', made('street')],
  ['city', made('city')],
  ['country', made('country')],
  ['countryCode', made('countryCode')],
  ['zipcode', made('postcode')],
  ['postcode', made('postcode')],
  ['lat', made('latitude', 'number')],
  ['long', made('longitude', 'number')],
  ['color', made('color')],
  ['hexColor', made('hexColor')],
  ['ipv4', made('ip')],
  ['lorem', made('description')],
  ['title', made('title')],
  [
    'oneOf',
    ([list = ''], expression) =>
      list.startsWith('(array')
        ? `(pick ${tokensIn(list.slice(1, -1)).slice(1).map(expression).join(' ')})`
        : `(pick ${expression(list)})`,
  ],
  ['array', same('list')],
  ['includes', same('includes')],
  [
    'substr',
    ([text = "''", from = '0', length], expression) =>
      `(slice ${expression(text)} ${expression(from)}${length === undefined ? '' : ` (add ${expression(from)} ${expression(length)})`})`,
  ],
  ['ip', made('ip')],
  ['concat', same('concat')],
  ['add', same('add')],
  ['subtract', same('subtract')],
  ['multiply', same('multiply')],
  ['eq', same('eq')],
  ['ne', same('ne')],
  ['gt', same('gt')],
  ['lt', same('lt')],
  ['and', same('and')],
  ['or', same('or')],
  ['not', same('not')],
  ['uppercase', same('upper')],
  ['lowercase', same('lower')],
  ['len', same('length')],
  ['stringify', same('json')],
  ['toString', ([one = "''"], expression) => expression(one)],
  ['parseInt', ([one = '0'], expression) => expression(one)],
])
