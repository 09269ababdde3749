import { bodyField } from '../schema/fields.ts'
import { validatorOf } from '../schema/validate.ts'
import { pathText, pointerOf } from '../schema/violation.ts'
import type { Violation } from '../schema/violation.ts'
import { shown } from '../schema/words.ts'
import type { Path } from '../text/origin.ts'
import type { Call } from './call.ts'
import { isJsonType, mainContent } from './operation.ts'
import type { MediaType, Operation, Parameter } from './operation.ts'
import { isXmlType, multipartReader, urlencodedReader } from './form.ts'
import type { FormProblem } from './form.ts'
import { coerced, readerOf, wireOf } from './parameters.ts'
import type { Given, Wire } from './parameters.ts'
import { isSequential, sequenceIn } from './sequence.ts'
import { xmlElement } from './xml-element.ts'
import { xmlObjectOf } from './xml-object.ts'
import { valueOfXml } from './xml-value.ts'

/** One way in which a request breaks the contract. */
export interface RequestViolation {
  readonly in: 'path' | 'query' | 'header' | 'cookie' | 'body'
  /** The parameter's name; absent for the body. */
  readonly name?: string
  /** JSON Pointer from the parameter's value or the body's root; `''` is the whole of it. */
  readonly pointer: string
  readonly expected: string
  readonly got: string
  /** The whole of it as one sentence. */
  readonly message: string
  /** The property of the place at `pointer` that should be there. */
  readonly missing?: string
  readonly reason: 'missing' | 'invalid' | 'malformed' | 'media-type'
}

/** A request as the contract reads it. */
export interface ReadRequest {
  /** By `in` and name: `query.page`. Only those that were given and could be read. */
  readonly parameters: ReadonlyMap<string, unknown>
  /** JSON, XML and forms as data, text as a string; `undefined` where there is none or it is not looked into. */
  readonly body: unknown
  readonly violations: readonly RequestViolation[]
}

/** Everything in which a request breaks the contract, parameters first; empty when it keeps to it. */
export function requestViolations(operation: Operation, call: Call): readonly RequestViolation[] {
  return requestOf(operation)(call).violations
}

/** Parses and validates parameters and body. Compiled for an operation on first use, then remembered. */
export function requestOf(operation: Operation): (call: Call) => ReadRequest {
  let read = readers.get(operation)
  if (read === undefined) readers.set(operation, (read = compiled(operation)))
  return read
}

const readers = new WeakMap<Operation, (call: Call) => ReadRequest>()
const NO_PARAMETERS: ReadonlyMap<string, unknown> = new Map()
const NO_VIOLATIONS: readonly RequestViolation[] = []
/** A client that sends a broken list of 10,000 items learns nothing from more. */
const MOST_VIOLATIONS = 50
/** Content types as clients spell them. */
const MOST_TYPES = 50

function compiled(operation: Operation): (call: Call) => ReadRequest {
  const declared = operation
    .parameters()
    .filter((one) => !isIgnored(one) && !isUnsayable(one, operation.path))
  const names = declared.filter((one) => one.in === 'query').map((one) => one.name)
  const parameters = declared.map((parameter) =>
    parameterOf(parameter, new Set(names.filter((name) => name !== parameter.name))),
  )
  const body = bodyOf(operation)
  return (call) => {
    if (parameters.length === 0 && body === undefined) {
      return { parameters: NO_PARAMETERS, body: undefined, violations: NO_VIOLATIONS }
    }
    const violations: RequestViolation[] = []
    const values = new Map<string, unknown>()
    const wire = wireOf(call)
    for (const read of parameters) read(wire, values, violations)
    const value = body?.(call, violations)
    return {
      parameters: values,
      body: value,
      violations:
        violations.length > MOST_VIOLATIONS ? violations.slice(0, MOST_VIOLATIONS) : violations,
    }
  }
}

/** OpenAPI 3: header parameters called Accept, Content-Type and Authorization "SHALL be ignored". */
function isIgnored({ in: place, name }: Parameter): boolean {
  return (
    place === 'argument' ||
    (place === 'header' && /^(accept|content-type|authorization)$/i.test(name))
  )
}

/** A path parameter that the path has no place for: the contract is wrong, and no client can help it. */
function isUnsayable({ in: place, name }: Parameter, path: string): boolean {
  return (
    place === 'path' &&
    !['', '+'].some((before) =>
      ['', '+', '*'].some((after) => path.includes(`{${before}${name}${after}}`)),
    )
  )
}

