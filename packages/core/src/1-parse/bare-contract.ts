import { child, isObject, rootOf, type Document } from '../text/site.ts'
import { isReadable, type Files } from '../text/source.ts'
import { isSdl } from './contract.ts'
import type { ApiDeclaration } from './declarations.ts'
import { documentOf } from './document.ts'
import { emptyDocument } from './empty-document.ts'
import { slug } from './identifier.ts'

/**
 * What `throughline.yaml` would say about a contract file that is given alone. Its id comes from the file's name
 * (`store` for `store.openapi.yaml`), where that is a common one from the contract's title, and is unique among `others`.
 */
export function apiOfFile(
  files: Files,
  path: string,
  others: readonly ApiDeclaration[],
): ApiDeclaration & { readonly title?: string } {
  const document = documentOfContract(files, path)
  const title = titleOf(document)
  const folder = slug(path.split('/').at(-2) ?? '')
  const first = nameIn(path) ?? (slug(title ?? '').slice(0, 40) || 'api')
  const taken = new Set(others.map((other) => other.id))
  let id = first
  if (taken.has(id) && folder !== '') id = `${folder}-${first}`
  for (let count = 2; taken.has(id); count++) id = `${first}-${count}`
  const site = rootOf(document)
  const api = {
    id,
    contract: path,
    environments: new Map(),
    stages: new Map(),
    documents: [],
    site,
  }
  return title === undefined ? api : { ...api, title }
}

/** Names that a file has whatever it describes. */
const common = new Set([
  'openapi',
  'swagger',
  'oas',
  'api',
  'schema',
  'contract',
  'spec',
  'index',
  'main',
  'root',
  'graphql',
])

function nameIn(path: string): string | undefined {
  const name = (path.split('/').at(-1) ?? '')
    .replace(/\.(ya?ml|json|graphqls?|gql)$/i, '')
    .replace(/[.-](openapi|swagger|oas|schema|contract)$/i, '')
  const id = slug(name)
  return id === '' || common.has(id) ? undefined : id
}

function documentOfContract(files: Files, path: string): Document {
  const file = files.read(path)
  if (!isReadable(file)) return emptyDocument({ path, text: '' })
  return (isSdl(path) ? undefined : documentOf(files, path).document) ?? emptyDocument(file)
}

function titleOf(document: Document): string | undefined {
  const info = child(rootOf(document), 'info')?.value
  const title = isObject(info) && Object.hasOwn(info, 'title') ? info['title'] : undefined
  return typeof title === 'string' && title.trim() !== '' ? title.trim().slice(0, 200) : undefined
}
