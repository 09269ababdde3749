import { Kind, print } from 'graphql'
import type { Contract } from '../../operation/api.ts'
import { rootOf } from '../../text/site.ts'
import type { Files, SourceFile } from '../../text/source.ts'
import type { ApiDeclaration } from '../declarations.ts'
import { once } from '../openapi/own.ts'
import { documentPaths } from './document-paths.ts'
import { documentsOf } from './documents.ts'
import { operationsOf } from './operations.ts'
import { schemaDocument } from './schema-document.ts'
import { typeProblems } from './unknown-types.ts'
import { validityOf } from './validity.ts'

/**
 * The contract of a GraphQL API, from SDL or an introspection result, with the operation documents that the API
 * declares. Types become JSON Schema when somebody looks at them; what is broken is reported and left out.
 */
export function graphqlContract(files: Files, file: SourceFile, api: ApiDeclaration): Contract {
  const schema = schemaDocument(files, file)
  const paths = documentPaths(files.paths, api.documents).filter((path) => path !== file.path)
  const { documents, diagnostics } = documentsOf(files, paths, schema, api.id)
  const isSdl = schema.diagnostics.length === 0 && schema.definitions[0]?.loc !== undefined
  return {
    kind: 'contract',
    api: api.id,
    version: 'graphql',
    protocol: 'graphql',
    root: schema.document,
    operations: operationsOf(schema, api),
    basePaths: ['/graphql'],
    servers: [],
    diagnostics: [...schema.diagnostics, ...typeProblems(schema), ...diagnostics],
    files: () => [file.path, ...paths],
    validity: once(() => validityOf(schema)),
    graphql: {
      sdl: once(() =>
        isSdl ? file.text : print({ kind: Kind.DOCUMENT, definitions: schema.definitions }),
      ),
      documents,
    },
    site: rootOf(schema.document),
  }
}
