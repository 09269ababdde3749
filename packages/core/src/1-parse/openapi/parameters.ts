import type { Parameter } from '../../operation/operation.ts'
import { child, isObject, type Site } from '../../text/site.ts'
import { examplesAt, mediaTypesAt } from './media-types.ts'
import { isTrue, itemsAt, textAt, valueAt } from './own.ts'

export interface ParameterSites {
  readonly parameters: readonly Parameter[]
  /** Swagger 2.0 writes the request body among the parameters. */
  readonly body: Site | undefined
  readonly form: readonly Site[]
}

/** An operation's parameters, those of its path item included; its own win by name and place. */
export function parametersOf(root: Site, operation: Site, item: Site): ParameterSites {
  const isSwagger = root.document.dialect === 'swagger-2.0'
  const merged = new Map<string, Site>()
  for (const site of [...itemsAt(item, 'parameters'), ...itemsAt(operation, 'parameters')]) {
    const name = textAt(site.value, 'name')
    const place = textAt(site.value, 'in')
    if (name === undefined || place === undefined) continue
    // An operation has one body, whatever it is called.
    merged.set(
      place === 'body' ? 'body' : `${place} ${place === 'header' ? name.toLowerCase() : name}`,
      site,
    )
  }
  const parameters: Parameter[] = []
  const form: Site[] = []
  let body: Site | undefined
  for (const site of merged.values()) {
    const place = textAt(site.value, 'in')
    if (isSwagger && place === 'body') body = site
    else if (isSwagger && place === 'formData') form.push(site)
    else if (isPlace(place) && !isNegotiation(site, isSwagger))
      parameters.push(parameterOf(site, textAt(site.value, 'name')!, place))
  }
  return { parameters, body, form }
}

/** A response header in the form of a parameter. */
export function headerOf(site: Site, name: string): Parameter {
  return parameterOf(site, name, 'header')
}

/**
 * The schema of a Swagger 2.0 parameter or header, which writes `type`, `items` ... beside its name: the same place in the
 * document with only what is schema.
 */
export function inlineSchema(site: Site): Site {
  const schema: Record<string, unknown> = {}
  if (isObject(site.value)) {
    for (const [key, value] of Object.entries(site.value)) {
      if (!notSchema.has(key) && key !== '__proto__') schema[key] = value
    }
  }
  if (schema['type'] === 'file') {
    schema['type'] = 'string'
    schema['format'] = 'binary'
  }
  return { ...site, value: schema }
}

const notSchema = new Set(['name', 'in', 'required', 'collectionFormat', 'allowEmptyValue'])

type In = Exclude<Parameter['in'], 'argument'>
const places = new Set<string | undefined>(['path', 'query', 'header', 'cookie', 'querystring'])

function isPlace(place: string | undefined): place is In {
  return places.has(place)
}

/** OpenAPI 3 ignores parameters for what media types and security already say. */
function isNegotiation(site: Site, isSwagger: boolean): boolean {
  if (isSwagger || textAt(site.value, 'in') !== 'header') return false
  return ['accept', 'content-type', 'authorization'].includes(
    textAt(site.value, 'name')!.toLowerCase(),
  )
}

function parameterOf(site: Site, name: string, place: In): Parameter {
  const { value } = site
  const description = textAt(value, 'description')
  const isSwagger = site.document.dialect === 'swagger-2.0'
  const content = mediaTypesAt(site, 'content')[0]
  const schema = isSwagger ? inlineSchema(site) : (child(site, 'schema') ?? content?.schema)
  const { style, explode } = isSwagger ? collectionStyle(value, place) : styleOf(value, place)
  const examples = isSwagger ? vendorExamples(site) : examplesAt(site)
  return {
    name,
    in: place,
    required: isTrue(value, 'required') || place === 'path',
    deprecated: isTrue(value, 'deprecated'),
    ...(description !== undefined && { description }),
    schema,
    style,
    explode,
    allowReserved: isTrue(value, 'allowReserved'),
    ...(content !== undefined && { content }),
    examples: examples.length > 0 ? examples : (content?.examples ?? []),
    site,
  }
}

const defaultStyles = {
  path: 'simple',
  header: 'simple',
  query: 'form',
  cookie: 'form',
  querystring: 'form',
} as const

function styleOf(value: unknown, place: In): { readonly style: string; readonly explode: boolean } {
  const style = textAt(value, 'style') ?? defaultStyles[place]
  const explode = valueAt(value, 'explode')
  return {
    style,
    explode: typeof explode === 'boolean' ? explode : style === 'form' || style === 'cookie',
  }
}

/** Swagger 2.0's `collectionFormat` in the words of OpenAPI 3. */
export function collectionStyle(
  value: unknown,
  place: 'path' | 'header' | 'query' | 'cookie' | 'querystring',
): { readonly style: string; readonly explode: boolean } {
  switch (textAt(value, 'collectionFormat')) {
    case 'multi':
      return { style: 'form', explode: true }
    case 'ssv':
      return { style: 'spaceDelimited', explode: false }
    case 'tsv':
      return { style: 'tabDelimited', explode: false }
    case 'pipes':
      return { style: 'pipeDelimited', explode: false }
    default:
      return { style: defaultStyles[place], explode: false }
  }
}

/** Swagger 2.0 has no examples for parameters; `x-example` is what people write. */
function vendorExamples(site: Site): Parameter['examples'] {
  const example = child(site, 'x-example')
  return example === undefined ? [] : [{ name: 'example', value: example.value, site: example }]
}
