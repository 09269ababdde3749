import { resolve } from '../1-parse/reference.ts'
import { operationIndexOf } from '../2-link/operation-index.ts'
import { fieldsOf, isHeader } from '../operation/fields-of.ts'
import type { Contract } from '../operation/api.ts'
import { mainContent, type Operation } from '../operation/operation.ts'
import { bodyField } from '../schema/fields.ts'
import type { Field } from '../schema/field.ts'
import { operationsNamed } from './of-call.ts'

/** A field that a policy has something to say about, and where it travels. */
export interface MatchingField {
  readonly operation: Operation
  /** `url`: a path or query parameter. `header`: any other parameter, or a response header. */
  readonly place: 'url' | 'header' | 'request' | 'response'
  /** From the body's root, or the parameter's name. */
  readonly path: string
  readonly field: Field
}

/** Which fields are wanted, told by what can be seen of one field alone. `key` says the same as text: what was found is remembered by it. */
export interface Wanted {
  readonly key: string
  readonly matches: (field: Field) => boolean
}

/**
 * Every field of every operation that is wanted. A schema that many operations share is walked once, so this costs what
 * the contract weighs, not what its answers would weigh written out. Remembered as long as the contract is the same object.
 */
export function matchingFields(contract: Contract, wanted: Wanted): readonly MatchingField[] {
  const known = remembered.get(contract) ?? new Map<string, readonly MatchingField[]>()
  remembered.set(contract, known)
  let found = known.get(wanted.key)
  if (found === undefined) {
    const walk = walker(wanted)
    found = operationIndexOf(contract).operations.flatMap((one) => [...inOperation(one, walk)])
    if (known.size >= mostRemembered) known.clear()
    known.set(wanted.key, found)
  }
  return found
}

/** While somebody types in a policy, each state of it is a key of its own. */
const mostRemembered = 4
const remembered = new WeakMap<Contract, Map<string, readonly MatchingField[]>>()

/** Fields grouped by where they are described: the same field of a schema that many operations share. */
export function byDescription<Match extends MatchingField>(
  fields: Iterable<Match>,
): readonly (readonly [Match, ...Match[]])[] {
  const groups = new Map<unknown, Map<string, [Match, ...Match[]]>>()
  for (const match of fields) {
    const schema = match.field.schema?.value ?? ''
    const names = groups.get(schema) ?? new Map<string, [Match, ...Match[]]>()
    groups.set(schema, names)
    const group = names.get(match.field.name)
    if (group === undefined) names.set(match.field.name, [match])
    else group.push(match)
  }
  return [...groups.values()].flatMap((names) => [...names.values()])
}

/** "`store.getUser` (and 3 more)": the operations of a group. */
export function operationsInWords(group: readonly [MatchingField, ...MatchingField[]]): string {
  const [first, ...others] = new Map(group.map((one) => [one.operation.id, one.operation])).values()
  return operationsNamed([first!, ...others])
}

interface Below {
  /** From the field it was looked for in, beginning with `.` or `[`. */
  readonly path: string
  readonly field: Field
}
type Walk = (field: Field) => readonly Below[]

/** Every field of a contract, once however many operations have it: where it stands in each of them is not said. */
export function describedFields(contract: Contract): readonly Field[] {
  const found: Field[] = []
  const met = new Set<string>()
  const ids = new Map<unknown, number>()
  const keyOf = (field: Field): string =>
    (field.writtenTogether ?? (field.written ? [field.written] : []))
      .map((site) => {
        const { value } = resolve(site)
        const id = ids.get(value) ?? ids.size
        ids.set(value, id)
        return id
      })
      .join(' ')
  const visit = (field: Field, depth: number): void => {
    found.push(field)
    const key = keyOf(field)
    if (key === '' || depth > deepestDescribed || met.has(key)) return
    met.add(key)
    for (const child of field.children()) if (!isHeader(child)) visit(child, depth + 1)
  }
  for (const operation of operationIndexOf(contract).operations)
    for (const { field } of rootsOf(operation)) visit(field, 0)
  return found
}

const deepestDescribed = 60

function* inOperation(operation: Operation, walk: Walk): Generator<MatchingField> {
  for (const { place, field, name } of rootsOf(operation)) {
    for (const one of walk(field))
      yield {
        operation,
        place,
        path: name + (name === '' ? plain(one.path) : one.path),
        field: one.field,
      }
  }
}

interface Root {
  readonly place: MatchingField['place']
  /** Of a parameter or header; '' for a body. */
  readonly name: string
  readonly field: Field
}

function* rootsOf(operation: Operation): Generator<Root> {
  for (const { name, in: place, schema, content, deprecated } of operation.parameters()) {
    const root = bodyField(schema ?? content?.schema)
    const travels =
      place === 'path' || place === 'query' || place === 'querystring' ? 'url' : 'header'
    yield {
      place: place === 'argument' ? 'request' : travels,
      name,
      field: { ...root, name, path: name, deprecated },
    }
  }
  const body = mainContent(operation.requestBody()?.content ?? [])
  if (body !== undefined)
    yield {
      place: 'request',
      name: '',
      field: bodyField(body.schema, { direction: 'request' }),
    }
  for (const response of operation.responses()) {
    const root = fieldsOf(operation, response.status)
    for (const header of root.children().filter(isHeader))
      yield { place: 'header', name: header.name, field: header }
    yield { place: 'response', name: '', field: root }
  }
}

function plain(path: string): string {
  return path.replace(/^\./, '')
}

const deepest = 12
const most = 40

/** Walks a field and all below it. What lies below a schema is remembered by the schema; a type inside itself is not entered again. */
function walker({ matches }: Wanted): Walk {
  const below = new Map<unknown, readonly Below[]>()
  const inside = (field: Field, depth: number): readonly Below[] => {
    const schema = field.schema?.value
    if (schema === undefined || depth > deepest) return []
    const known = below.get(schema)
    if (known !== undefined) return known
    below.set(schema, [])
    const found: Below[] = []
    for (const child of field.children()) {
      if (isHeader(child) || found.length >= most) continue
      const step = child.name === '[]' || child.name === '{}' ? child.name : `.${child.name}`
      if (matches(child)) found.push({ path: step, field: child })
      for (const one of inside(child, depth + 1)) {
        if (found.length < most) found.push({ path: step + one.path, field: one.field })
      }
    }
    below.set(schema, found)
    return found
  }
  return (field) => [...(matches(field) ? [{ path: '', field }] : []), ...inside(field, 0)]
}
