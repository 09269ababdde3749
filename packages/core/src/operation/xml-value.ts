import type { Field } from '../schema/field.ts'
import { coerced } from './parameters.ts'
import type { XmlElement } from './xml-element.ts'
import { isList, itemsOf, xmlObjectOf } from './xml-object.ts'

/**
 * An XML element as the data that a schema describes: attributes, wrapped and bare lists, text nodes, by the `xml`
 * objects of the contract. What the schema does not know is kept under its own name, so that the schema can refuse it.
 */
export function valueOfXml(element: XmlElement, field: Field): unknown {
  return valueOf(element, field)
}

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

function valueOf(element: XmlElement, field: Field | undefined): unknown {
  if (element.attributes.some((one) => one.namespace === XSI && one.name === 'nil'))
    if (element.attributes.some((one) => one.name === 'nil' && /^(true|1)$/.test(one.value)))
      return null
  if (field === undefined || (field.types.length === 0 && field.children().length === 0))
    return freely(element)
  if (isList(field)) {
    const items = itemsOf(field)
    const name = items && xmlObjectOf(items).name
    // What goes by another name is no item: kept under that name, the schema refuses it.
    return elementsIn(element).map((one) =>
      name === undefined || one.name === name ? valueOf(one, items) : { [one.name]: freely(one) },
    )
  }
  if (field.types.includes('object') || field.children().some((one) => one.name !== '[]'))
    return objectOf(element, field)
  const children = elementsIn(element)
  return children.length > 0 ? freely(element) : simple(textIn(element), field)
}

/** Text as XML Schema has it: blanks around what is no string don't count, and `1` is true. */
function simple(text: string, field: Field | undefined): unknown {
  const types = field?.types ?? []
  if (types.length === 0 || types.includes('string')) return coerced(text, field)
  const bare = text.trim()
  if (types.includes('boolean') && !types.includes('integer') && !types.includes('number')) {
    if (bare === '1') return true
    if (bare === '0') return false
  }
  return coerced(bare, field)
}

function objectOf(element: XmlElement, field: Field): Readonly<Record<string, unknown>> {
  const entries = new Map<string, unknown>()
  const taken = new Set<unknown>()
  readInto(entries, taken, element, field)
  const properties = new Set(field.children().map((one) => one.name))
  const rest = field.children().find((one) => one.name === '{}')
  for (const one of elementsIn(element)) {
    if (taken.has(one)) continue
    const written = one.prefix === '' || rest !== undefined ? one.name : `${one.prefix}:${one.name}`
    // A property that is called otherwise in XML is not meant.
    const name = properties.has(written) ? `<${written}>` : written
    if (entries.has(name)) {
      const before = entries.get(name)
      entries.set(
        name,
        Array.isArray(before) ? [...before, valueOf(one, rest)] : [before, valueOf(one, rest)],
      )
    } else entries.set(name, valueOf(one, rest))
  }
  for (const one of element.attributes) {
    if (taken.has(one) || one.namespace === XSI || one.prefix === 'xml') continue
    const name = properties.has(one.name) ? `@${one.name}` : one.name
    if (!entries.has(name)) entries.set(name, simple(one.value, rest))
  }
  return Object.fromEntries(entries)
}

function readInto(
  entries: Map<string, unknown>,
  taken: Set<unknown>,
  element: XmlElement,
  field: Field,
): void {
  for (const property of field.children()) {
    const { name } = property
    if (name === '[]' || name === '{}') continue
    const xml = xmlObjectOf(property)
    const wanted = xml.name ?? name
    const fits = (one: { readonly name: string; readonly namespace: string }): boolean =>
      one.name === wanted && (xml.namespace === undefined || one.namespace === xml.namespace)
    switch (xml.node) {
      case 'attribute': {
        const found = element.attributes.find(fits)
        if (found === undefined) break
        taken.add(found)
        entries.set(name, simple(found.value, property))
        break
      }
      case 'text':
      case 'cdata':
        entries.set(name, simple(textIn(element), property))
        break
      case 'none': {
        if (!isList(property)) {
          entries.set(name, valueOf(element, property))
          for (const one of elementsIn(element)) taken.add(one)
          break
        }
        const items = itemsOf(property)
        const own = items && xmlObjectOf(items)
        const found = elementsIn(element).filter(
          (one) =>
            one.name === (own?.name ?? wanted) &&
            (own?.namespace === undefined || one.namespace === own.namespace),
        )
        for (const one of found) taken.add(one)
        if (found.length > 0 || property.required)
          entries.set(
            name,
            found.map((one) => valueOf(one, items)),
          )
        break
      }
      case 'element': {
        const found = elementsIn(element).filter(fits)
        for (const one of found) taken.add(one)
        if (found.length === 1) entries.set(name, valueOf(found[0]!, property))
        else if (found.length > 1)
          entries.set(
            name,
            found.map((one) => valueOf(one, property)),
          )
      }
    }
  }
}

function elementsIn(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((one) => typeof one !== 'string')
}

function textIn(element: XmlElement): string {
  return element.children.filter((one) => typeof one === 'string').join('')
}

/** Where no schema says anything: elements become properties, repeated ones lists, the rest text. */
function freely(element: XmlElement): unknown {
  const children = elementsIn(element)
  if (children.length === 0 && element.attributes.length === 0) return textIn(element)
  const entries = new Map<string, unknown>(element.attributes.map((one) => [one.name, one.value]))
  for (const one of children) {
    const value = freely(one)
    const before = entries.get(one.name)
    if (!entries.has(one.name)) entries.set(one.name, value)
    else entries.set(one.name, Array.isArray(before) ? [...before, value] : [before, value])
  }
  return Object.fromEntries(entries)
}