type ReadParameter = (
  wire: Wire,
  values: Map<string, unknown>,
  violations: RequestViolation[],
) => void

function parameterOf(parameter: Parameter, others: ReadonlySet<string>): ReadParameter {
  const place =
    parameter.in === 'querystring' || parameter.in === 'argument' ? 'query' : parameter.in
  const { name } = parameter
  const key = `${place}.${name}`
  const schema = parameter.content?.schema ?? parameter.schema
  let read: ((wire: Wire) => Given) | undefined
  let validate: ReturnType<typeof validatorOf> | undefined
  return (wire, values, violations) => {
    read ??= readerOf(parameter, others)
    const given = read(wire)
    switch (given.kind) {
      case 'absent':
        if (parameter.required) violations.push(missing(place, name, 'a value'))
        return
      case 'empty':
        values.set(key, '')
        return
      case 'unreadable':
        violations.push(whole('malformed', place, name, given.expected, given.got))
        return
      case 'value': {
        values.set(key, given.value)
        if (schema === undefined) return
        validate ??= validatorOf(schema)
        for (const violation of validate(given.value, TOWARDS_SERVER)) {
          const found = part(violation, given.value, place, name)
          violations.push(
            place === 'query' && isLostPlus(violation, given.value, wire.call.query)
              ? { ...found, message: `${found.message}; a plus in a query is a space, send %2B` }
              : found,
          )
        }
      }
    }
  }
}

/** `2026-03-01T12:00:00+01:00` as it stands is the commonest slip of all. */
function isLostPlus({ keyword, path }: Violation, value: unknown, query: string): boolean {
  if (keyword !== 'format' && keyword !== 'pattern') return false
  const text = valueAt(value, path)
  return typeof text === 'string' && text.includes(' ') && query.includes('+')
}

type ReadBody = (call: Call, violations: RequestViolation[]) => unknown

function bodyOf(operation: Operation): ReadBody | undefined {
  const body = operation.requestBody()
  if (body === undefined) return undefined
  const offered = body.content.map((one) => one.type).join(', ')
  const readers = new Map<MediaType, ReadContent>()
  const fitting = new Map<string, MediaType | undefined>()
  const contentOf = (type: string): MediaType | undefined => {
    if (fitting.has(type)) return fitting.get(type)
    const content = contentFor(body.content, type)
    if (fitting.size < MOST_TYPES) fitting.set(type, content)
    return content
  }
  return (call, violations) => {
    const bytes = call.body
    const type = call.header('content-type')
    if (bytes === undefined || bytes.length === 0) {
      if (body.required) violations.push(missing('body', undefined, offered || 'a body'))
      return undefined
    }
    if (body.content.length === 0) return undefined
    // Nobody said what it is: read it as what the operation takes.
    const content = type === undefined ? mainContent(body.content) : contentOf(type)
    if (content === undefined) {
      violations.push(whole('media-type', 'body', undefined, offered, type ?? 'no content type'))
      return undefined
    }
    let read = readers.get(content)
    if (read === undefined)
      readers.set(content, (read = contentReader(content, type ?? content.type)))
    const before = violations.length
    const value = read(bytes, violations, type ?? content.type)
    if (violations.length > before) {
      const coding = call.header('content-encoding')?.trim().toLowerCase() ?? ''
      if (coding !== '' && coding !== 'identity')
        violations.splice(
          before,
          Infinity,
          whole(
            'media-type',
            'body',
            undefined,
            `${content.type} without Content-Encoding`,
            coding.slice(0, 80),
          ),
        )
    }
    return value
  }
}

/**
 * The media type of a contract that a content type fits: the one with the same parameters first (`version=2`), then one
 * that says nothing else, then `text/*`, then `*` + `/*`. How parameters are spaced and ordered, and the charset, tell nothing.
 */
function contentFor(content: readonly MediaType[], type: string): MediaType | undefined {
  const wanted = bare(type)
  const family = `${wanted.split('/')[0]}/*`
  const given = typeParameters(type)
  const all = content.map((one) => ({
    one,
    type: bare(one.type),
    parameters: typeParameters(one.type),
  }))
  const same = all.filter((entry) => entry.type === wanted)
  return (
    same.find(
      ({ parameters }) =>
        parameters.size === given.size &&
        [...parameters].every(([name, value]) => given.get(name) === value),
    ) ??
    same.find(({ parameters }) => parameters.size === 0) ??
    same.find(({ parameters }) =>
      [...parameters].every(([name, value]) => (given.get(name) ?? value) === value),
    ) ??
    all.find((entry) => entry.type === family) ??
    all.find((entry) => entry.type === '*/*' || entry.type === '*')
  )?.one
}

