import { OperationTypeNode, print, type FieldDefinitionNode } from 'graphql'
import type { Operation, Parameter, ResponseDeclaration } from '../../operation/operation.ts'
import { child, rootOf, type Site } from '../../text/site.ts'
import type { ApiDeclaration } from '../declarations.ts'
import { once } from '../openapi/own.ts'
import { isRequired } from './json-schema.ts'
import type { SchemaDocument } from './schema-document.ts'
import { fieldsOf, hasDirective } from './types.ts'

/** One operation for each field of the root types. A name that a query has taken is told apart: `mutation addReview`. */
export function operationsOf(
  { document, types }: SchemaDocument,
  api: ApiDeclaration,
): readonly Operation[] {
  const operations = new Map<string, Operation>()
  for (const method of Object.values(OperationTypeNode)) {
    const section = child(rootOf(document), method)
    const root = types.roots.get(method)
    if (section === undefined || root === undefined) continue
    for (const field of fieldsOf(types.types.get(root))) {
      const site = child(section, field.name.value)
      const name = operations.has(field.name.value)
        ? `${method} ${field.name.value}`
        : field.name.value
      if (site !== undefined) operations.set(name, operationOf(name, method, field, site, api))
    }
  }
  return [...operations.values()]
}

function operationOf(
  name: string,
  method: OperationTypeNode,
  field: FieldDefinitionNode,
  site: Site,
  api: ApiDeclaration,
): Operation {
  const deprecated = hasDirective(field.directives, 'deprecated')
  const stage = api.stages.get(name)
  return {
    kind: 'operation',
    id: `op:${api.id}.${name}`,
    api: api.id,
    name,
    protocol: 'graphql',
    method,
    path: field.name.value,
    ...(field.description && { description: field.description.value }),
    tags: [],
    deprecated: deprecated || stage === 'deprecated',
    stage: stage ?? (deprecated ? 'deprecated' : (api.stage ?? 'live')),
    ...(api.owner !== undefined && { owner: api.owner }),
    site,
    parameters: once(() => parametersOf(field, site)),
    requestBody: () => undefined,
    responses: once(() => responsesOf(field, site)),
    security: () => [],
  }
}

function parametersOf(field: FieldDefinitionNode, site: Site): readonly Parameter[] {
  const section = child(site, 'arguments')
  return (field.arguments ?? []).flatMap((argument): readonly Parameter[] => {
    const schema = section && child(section, argument.name.value)
    if (schema === undefined) return []
    return [
      {
        name: argument.name.value,
        in: 'argument',
        required: isRequired(argument),
        deprecated: hasDirective(argument.directives, 'deprecated'),
        ...(argument.description && { description: argument.description.value }),
        schema,
        style: 'form',
        explode: true,
        allowReserved: false,
        examples: [],
        site: schema,
      },
    ]
  })
}

/** GraphQL over HTTP answers 200 whatever happens; the schema is that of the field under `data`. */
function responsesOf(field: FieldDefinitionNode, site: Site): readonly ResponseDeclaration[] {
  const schema = child(site, 'result')
  const content = [{ type: 'application/json', schema, examples: [], site: schema ?? site }]
  return [{ status: '200', description: print(field.type), headers: [], content, site }]
}
