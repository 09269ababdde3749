import type { Example, MediaType } from '../../operation/operation.ts'
import { isJsonType } from '../../operation/operation.ts'
import { child, isObject, type Site } from '../../text/site.ts'
import { itemsAt, namedObjects, textAt, valueAt } from './own.ts'

/** The media types of a `content` map, in the contract's order. */
export function mediaTypesAt(site: Site, key: string): readonly MediaType[] {
  return namedObjects(child(site, key)).map(([type, media]) => {
    const itemSchema = child(media, 'itemSchema')
    const encoding = child(media, 'encoding')
    return {
      type,
      schema: child(media, 'schema'),
      ...(itemSchema !== undefined && { itemSchema }),
      examples: examplesAt(media, isJsonType(type)),
      ...(encoding !== undefined && { encoding }),
      site: media,
    }
  })
}

/** `example` and `examples` of a media type, parameter or header. A list of bare values, which people write too, is taken as well. */
export function examplesAt(site: Site, isJson = false): readonly Example[] {
  const examples: Example[] = []
  const single = child(site, 'example')
  if (single !== undefined) examples.push({ name: 'example', value: single.value, site: single })
  const several = child(site, 'examples')
  if (Array.isArray(several?.value)) {
    for (const one of itemsAt(site, 'examples'))
      examples.push({ name: String(one.key), value: one.value, site: one })
  }
  for (const [name, example] of namedObjects(several))
    examples.push(exampleOf(name, example, isJson))
  return examples
}

function exampleOf(name: string, site: Site, isJson: boolean): Example {
  const summary = textAt(site.value, 'summary')
  const external = textAt(site.value, 'externalValue')
  const data = child(site, 'dataValue') ?? child(site, 'value')
  const serialized = child(site, 'serializedValue')
  return {
    name,
    ...(summary !== undefined && { summary }),
    value: data === undefined ? written(serialized?.value, isJson) : data.value,
    ...(data === undefined && serialized === undefined && external !== undefined && { external }),
    site: data ?? serialized ?? site,
  }
}

function written(value: unknown, isJson: boolean): unknown {
  if (!isJson || typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Swagger 2.0: one schema for every type that is produced or consumed, and examples by type. */
export function swaggerMediaTypes(
  types: readonly string[],
  schema: Site | undefined,
  examples: Site | undefined,
  site: Site,
): readonly MediaType[] {
  const written = isObject(examples?.value)
    ? Object.keys(examples.value).filter((type) => !type.startsWith('x-'))
    : []
  const all = new Set([...(schema === undefined && written.length > 0 ? [] : types), ...written])
  return [...all].map((type) => {
    const example = examples === undefined ? undefined : child(examples, type)
    return {
      type,
      schema,
      examples:
        example === undefined ? [] : [{ name: 'example', value: example.value, site: example }],
      site,
    }
  })
}

/** What an operation of Swagger 2.0 consumes or produces: its own list, else the contract's, else JSON. */
export function swaggerTypes(
  root: Site,
  operation: Site,
  key: 'consumes' | 'produces',
): readonly string[] {
  for (const { value } of [operation, root]) {
    const list = valueAt(value, key)
    if (Array.isArray(list)) {
      const types = list.filter((type) => typeof type === 'string')
      if (types.length > 0) return types
    }
  }
  return ['application/json']
}
