import { parse } from 'yaml'

/**
 * The TypeScript client of an OpenAPI contract: a type for each schema, a function for each operation, in the contract's
 * order. An operation that answers with JSON becomes a question to a `send` that somebody else brings; any other becomes
 * the address of what it serves. Throws an `Error` that names the place where the contract says more than it can write.
 */
export function clientText(contract: string): string {
  const root = objectIn(parse(contract), 'the contract')
  const schemas = objectIn(atPointer(root, '#/components/schemas'), '#/components/schemas')
  const operations = operationsOf(root)
  return `${[
    '// Written by packages/throughline/scripts/write-studio-client.ts from studio.openapi.yaml. Change that, and run it again.',
    sendTypes,
    ...Object.entries(schemas).map(([name, schema]) => declared(name, schema)),
    clientType(operations),
    clientFunction(operations.filter(({ answer }) => answer !== undefined)),
    addresses(operations.filter(({ answer }) => answer === undefined)),
  ].join('\n\n')}\n`
}

const sendTypes = `/** What a question is, apart from how it travels. */
export interface Question {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  /** With its query. */
  readonly address: string
  /** Sent as JSON; a file as it is. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

export interface Asking {
  readonly signal?: AbortSignal | undefined
}`

interface Operation {
  readonly id: string
  readonly summary: string
  readonly method: string
  readonly path: string
  readonly pathNames: readonly string[]
  readonly query: readonly {
    readonly name: string
    readonly required: boolean
    readonly type: string
  }[]
  readonly body: { readonly type: string; readonly required: boolean } | undefined
  /** `undefined` where it answers with something else than JSON. */
  readonly answer: string | undefined
}

type Plain = Readonly<Record<string, unknown>>

const methods = ['get', 'put', 'post', 'patch', 'delete']

function operationsOf(root: Plain): readonly Operation[] {
  return Object.entries(objectIn(root['paths'], 'paths')).flatMap(([path, item]) =>
    Object.entries(objectIn(item, path))
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => operationOf(root, path, method, objectIn(operation, path))),
  )
}

function operationOf(root: Plain, path: string, method: string, operation: Plain): Operation {
  const id = textIn(operation['operationId'], `${method} ${path}: operationId`)
  const parameters = listIn(operation['parameters'] ?? [], `${id}: parameters`).map((one) =>
    resolved(root, one, `${id}: a parameter`),
  )
  const body = operation['requestBody']
  const request = body === undefined ? undefined : resolved(root, body, `${id}: requestBody`)
  const responses = objectIn(operation['responses'], `${id}: responses`)
  const success = Object.keys(responses).find((status) => status.startsWith('2'))
  if (success === undefined) throw new Error(`${id} has no answer of success`)
  const answer = jsonOf(resolved(root, responses[success], `${id}: ${success}`))
  const sent = request && jsonOf(request)
  return {
    id,
    summary: textIn(operation['summary'], `${id}: summary`),
    method: method.toUpperCase(),
    path,
    pathNames: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!),
    query: parameters
      .filter((one) => one['in'] === 'query')
      .map((one) => ({
        name: textIn(one['name'], `${id}: a parameter`),
        required: one['required'] === true,
        type: typeOf(one['schema'], `${id}: a parameter`),
      })),
    body: request && {
      type: sent === undefined ? 'Blob' : typeOf(sent, `${id}: requestBody`),
      required: request['required'] === true,
    },
    answer: answer === undefined ? undefined : typeOf(answer, `${id}: ${success}`),
  }
}

/** The schema of a body that is JSON; `undefined` for any other. */
function jsonOf(message: Plain): unknown {
  const content = objectIn(message['content'] ?? {}, 'content')
  const json = content['application/json']
  return json === undefined ? undefined : objectIn(json, 'application/json')['schema']
}

function clientType(operations: readonly Operation[]): string {
  const lines = operations
    .filter(({ answer }) => answer !== undefined)
    .map(
      (one) =>
        `${doc(one.summary, '  ')}  readonly ${one.id}: (${argumentsOf(one)}) => Promise<${one.answer!}>`,
    )
  return `/** What can be asked of the server. */\nexport interface Client {\n${lines.join('\n')}\n}`
}

function clientFunction(operations: readonly Operation[]): string {
  const lines = operations.map((one) => {
    const parts = [
      `method: '${one.method}'`,
      `address: ${addressText(one)}`,
      ...(one.body ? ['body'] : []),
      'signal: asking?.signal',
    ]
    return `    ${one.id}: (${namesOf(one)}) => send<${one.answer!}>({ ${parts.join(', ')} }),`
  })
  return [
    '/** The client over `send`, which brings a question to the server and gives the body of its answer. */',
    'export function clientOver(send: <Answer>(question: Question) => Promise<Answer>): Client {',
    '  return {',
    ...lines,
    '  }',
    '}',
    '',
    '/** `?path=designs/basket.png`: what has no value is left out. */',
    'function queryOf(values: Readonly<Record<string, string | undefined>>): string {',
    '  const query = new URLSearchParams()',
    '  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value)',
    '  const text = query.toString()',
    "  return text === '' ? '' : `?${text}`",
    '}',
  ].join('\n')
}