/** Parameters that tell media types apart: all but how the bytes are written down. */
function typeParameters(type: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const one of type.split(';').slice(1, 20)) {
    const [name = '', value = ''] = one.toLowerCase().split('=')
    if (name.trim() === '' || /^\s*(charset|boundary)\s*$/.test(name)) continue
    found.set(name.trim(), value.trim().replace(/^"(.*)"$/, '$1'))
  }
  return found
}

function bare(type: string): string {
  const end = type.indexOf(';')
  return (end === -1 ? type : type.slice(0, end)).trim().toLowerCase()
}

type ReadContent = (bytes: Uint8Array, violations: RequestViolation[], type: string) => unknown

function contentReader(content: MediaType, type: string): ReadContent {
  const { schema, itemSchema } = content
  const name = bare(type)
  const check = checkOf(schema)
  const checkItem = itemSchema && checkOf(itemSchema)
  if (isJsonType(name)) {
    return (bytes, violations, given) => {
      const text = textOf(bytes, given)
      let value: unknown
      try {
        value = JSON.parse(text) as unknown
      } catch (error) {
        const got = error instanceof Error ? error.message : 'something else'
        violations.push(whole('malformed', 'body', undefined, 'JSON', got))
        return undefined
      }
      check(value, violations)
      return value
    }
  }
  if (name === 'application/x-www-form-urlencoded') {
    const form = urlencodedReader(content)
    return (bytes, violations, given) => {
      const problems: FormProblem[] = []
      const value = form(textOf(bytes, given), problems)
      return checked(value, problems, violations)
    }
  }
  if (name.startsWith('multipart/')) {
    const form = multipartReader(content)
    return (bytes, violations, given) => {
      const problems: FormProblem[] = []
      const value = form(bytes, given, problems)
      if (value === undefined) return void violations.push(...problems.map(formViolation))
      if (checkItem !== undefined && Array.isArray(value))
        value.forEach((item: unknown, index) => checkItem(item, violations, index))
      return checked(value, problems, violations)
    }
  }
  if (isXmlType(name)) {
    const field = bodyField(schema)
    return (bytes, violations, given) => {
      const root = xmlElement(textOf(bytes, given))
      if ('problem' in root) {
        violations.push(whole('malformed', 'body', undefined, 'XML', root.problem))
        return undefined
      }
      const { name: wanted, namespace } = xmlObjectOf(field)
      if (wanted !== undefined && wanted !== root.name) {
        violations.push(whole('invalid', 'body', undefined, `<${wanted}>`, `<${root.name}>`))
        return undefined
      }
      if (namespace !== undefined && namespace !== root.namespace) {
        const got = root.namespace === '' ? 'no namespace' : root.namespace.slice(0, 200)
        violations.push(
          whole('invalid', 'body', undefined, `<${root.name}> of the namespace ${namespace}`, got),
        )
        return undefined
      }
      const value = valueOfXml(root, field)
      if (schema !== undefined) check(value, violations)
      return value
    }
  }
  const isList = bodyField(schema).types.includes('array')
  if (isSequential(name) && (isList || checkItem !== undefined)) {
    return (bytes, violations, given) => {
      const items = sequenceIn(textOf(bytes, given), name, bodyField(itemSchema))
      items.forEach((item, index) => {
        if ('problem' in item) {
          const message = `[${index}] must be JSON, got ${item.problem}`
          violations.push({
            ...whole('malformed', 'body', undefined, 'JSON', item.problem),
            pointer: pointerOf([index]),
            message,
          })
        } else checkItem?.(item.value, violations, index)
      })
      const values = items.map((item) => ('problem' in item ? undefined : item.value))
      if (isList) check(values, violations)
      return values
    }
  }
  if (name.startsWith('text/')) {
    const field = bodyField(schema)
    const isPlain =
      field.types.length > 0 && !field.types.some((one) => one === 'array' || one === 'object')
    return (bytes, violations, given) => {
      const text = textOf(bytes, given)
      if (!isPlain) return text
      const value = field.types.includes('string') ? text : coerced(text.trim(), field)
      check(value, violations)
      return value
    }
  }
  if (bodyField(schema).types.includes('string')) {
    return (bytes, violations) => {
      // Each byte a character: what the schema says of length holds for the file.
      if (bytes.length <= MOST_CHECKED) check(octets.decode(bytes), violations)
      return undefined
    }
  }
  return () => undefined

  /** What the form could not be read as hides what the schema says of the same property. */
  function checked(
    value: unknown,
    problems: readonly FormProblem[],
    violations: RequestViolation[],
  ): unknown {
    if (problems.length === 0) {
      check(value, violations)
      return value
    }
    const found: RequestViolation[] = []
    check(value, found)
    const own = problems.map(formViolation)
    violations.push(
      ...own,
      ...found.filter(({ pointer }) => !own.some((one) => isBelow(pointer, one.pointer))),
    )
    return value
  }
}

