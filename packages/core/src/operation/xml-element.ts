/** One element of an XML document. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string
  readonly prefix: string
  /** What the prefix stands for; `''` for none. */
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  /** Elements and text, in order; text with its entities replaced. */
  readonly children: readonly (XmlElement | string)[]
}

interface XmlAttribute {
  readonly name: string
  readonly prefix: string
  readonly namespace: string
  readonly value: string
}

/** What is wrong with a text that should be XML, and where. */
export interface XmlProblem {
  readonly problem: string
}

/**
 * The root element of an XML 1.0 document with namespaces. A document type declaration is refused, and with it every
 * entity that somebody could define: no bomb, no file of this machine, no call elsewhere. Small on purpose: the libraries
 * that do more take longer to load than a whole answer takes.
 */
export function xmlElement(text: string): XmlElement | XmlProblem {
  const reader: Reader = { text, at: text.startsWith('\ufeff') ? 1 : 0, elements: 0 }
  try {
    prolog(reader)
    if (reader.text[reader.at] !== '<') throw problemAt(reader, 'an element must come first')
    const root = elementAt(reader, SCOPE, 0)
    prolog(reader)
    if (reader.at < text.length) throw problemAt(reader, 'nothing may come after the root element')
    return root
  } catch (error) {
    if (error instanceof NotXml) return { problem: error.message }
    throw error
  }
}

/** Elements inside elements. */
const MOST_DEPTH = 200
const MOST_ELEMENTS = 200_000
const MOST_ATTRIBUTES = 500

interface Reader {
  readonly text: string
  at: number
  elements: number
}

class NotXml extends Error {}

type Scope = ReadonlyMap<string, string>

const SCOPE: Scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']])

function problemAt({ text, at }: Reader, problem: string): NotXml {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return new NotXml(`${problem} (line ${line}, column ${at - before.lastIndexOf('\n')})`)
}

/** Space, comments and processing instructions around the root. */
function prolog(reader: Reader): void {
  const { text } = reader
  for (;;) {
    while (reader.at < text.length && isSpace(text.charCodeAt(reader.at))) reader.at++
    if (text.startsWith('<?', reader.at)) skipTo(reader, '?>')
    else if (text.startsWith('<!--', reader.at)) skipTo(reader, '-->')
    else if (/^<!doctype/i.test(text.slice(reader.at, reader.at + 9)))
      throw problemAt(reader, 'a document type declaration is not taken')
    else return
  }
}

function skipTo(reader: Reader, end: string): void {
  const found = reader.text.indexOf(end, reader.at)
  if (found === -1) throw problemAt(reader, `${end} is missing`)
  reader.at = found + end.length
}

function elementAt(reader: Reader, outer: Scope, depth: number): XmlElement {
  if (depth > MOST_DEPTH)
    throw problemAt(reader, `elements are nested more than ${MOST_DEPTH} deep`)
  if (++reader.elements > MOST_ELEMENTS)
    throw problemAt(reader, `there are more than ${MOST_ELEMENTS} elements`)
  const { text } = reader
  reader.at++
  const tag = nameAt(reader)
  const raw = attributesAt(reader)
  const scope = scopeWith(outer, raw)
  const [prefix, name] = split(tag)
  const head = {
    name,
    prefix,
    namespace: namespaceOf(reader, scope, prefix),
    attributes: raw
      .filter(([key]) => key !== 'xmlns' && !key.startsWith('xmlns:'))
      .map(([key, value]) => {
        const [own, local] = split(key)
        const namespace = own === '' ? '' : namespaceOf(reader, scope, own)
        return { name: local, prefix: own, namespace, value }
      }),
  }
  if (text.startsWith('/>', reader.at)) {
    reader.at += 2
    return { ...head, children: [] }
  }
  if (text[reader.at] !== '>') throw problemAt(reader, `the tag ${tag} must end with >`)
  reader.at++
  return { ...head, children: contentAt(reader, scope, tag, depth) }
}