function addresses(operations: readonly Operation[]): string {
  const lines = operations.map(
    (one) =>
      `${doc(one.summary, '  ')}  ${one.id}: (${parametersOf(one)}): string => ${addressText(one)},`,
  )
  return [
    '/** Addresses of what is no JSON: for an `img` or an event stream. */',
    'export const addresses = {',
    ...lines,
    '} as const',
  ].join('\n')
}

function addressText({ path, pathNames, query }: Operation): string {
  const filled = path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => `\${encodeURIComponent(of.${name})}`,
  )
  const values = query.map(({ name }) => `${name}: of.${name}`).join(', ')
  if (pathNames.length === 0 && query.length === 0) return `'${path}'`
  return query.length === 0 ? `\`${filled}\`` : `\`${filled}\${queryOf({ ${values} })}\``
}

function argumentsOf(one: Operation): string {
  const parameters = parametersOf(one)
  return [
    ...(parameters === '' ? [] : [parameters]),
    ...(one.body ? [`body${one.body.required ? '' : '?'}: ${one.body.type}`] : []),
    'asking?: Asking',
  ].join(', ')
}

function parametersOf({ pathNames, query }: Operation): string {
  if (pathNames.length + query.length === 0) return ''
  const parts = [
    ...pathNames.map((name) => `readonly ${name}: string`),
    ...query.map(
      ({ name, required, type }) =>
        `readonly ${name}${required ? '' : '?'}: ${type}${required ? '' : ' | undefined'}`,
    ),
  ]
  return `of: { ${parts.join('; ')} }`
}

function namesOf(one: Operation): string {
  return [
    ...(parametersOf(one) === '' ? [] : ['of']),
    ...(one.body ? ['body'] : []),
    'asking',
  ].join(', ')
}

function declared(name: string, schema: unknown): string {
  const { description } = objectIn(schema, name)
  const said = typeof description === 'string' ? doc(description, '') : ''
  const type = typeOf(schema, name)
  return `${said}export type ${name} = ${type}`
}

/** The type of what a schema describes. `where` names the schema in the message of an `Error`. */
function typeOf(schema: unknown, where: string): string {
  const { $ref, allOf, oneOf, anyOf, type, ...rest } = objectIn(schema, where)
  if (typeof $ref === 'string') {
    const name = /^#\/components\/schemas\/(\w+)$/.exec($ref)?.[1]
    if (name === undefined) throw new Error(`${where}: ${$ref} is no schema of the components`)
    return name
  }
  const choices = oneOf ?? anyOf
  if (choices !== undefined) return union(listIn(choices, where).map((one) => typeOf(one, where)))
  if (allOf !== undefined) {
    const parts = listIn(allOf, where).map((one) => typeOf(one, where))
    return [...parts, ...('properties' in rest ? [objectType(rest, where)] : [])].join(' & ')
  }
  if ('const' in rest) return literal(rest['const'], where)
  if (rest['enum'] !== undefined)
    return union(listIn(rest['enum'], where).map((one) => literal(one, where)))
  if (Array.isArray(type)) return union(type.map((one) => typeOf({ ...rest, type: one }, where)))
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
    case 'number':
      return type
    case 'integer':
      return 'number'
    case 'array':
      return `readonly ${grouped(typeOf(rest['items'], `${where}[]`))}[]`
    case 'object':
      return objectType(rest, where)
    default:
      throw new Error(`${where} says no type that a client can write: ${JSON.stringify(schema)}`)
  }
}

function objectType(schema: Plain, where: string): string {
  const { properties, required = [], additionalProperties } = schema
  if (properties === undefined) {
    if (typeof additionalProperties !== 'object')
      throw new Error(`${where} is an object of which nothing is said`)
    return `Readonly<Record<string, ${typeOf(additionalProperties, `${where}{}`)}>>`
  }
  const always = listIn(required, where)
  const fields = Object.entries(objectIn(properties, where)).map(
    ([name, one]) =>
      `readonly ${/^\w+$/.test(name) ? name : JSON.stringify(name)}${always.includes(name) ? '' : '?'}: ${typeOf(one, `${where}.${name}`)}`,
  )
  return `{ ${fields.join('; ')} }`
}

function literal(value: unknown, where: string): string {
  if (typeof value === 'string') return `'${value.replaceAll(/['\\]/g, '\\$&')}'`
  if (typeof value === 'number' || typeof value === 'boolean' || value === null)
    return String(value)
  throw new Error(`${where} allows a value that no type can name: ${JSON.stringify(value)}`)
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ')
}

function grouped(type: string): string {
  return /[|&]|^readonly /.test(type) && !/^\{[^{}]*\}$/.test(type) ? `(${type})` : type
}

function doc(text: string, indent: string): string {
  return `${indent}/** ${text.trim().replaceAll(/\s+/g, ' ').replaceAll('*/', '* /')} */\n`
}

function resolved(root: Plain, value: unknown, where: string): Plain {
  const { $ref, ...rest } = objectIn(value, where)
  return typeof $ref === 'string' ? objectIn(atPointer(root, $ref), $ref) : rest
}

function atPointer(root: Plain, pointer: string): unknown {
  return pointer
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, key) => {
      const inside = objectIn(value, pointer)
      return Object.hasOwn(inside, key) ? inside[key] : undefined
    }, root)
}

function objectIn(value: unknown, where: string): Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${where} is no object`)
  return value as Plain
}

function listIn(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${where} is no list`)
  return value
}

function textIn(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new Error(`${where} is no text`)
  return value
}
