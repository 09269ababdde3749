import type { Contract } from '../../operation/api.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { rootOf, type Document } from '../../text/site.ts'
import type { Files } from '../../text/source.ts'
import type { ApiDeclaration } from '../declarations.ts'
import { parsedText } from '../parsed-text.ts'
import { operationsOf } from './operations.ts'
import { objectAt, once, textAt, valueAt } from './own.ts'
import { referencesOf } from './references.ts'
import { serversOf } from './servers.ts'
import { validityOf } from './validity.ts'

/**
 * An OpenAPI document (2.0, 3.0, 3.1, 3.2) in the internal form. Everything but the list of operations is computed
 * on first use. Missing or wrong parts are left out, never thrown about: what is wrong with them is `validity`'s business.
 */
export function openapiContract(files: Files, document: Document, api: ApiDeclaration): Contract {
  const root = rootOf(document)
  const info = objectAt(root, 'info')
  const title = info && textAt(info.value, 'title')
  const { operations, diagnostics: duplicates } = operationsOf(root, api)
  const { basePaths, servers } = serversOf(root)
  const references = once(() => referencesOf(document))
  const diagnostics = once((): readonly Diagnostic[] => [
    ...references().documents.flatMap((one) => parsedText(one.file).diagnostics),
    ...references().diagnostics,
    ...duplicates,
  ])
  return {
    kind: 'contract',
    api: api.id,
    version: versionOf(document.value),
    ...(title !== undefined && { title }),
    protocol: 'rest',
    root: document,
    operations,
    basePaths,
    servers,
    get diagnostics() {
      return diagnostics()
    },
    files: () => references().files,
    validity: once(() => validityOf(document, references().documents)),
    site: info ?? root,
  }
}

function versionOf(value: unknown): string {
  const swagger = valueAt(value, 'swagger')
  if (swagger !== undefined)
    return `swagger ${swagger === 2 ? '2.0' : (textAt(value, 'swagger') ?? 'of an unknown version')}`
  const version = textAt(value, 'openapi')
  return version === undefined ? 'openapi of an unknown version' : `openapi ${version}`
}
