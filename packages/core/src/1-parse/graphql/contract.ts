import type { Contract } from '../../operation/api.ts'
import { rootOf } from '../../text/site.ts'
import type { Files, SourceFile } from '../../text/source.ts'
import type { ApiDeclaration } from '../declarations.ts'
import { emptyDocument } from '../empty-document.ts'

/** The contract of a GraphQL API. */
export function graphqlContract(_files: Files, file: SourceFile, api: ApiDeclaration): Contract {
  const root = emptyDocument(file)
  return {
    kind: 'contract',
    api: api.id,
    version: 'graphql',
    protocol: 'graphql',
    root,
    operations: [],
    basePaths: ['/graphql'],
    servers: [],
    diagnostics: [],
    files: () => [file.path],
    validity: () => [],
    graphql: { sdl: () => file.text, documents: [] },
    site: rootOf(root),
  }
}
