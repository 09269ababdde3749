import type { MediaType, ResponseDeclaration } from '../../operation/operation.ts'
import { child, type Site } from '../../text/site.ts'
import { mediaTypesAt, swaggerMediaTypes, swaggerTypes } from './media-types.ts'
import { namedObjects, textAt } from './own.ts'
import { headerOf } from './parameters.ts'

/** What an operation may answer, in the contract's order. Keys that are no status are left out. */
export function responsesOf(root: Site, operation: Site): readonly ResponseDeclaration[] {
  const responses: ResponseDeclaration[] = []
  for (const [key, site] of namedObjects(child(operation, 'responses'))) {
    const status = key === 'default' ? key : key.toUpperCase()
    if (!/^(?:[1-5](?:\d\d|XX)|default)$/.test(status)) continue
    const description = textAt(site.value, 'description') ?? textAt(site.value, 'summary')
    responses.push({
      status,
      ...(description !== undefined && { description }),
      headers: namedObjects(child(site, 'headers'))
        .filter(([name]) => name.toLowerCase() !== 'content-type')
        .map(([name, header]) => headerOf(header, name)),
      content: contentOf(root, operation, site),
      site,
    })
  }
  return responses
}

function contentOf(root: Site, operation: Site, response: Site): readonly MediaType[] {
  if (root.document.dialect !== 'swagger-2.0') return mediaTypesAt(response, 'content')
  const schema = child(response, 'schema')
  const examples = child(response, 'examples')
  if (schema === undefined && examples === undefined) return []
  return swaggerMediaTypes(swaggerTypes(root, operation, 'produces'), schema, examples, response)
}