function contentAt(
  reader: Reader,
  scope: Scope,
  tag: string,
  depth: number,
): readonly (XmlElement | string)[] {
  const { text } = reader
  const children: (XmlElement | string)[] = []
  let written = ''
  const flush = (): void => {
    if (written !== '') children.push(written)
    written = ''
  }
  for (;;) {
    const next = text.indexOf('<', reader.at)
    if (next === -1) throw problemAt(reader, `</${tag}> is missing`)
    if (next > reader.at) written += unescaped(reader, text.slice(reader.at, next))
    reader.at = next
    if (text.startsWith('</', next)) {
      reader.at = next + 2
      const closed = nameAt(reader)
      skipSpace(reader)
      if (closed !== tag || text[reader.at] !== '>')
        throw problemAt(reader, `</${tag}> must close <${tag}>, got </${closed}>`)
      reader.at++
      flush()
      return children
    }
    if (text.startsWith('<![CDATA[', next)) {
      const start = next + '<![CDATA['.length
      skipTo(reader, ']]>')
      written += text.slice(start, reader.at - 3)
    } else if (text.startsWith('<!--', next)) skipTo(reader, '-->')
    else if (text.startsWith('<?', next)) skipTo(reader, '?>')
    else if (text.startsWith('<!', next)) throw problemAt(reader, 'a declaration is not taken')
    else {
      flush()
      children.push(elementAt(reader, scope, depth + 1))
    }
  }
}

const NAME = /[\p{L}_:][\p{L}\p{M}\p{N}_:.\-·]*/uy

function nameAt(reader: Reader): string {
  NAME.lastIndex = reader.at
  const found = NAME.exec(reader.text)?.[0]
  if (found === undefined) throw problemAt(reader, 'a name must stand here')
  reader.at += found.length
  return found
}

function attributesAt(reader: Reader): readonly (readonly [string, string])[] {
  const { text } = reader
  const found = new Map<string, string>()
  for (;;) {
    const spaced = skipSpace(reader)
    const next = text[reader.at]
    if (next === '>' || next === '/' || next === undefined) return [...found]
    if (!spaced) throw problemAt(reader, 'a space must stand before an attribute')
    const name = nameAt(reader)
    skipSpace(reader)
    if (text[reader.at] !== '=') throw problemAt(reader, `the attribute ${name} must have a value`)
    reader.at++
    skipSpace(reader)
    const quote = text[reader.at]
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, reader.at + 1) : -1
    if (end === -1) throw problemAt(reader, `the value of ${name} must stand in quotes`)
    const value = text.slice(reader.at + 1, end)
    if (value.includes('<')) throw problemAt(reader, `the value of ${name} must not have <`)
    if (found.has(name)) throw problemAt(reader, `the attribute ${name} stands twice`)
    found.set(name, unescaped(reader, value).replace(/[\t\n\r]/g, ' '))
    reader.at = end + 1
    if (found.size > MOST_ATTRIBUTES)
      throw problemAt(reader, `there are more than ${MOST_ATTRIBUTES} attributes`)
  }
}

function skipSpace(reader: Reader): boolean {
  const from = reader.at
  while (isSpace(reader.text.charCodeAt(reader.at))) reader.at++
  return reader.at > from
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13
}

function split(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(':')
  return colon === -1 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)]
}

function scopeWith(outer: Scope, attributes: readonly (readonly [string, string])[]): Scope {
  let scope: Map<string, string> | undefined
  for (const [name, value] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    scope ??= new Map(outer)
    scope.set(name === 'xmlns' ? '' : name.slice('xmlns:'.length), value)
  }
  return scope ?? outer
}

function namespaceOf(reader: Reader, scope: Scope, prefix: string): string {
  const namespace = scope.get(prefix)
  if (namespace === undefined && prefix !== '')
    throw problemAt(reader, `nothing says what the prefix ${prefix} stands for`)
  return namespace ?? ''
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function unescaped(reader: Reader, text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&\s]{0,20});?/g, (whole, name: string) => {
    if (whole.endsWith(';')) {
      if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name]!
      const code = /^#x[\da-f]+$/i.test(name)
        ? Number.parseInt(name.slice(2), 16)
        : /^#\d+$/.test(name)
          ? Number(name.slice(1))
          : Number.NaN
      if (isCharacter(code)) return String.fromCodePoint(code)
    }
    throw problemAt(reader, `${whole} is no entity that XML knows by itself`)
  })
}

/** XML 1.0, 2.2. */
function isCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  )
}
