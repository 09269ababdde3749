import type { Field } from '../schema/field.ts'
import { normalised } from '../schema/dialect.ts'
import { isObject, type Site } from '../text/site.ts'

/** How a schema is written in XML (OpenAPI's XML Object), with what it leaves out filled in. */
export interface XmlObject {
  /** Set only where the contract says so. */
  readonly name?: string
  readonly namespace?: string
  readonly prefix?: string
  /** `none`: what it holds stands in its parent, with no node of its own (OpenAPI 3.2). */
  readonly node: 'element' | 'attribute' | 'text' | 'cdata' | 'none'
}

/**
 * The XML Object of a field: the one beside its `$ref` first, then that of the schema it leads to. `attribute` and
 * `wrapped` are `nodeType: attribute` and `nodeType: element` in the words before 3.2. A list is `none` unless it is wrapped.
 */
export function xmlObjectOf(field: Field): XmlObject {
  let found = remembered.get(field)
  if (found === undefined) remembered.set(field, (found = read(field)))
  return found
}

const remembered = new WeakMap<Field, XmlObject>()

function read(field: Field): XmlObject {
  const stated = { ...xmlAt(field.schema), ...xmlAt(field.written) }
  const { name, namespace, prefix } = stated
  return {
    ...(typeof name === 'string' && name !== '' && { name }),
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
    ...(typeof prefix === 'string' && prefix !== '' && { prefix }),
    node: nodeOf(field, stated),
  }
}

function xmlAt(site: Site | undefined): Readonly<Record<string, unknown>> {
  const value = site && normalised(site).value
  const xml = isObject(value) && Object.hasOwn(value, 'xml') ? value['xml'] : undefined
  return isObject(xml) ? xml : {}
}

const NODES = ['element', 'attribute', 'text', 'cdata', 'none'] as const

function nodeOf(field: Field, stated: Readonly<Record<string, unknown>>): XmlObject['node'] {
  const node = NODES.find((one) => one === stated['nodeType'])
  if (node !== undefined) return node
  if (stated['attribute'] === true) return 'attribute'
  return isList(field) && stated['wrapped'] !== true ? 'none' : 'element'
}

export function isList(field: Field): boolean {
  return field.types.includes('array') && !field.types.includes('object')
}

export function itemsOf(field: Field): Field | undefined {
  return field.children().find((one) => one.name === '[]')
}