function isBelow(pointer: string, above: string): boolean {
  return pointer === above || pointer.startsWith(`${above}/`)
}

function formViolation({ property, expected, got }: FormProblem): RequestViolation {
  if (property === '') return whole('malformed', 'body', undefined, expected, got)
  const message = `${pathText([property])} must be ${expected}, got ${got}`
  const pointer = pointerOf([property])
  return { in: 'body', pointer, expected, got, message, reason: 'malformed' }
}

function checkOf(
  schema: MediaType['schema'],
): (value: unknown, violations: RequestViolation[], item?: number) => void {
  if (schema === undefined) return () => {}
  let validate: ReturnType<typeof validatorOf> | undefined
  return (value, violations, item) => {
    validate ??= validatorOf(schema)
    for (const violation of validate(value, TOWARDS_SERVER))
      violations.push(
        item === undefined
          ? part(violation, value, 'body')
          : {
              ...part(atItem(violation, item), value, 'body'),
              got: shown(valueAt(value, violation.path)),
            },
      )
  }
}

function atItem(violation: Violation, item: number): Violation {
  return { ...violation, path: [item, ...violation.path] }
}

/** Read-only properties may be missing, and must not be sent. */
const TOWARDS_SERVER = { direction: 'request' } as const

type Place = RequestViolation['in']

function whole(
  reason: RequestViolation['reason'],
  place: Place,
  name: string | undefined,
  expected: string,
  got: string,
): RequestViolation {
  const message = `${subjectOf(place, name)} must be ${expected}, got ${got}`
  return {
    in: place,
    ...(name !== undefined && { name }),
    pointer: '',
    expected,
    got,
    message,
    reason,
  }
}

function missing(place: Place, name: string | undefined, expected: string): RequestViolation {
  const message = `${subjectOf(place, name)} is missing`
  return { ...whole('missing', place, name, expected, 'nothing'), message }
}

function part(violation: Violation, value: unknown, place: Place, name?: string): RequestViolation {
  const { path } = violation
  const subject = subjectOf(place, name)
  const absent =
    violation.keyword === 'required' ? /^`(.*)`$/s.exec(violation.expected ?? '')?.[1] : undefined
  const inside =
    place === 'body' ? pathText(path) : `${pathText(path)} of the ${place} parameter ${name}`
  return {
    in: place,
    ...(name !== undefined && { name }),
    pointer: pointerOf(path),
    expected: violation.expected ?? violation.message,
    got: shown(valueAt(value, path)),
    message: `${path.length === 0 ? subject : inside} ${violation.message}`,
    ...(absent !== undefined && { missing: absent }),
    reason: 'invalid',
  }
}

function subjectOf(place: Place, name: string | undefined): string {
  return name === undefined ? 'The body' : `The ${place} parameter ${name}`
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value
  for (const key of path) {
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined
    here = Reflect.get(here, key)
  }
  return here
}

const decoder = new TextDecoder('utf-8')
const octets = new TextDecoder('latin1')
/** Bytes of a file that its schema is asked about; beyond that its length can only be in order. */
const MOST_CHECKED = 50_000_000

/** Bytes as text in the charset of their content type; in UTF-8 where it says none, or one that nobody knows. */
function textOf(bytes: Uint8Array, type: string): string {
  const charset = type.includes('=')
    ? /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(type)?.[1]
    : undefined
  if (charset === undefined || /^utf-?8$/i.test(charset)) return decoder.decode(bytes)
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return decoder.decode(bytes)
  }
}
