import type { Field } from '../schema/field.ts'
import { isList, itemsOf, xmlObjectOf, type XmlObject } from './xml-object.ts'

/** Data as an XML document, by the `xml` objects of its schema; the root is called as the schema is. */
export function xmlTextOf(value: unknown, field: Field): string {
  const xml = xmlObjectOf(field)
  const name = xml.name ?? field.typeName ?? 'root'
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementOf(name, value, field, { ...xml, node: 'element' }, new Map(), 0)}`
}

type Scope = ReadonlyMap<string, string>

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const DEEPEST = 100

function elementOf(
  name: string,
  value: unknown,
  field: Field | undefined,
  xml: XmlObject,
  outer: Scope,
  depth: number,
): string {
  const declared: string[] = []
  let scope = outer
  const declare = (prefix: string, namespace: string): void => {
    if (scope.get(prefix) === namespace) return
    scope = new Map([...scope, [prefix, namespace]])
    declared.push(` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped(namespace)}"`)
  }
  if (xml.namespace !== undefined) declare(nameFor(xml.prefix ?? '', ''), xml.namespace)
  const tag = qualified(name, xml)
  if (value === null || value === undefined || depth > DEEPEST) {
    declare('xsi', XSI)
    return `<${tag}${declared.join('')} xsi:nil="true"/>`
  }
  const attributes: string[] = []
  const write = (inner: unknown, of: Field | undefined): string => {
    if (Array.isArray(inner)) {
      const items = of && itemsOf(of)
      const own = items === undefined ? PLAIN : xmlObjectOf(items)
      return inner
        .map((one) => elementOf(own.name ?? name, one, items, own, scope, depth + 1))
        .join('')
    }
    if (inner === null || typeof inner !== 'object') return escaped(textOf(inner))
    const children = new Map((of?.children() ?? []).map((one) => [one.name, one]))
    return Object.entries(inner)
      .map(([key, one]: [string, unknown]) => {
        const property = children.get(key) ?? children.get('{}')
        const own =
          property === undefined ? (Array.isArray(one) ? BARE : PLAIN) : xmlObjectOf(property)
        switch (own.node) {
          case 'attribute':
            if (one === null || one === undefined) return ''
            if (own.namespace !== undefined && own.prefix !== undefined)
              declare(nameFor(own.prefix, 'ns'), own.namespace)
            attributes.push(` ${qualified(own.name ?? key, own)}="${escaped(textOf(one))}"`)
            return ''
          case 'text':
            return one === null ? '' : escaped(textOf(one))
          case 'cdata':
            return one === null
              ? ''
              : `<![CDATA[${visible(textOf(one)).replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
          case 'none': {
            if (!Array.isArray(one)) return write(one, property)
            const items = property && itemsOf(property)
            const each = items === undefined ? PLAIN : xmlObjectOf(items)
            return one
              .map((item: unknown) =>
                elementOf(each.name ?? own.name ?? key, item, items, each, scope, depth + 1),
              )
              .join('')
          }
          case 'element':
            return elementOf(own.name ?? key, one, property, own, scope, depth + 1)
        }
      })
      .join('')
  }
  // A list of lists has no names of its own to give.
  const content =
    field !== undefined && isList(field) && !Array.isArray(value)
      ? escaped(textOf(value))
      : write(value, field)
  const head = `${tag}${declared.join('')}${attributes.join('')}`
  return content === '' ? `<${head}/>` : `<${head}>${content}</${tag}>`
}

const PLAIN: XmlObject = { node: 'element' }
const BARE: XmlObject = { node: 'none' }

function qualified(name: string, { prefix }: XmlObject): string {
  const local = nameFor(name, 'item')
  return prefix === undefined ? local : `${nameFor(prefix, 'ns')}:${local}`
}

/** A name that XML takes: what it does not take becomes `_`. */
function nameFor(name: string, otherwise: string): string {
  if (name === '') return otherwise
  const clean = name.replace(/[^\p{L}\p{N}_.-]/gu, '_')
  return /^[\p{L}_]/u.test(clean) ? clean : `_${clean}`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** Characters that no XML 1.0 document may hold are left out. */
function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
}

function escaped(text: string): string {
  return visible(text).replace(/[<>&"\r\n\t]/g, (one) => ESCAPES[one]!)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
}
