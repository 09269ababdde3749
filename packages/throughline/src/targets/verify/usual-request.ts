import {
  generate,
  mainContent,
  type Choices,
  type MediaType,
  type Operation,
  type Parameter,
  type SaidRequest,
} from '@throughline/core'

/** What earlier answers, examples and people have taught about values that exist: ids above all. */
export interface Learned {
  /** Values for the parameters of the path, in their order, that lead to a thing which exists. */
  readonly pathFor: (
    operation: Operation,
    choices: Choices,
  ) => readonly (string | number)[] | undefined
  /** The id of a thing that a property or parameter of this name points at: `productId`. */
  readonly refer: (
    operation: Operation,
    name: string,
    choices: Choices,
  ) => string | number | undefined
}

export const nothingLearned: Learned = { pathFor: () => undefined, refer: () => undefined }

export interface UsualOptions {
  readonly choices: Choices
  readonly learned?: Learned
  /** Optional parameters and properties go along. Only what is required, unless said. */
  readonly optional?: boolean
  /** Examples of the contract are used; on unless `false`. */
  readonly examples?: boolean
}

/** Parameters that are not the client's to choose. */
export function isSent({ in: place, name }: Parameter): boolean {
  return (
    place !== 'argument' &&
    !(place === 'header' && /^(accept|content-type|authorization)$/i.test(name))
  )
}

/** `query.limit`: how a parameter is called in a `SaidRequest`. */
export function keyOf({ in: place, name }: Parameter): string {
  return `${place === 'querystring' ? 'query' : place}.${name}`
}

/** A request as somebody who means well would send it. */
export function usualRequest(operation: Operation, options: UsualOptions): SaidRequest {
  const { optional = false } = options
  const parameters = new Map<string, unknown>(knownPath(operation, options))
  for (const parameter of operation.parameters().filter(isSent)) {
    if ((!parameter.required && !optional) || parameters.has(keyOf(parameter))) continue
    const value = usualValue(operation, parameter, options)
    if (value !== undefined) parameters.set(keyOf(parameter), value)
  }
  const content = bodyContent(operation)
  if (content === undefined || (!optional && operation.requestBody()?.required !== true))
    return { parameters }
  return { parameters, body: { content, value: usualBody(operation, content, options) } }
}

/** The parameters of the path together: `/users/7/orders/12` is a pair that exists. */
export function knownPath(
  operation: Operation,
  { choices, learned = nothingLearned }: UsualOptions,
): readonly (readonly [key: string, value: unknown])[] {
  const names = pathNames(operation.path)
  if (names.length === 0) return []
  const values = learned.pathFor(operation, choices)
  // A path may go on below the thing that is known: `/orders/{id}/lines/{line}`.
  return values === undefined
    ? []
    : names.slice(0, values.length).map((name, at) => [`path.${name}`, values[at]] as const)
}

/** The names in a path, in their order. */
export function pathNames(path: string): readonly string[] {
  return path.includes('{') ? [...path.matchAll(/\{([^{}]+)\}/g)].map((one) => one[1]!) : []
}

/** The media type that a body is sent in: JSON where the contract takes it. */
export function bodyContent(operation: Operation): MediaType | undefined {
  return mainContent(operation.requestBody()?.content ?? [])
}

/** What is known to exist, else an example, else something believable. */
export function usualValue(
  operation: Operation,
  parameter: Parameter,
  { choices, learned = nothingLearned, examples = true }: UsualOptions,
): unknown {
  const { name, content } = parameter
  const known = learned.refer(operation, name, choices)
  if (known !== undefined && parameter.in === 'path') return known
  const given = [...parameter.examples, ...(content?.examples ?? [])].filter(
    (one) => one.value !== undefined,
  )
  if (examples && given.length > 0) return choices.pick(given).value
  const schema = parameter.schema ?? content?.schema
  if (schema === undefined) return name
  return generate(schema, choices, { direction: 'request', name, length: 1, examples })
}

export function usualBody(
  operation: Operation,
  { schema, examples: given }: MediaType,
  { choices, learned = nothingLearned, optional = false, examples = true }: UsualOptions,
): unknown {
  const refer = (value: unknown, depth: number): unknown => {
    if (Array.isArray(value)) return value.map((one: unknown) => refer(one, depth + 1))
    if (!isObject(value) || depth > 6) return value
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => {
        if (one !== null && typeof one === 'object') return [name, refer(one, depth + 1)]
        const known = learned.refer(operation, name, choices)
        return [name, typeof known === typeof one ? known : one]
      }),
    )
  }

  const values = given.filter((one) => one.value !== undefined)
  if (examples && values.length > 0) return refer(choices.pick(values).value, 0)
  if (schema === undefined) return {}
  const made = generate(schema, choices, {
    direction: 'request',
    dataset: optional ? 'typical' : 'minimal',
    length: 1,
    examples,
  })
  return refer(made, 0)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
