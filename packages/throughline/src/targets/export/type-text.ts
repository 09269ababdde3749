import { segmentsOf, type Field } from '@throughline/core'

/** Fields that are wanted of a body, as a tree: what is written of a wide schema. */
export interface Wanted {
  readonly below: Map<string, Wanted>
  /** Who wants this very field. A field that somebody wants is written with all that lies in it. */
  readonly by: WantedBy[]
}

export interface WantedBy {
  readonly step: string
  readonly why?: string
  readonly absent?: string
}

export function newWanted(): Wanted {
  return { below: new Map(), by: [] }
}

/** Adds `items[].price.amount` to what is wanted. */
export function want(tree: Wanted, path: string, by: WantedBy): void {
  let here = tree
  for (const segment of segmentsOf(path) ?? []) {
    const key = segment.kind === 'name' ? segment.name : segment.kind === 'items' ? '[]' : '{}'
    let next = here.below.get(key)
    if (next === undefined) here.below.set(key, (next = newWanted()))
    here = next
  }
  here.by.push(by)
}

/** Types that schemas have by name, each written once, also where they hold themselves. */
export class NamedTypes {
  readonly #suffix: string
  readonly #taken: Set<string>
  readonly #names = new Map<unknown, string>()
  readonly #declarations: string[] = []

  constructor(suffix: string, taken: Set<string>) {
    this.#suffix = suffix
    this.#taken = taken
  }

  get declarations(): readonly string[] {
    return this.#declarations
  }

  /** The type of a field as TypeScript, `null` with it where it can be. `isRequest`: what must be sent is never left out. */
  textOf(
    field: Field,
    wanted: Wanted | undefined,
    isRequest: boolean,
    depth = 0,
    mayBeAbsent = false,
  ): string {
    const absent = mayBeAbsent || field.nullable
    const isPart = wanted !== undefined && wanted.by.length === 0 && wanted.below.size > 0
    const text = isPart
      ? this.#expanded(field, wanted, isRequest, depth, absent)
      : (this.#named(field, isRequest, depth) ?? this.#expanded(field, undefined, isRequest, depth))
    return field.nullable && text !== 'unknown' && !/(^|\| )null$/.test(text)
      ? `${text} | null`
      : text
  }

  #named(field: Field, isRequest: boolean, depth: number): string | undefined {
    const { typeName, schema, types } = field
    if (typeName === undefined || schema === undefined || !types.includes('object'))
      return undefined
    const known = this.#names.get(schema.value)
    if (known !== undefined) return known
    const name = freeName(`${pascal(typeName)}${this.#suffix}`, this.#taken)
    this.#names.set(schema.value, name)
    const place = this.#declarations.push('') - 1
    const text = this.#expanded(field, undefined, isRequest, Math.min(depth, 2))
    this.#declarations[place] = `${docOf([field.description], 0)}export type ${name} = ${text}\n`
    return name
  }

  #expanded(
    field: Field,
    wanted: Wanted | undefined,
    isRequest: boolean,
    depth: number,
    absent = false,
  ): string {
    const literals = literalsOf(field)
    if (literals !== undefined) return literals
    if (field.types.length === 0 || depth > 12) return 'unknown'
    const children = field.children()
    const texts = field.types.map((type): string => {
      switch (type) {
        case 'string':
          return 'string'
        case 'integer':
        case 'number':
          return 'number'
        case 'boolean':
          return 'boolean'
        case 'array': {
          const item = children.find((one) => one.name === '[]')
          if (item === undefined) return 'unknown[]'
          const text = this.textOf(
            item,
            wanted?.below.get('[]'),
            isRequest,
            inside(item, depth),
            absent,
          )
          return / \| |^\{/.test(text) && text !== 'unknown' ? `Array<${text}>` : `${text}[]`
        }
        case 'object':
          return this.#object(children, wanted, isRequest, depth, absent)
        default:
          return 'unknown'
      }
    })
    return [...new Set(texts)].join(' | ')
  }

  #object(
    children: readonly Field[],
    wanted: Wanted | undefined,
    isRequest: boolean,
    depth: number,
    absent: boolean,
  ): string {
    const rest = children.find((one) => one.name === '{}')
    const named = children.filter(
      (one) => one.name !== '[]' && one.name !== '{}' && !one.path.startsWith('header:'),
    )
    const kept = named.filter(
      (one) => wanted === undefined || wanted.below.has(one.name) || (isRequest && one.required),
    )
    const isMap = kept.length === 0 && (wanted === undefined || wanted.below.has('{}'))
    if (isMap)
      return rest === undefined
        ? 'Record<string, unknown>'
        : `Record<string, ${this.textOf(rest, wanted?.below.get('{}'), isRequest, inside(rest, depth), absent)}>`
    const indent = '  '.repeat(depth + 1)
    const lines = kept.map((one) => {
      const own = wanted?.below.get(one.name)
      // A fallback for what the contract promises: the type asks for it too, unless something above may be missing already.
      const planned =
        !isRequest &&
        !absent &&
        own !== undefined &&
        own.by.length > 0 &&
        own.by.every((by) => by.absent !== undefined)
      const doc = docOf(
        [firstLine(one.description), one.deprecated ? '@deprecated' : undefined, ...saidBy(own)],
        depth + 1,
      )
      const type = this.textOf(one, own, isRequest, depth + 1, absent || !one.required)
      return `${doc}${indent}${keyText(one.name)}${one.required && !planned ? '' : '?'}: ${type}`
    })
    if (lines.length === 0) return 'Record<string, unknown>'
    return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
  }
}

