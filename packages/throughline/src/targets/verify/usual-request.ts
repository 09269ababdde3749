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
  /** A value that this parameter is likely to take; `undefined` where nothing is known. */
  readonly valueFor: (operation: Operation, parameter: Parameter, choices: Choices) => unknown
}

export const nothingLearned: Learned = { valueFor: () => undefined }

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
  const parameters = new Map<string, unknown>()
  for (const parameter of operation.parameters().filter(isSent)) {
    if (!parameter.required && !optional) continue
    const value = usualValue(operation, parameter, options)
    if (value !== undefined) parameters.set(keyOf(parameter), value)
  }
  const content = bodyContent(operation)
  if (content === undefined || (!optional && operation.requestBody()?.required !== true))
    return { parameters }
  return { parameters, body: { content, value: usualBody(content, options) } }
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
  const known = learned.valueFor(operation, parameter, choices)
  if (known !== undefined) return known
  const { name, content } = parameter
  const given = [...parameter.examples, ...(content?.examples ?? [])].filter(
    (one) => one.value !== undefined,
  )
  if (examples && given.length > 0) return choices.pick(given).value
  const schema = parameter.schema ?? content?.schema
  if (schema === undefined) return name
  return generate(schema, choices, { direction: 'request', name, length: 1, examples })
}

export function usualBody(
  { schema, examples: given }: MediaType,
  { choices, optional = false, examples = true }: UsualOptions,
): unknown {
  const values = given.filter((one) => one.value !== undefined)
  if (examples && values.length > 0) return choices.pick(values).value
  if (schema === undefined) return {}
  return generate(schema, choices, {
    direction: 'request',
    dataset: optional ? 'typical' : 'minimal',
    length: 1,
    examples,
  })
}
