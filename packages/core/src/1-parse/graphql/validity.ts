import {
  buildASTSchema,
  GraphQLError,
  Kind,
  validateSchema,
  type ASTNode,
  type NameNode,
} from 'graphql'
import { diagnostic, type Diagnostic } from '../../text/diagnostic.ts'
import { originOf, rootOf } from '../../text/site.ts'
import type { SchemaDocument } from './schema-document.ts'

/** TL4001: the schema against the rules of the GraphQL specification (sections 3 and 4). */
export function validityOf(schema: SchemaDocument): readonly Diagnostic[] {
  const document = { kind: Kind.DOCUMENT, definitions: schema.definitions } as const
  try {
    buildASTSchema(document)
  } catch (error) {
    // All problems of the text itself come as one error, with an empty line between them.
    const messages = error instanceof Error ? error.message.split('\n\n') : ['cannot be built']
    return messages.map((message) => invalid(schema, message, nodeNamedIn(schema, message)))
  }
  return validateSchema(buildASTSchema(document, { assumeValidSDL: true })).map((error) =>
    invalid(schema, error.message, nodeOf(error)),
  )
}

type Named = ASTNode & { readonly name: NameNode }

function invalid(schema: SchemaDocument, message: string, node: Named | undefined): Diagnostic {
  const problem = message.trim().replace(/"([^"`\n]*)"/g, '`$1`')
  return diagnostic(
    'TL4001',
    node === undefined ? originOf(rootOf(schema.document)) : schema.originOf(node),
    {
      where: 'The schema is not valid GraphQL:',
      problem: problem.endsWith('.') || problem.endsWith('?') ? problem : `${problem}.`,
    },
  )
}

function nodeOf({ nodes }: GraphQLError): Named | undefined {
  return nodes?.find((node): node is Named => 'name' in node && node.name !== undefined)
}

/** `Field "Review.stars" can only be defined once.`: the type, and in it the field where there is one. */
function nodeNamedIn({ types }: SchemaDocument, message: string): Named | undefined {
  for (const [, written = ''] of message.matchAll(/"([\w.]+)"/g)) {
    const [type = '', field] = written.split('.')
    const part = types.types.get(type)?.parts[0]
    if (part === undefined) continue
    const fields = 'fields' in part ? (part.fields ?? []) : []
    return fields.find((one) => one.name.value === field) ?? part
  }
  return undefined
}