/** Where an object in a list is indented: as the list. All else counts, so that lists in lists end. */
function inside(field: Field, depth: number): number {
  return field.types.includes('object') ? depth : depth + 1
}

/** Who needs a field, or the items of a list that have no fields of their own. */
function saidBy(wanted: Wanted | undefined): readonly string[] {
  const items = wanted?.below.get('[]') ?? wanted?.below.get('{}')
  return [...(wanted?.by ?? []), ...(items?.by ?? [])].map(
    ({ step, why, absent }) =>
      `Needed by ${step}${why === undefined ? '' : `: ${why}`}${absent === undefined ? '' : `. When it is missing: ${absent}`}`,
  )
}

/** `'card' | 'invoice'`, where the schema says all there is. */
function literalsOf(field: Field): string | undefined {
  const raw = field.schema?.value
  if (raw === null || typeof raw !== 'object') return undefined
  const values: unknown = Object.hasOwn(raw, 'const')
    ? [Reflect.get(raw, 'const')]
    : Object.hasOwn(raw, 'enum')
      ? Reflect.get(raw, 'enum')
      : undefined
  if (!Array.isArray(values) || values.length === 0 || values.length > 300) return undefined
  const isPlain = values.every(
    (one) => one === null || ['string', 'number', 'boolean'].includes(typeof one),
  )
  if (!isPlain) return undefined
  const texts = new Set(values.filter((one) => one !== null).map((one) => JSON.stringify(one)))
  if (field.nullable || texts.size === 0) texts.add('null')
  return [...texts].join(' | ')
}

export function firstLine(text: string | undefined): string | undefined {
  const line = text?.trim().split('\n')[0]?.trim()
  return line === undefined || line === '' ? undefined : line.slice(0, 200)
}

/** A comment that cannot end before it should: contracts come from anywhere. */
export function docOf(lines: readonly (string | undefined)[], depth: number): string {
  const said = lines
    .filter((one) => one !== undefined && one.trim() !== '')
    .flatMap((one) =>
      one!
        .trim()
        .split(/[\n\r\u2028\u2029]+/)
        .slice(0, 6),
    )
    .map((one) => one.replaceAll('*/', '*\\/'))
  const indent = '  '.repeat(depth)
  if (said.length === 0) return ''
  if (said.length === 1) return `${indent}/** ${said[0]} */\n`
  return `${indent}/**\n${said.map((one) => `${indent} * ${one}`).join('\n')}\n${indent} */\n`
}

export function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : JSON.stringify(name)
}

/** `simple-user`, `GET /orders/{id}` -> `SimpleUser`, `GetOrdersId`. */
export function pascal(name: string): string {
  const joined = name
    .replace(/^[A-Z]+(?= )/, (method) => method.toLowerCase())
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  return /^[A-Z]/.test(joined) ? joined : `Type${joined}`
}

export function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted
  for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`
  taken.add(name)
  return name
}
