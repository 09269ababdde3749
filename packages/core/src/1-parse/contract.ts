import type { Contract } from '../operation/api.ts'
import { diagnostic, quoted, type Diagnostic } from '../text/diagnostic.ts'
import { child, isObject, originOf, type Document } from '../text/site.ts'
import { isReadable, type Files, type SourceFile, type Unreadable } from '../text/source.ts'
import type { ApiDeclaration } from './declarations.ts'
import { documentOf, missingReason } from './document.ts'
import { graphqlContract } from './graphql/contract.ts'
import { documentPaths } from './graphql/document-paths.ts'
import { openapiContract } from './openapi/contract.ts'

export interface ContractOrNot {
  readonly contract?: Contract
  /** Why there is none. What is wrong inside a contract is in `contract.diagnostics`. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The contract of an API: what its file holds decides how it is read. The same object comes back as long as every
 * file it was read from is the same, and the API is declared the same way.
 */
export function contractOf(files: Files, api: ApiDeclaration): ContractOrNot {
  const origin = originOf(child(api.site, 'contract') ?? api.site)
  const file = files.read(api.contract)
  if (!isReadable(file)) {
    return {
      diagnostics: [
        diagnostic('TL1003', origin, { file: quoted(api.contract), reason: reasonOf(file, files) }),
      ],
    }
  }
  const declared = asDeclared(api, files)
  const known = remembered
    .get(file)
    ?.find((one) => one.declared === declared && isFresh(one, files))
  if (known !== undefined) return known.found
  const reads = new Map<string, SourceFile | Unreadable>([[file.path, file]])
  const found = parsed(recording(files, reads), file, api)
  const others = (remembered.get(file) ?? []).filter((one) => one.declared !== declared)
  remembered.set(file, [...others.slice(-3), { declared, reads, found }])
  return found
}

export function isSdl(path: string): boolean {
  return /\.(graphqls?|gql)$/i.test(path)
}

function parsed(files: Files, file: SourceFile, api: ApiDeclaration): ContractOrNot {
  if (isSdl(file.path)) return { contract: graphqlContract(files, file, api), diagnostics: [] }
  const read = documentOf(files, file.path)
  const { document } = read
  if (document === undefined) return { diagnostics: read.diagnostics }
  if (isIntrospection(document.value))
    return { contract: graphqlContract(files, file, api), diagnostics: [] }
  if (has(document.value, 'openapi') || has(document.value, 'swagger')) {
    return { contract: openapiContract(files, document, api), diagnostics: [] }
  }
  const { diagnostics } = read
  if (document.value === undefined && diagnostics.length > 0) return { diagnostics }
  const unknown = diagnostic('TL1007', originAtStart(document), {
    file: quoted(file.path),
    advice: adviceFor(document.value),
  })
  // Without a version, but with paths: it is linked as far as it goes.
  if (has(document.value, 'paths'))
    return { contract: openapiContract(files, document, api), diagnostics: [unknown] }
  return { diagnostics: [...diagnostics, unknown] }
}

function adviceFor(value: unknown): string {
  if (has(value, 'paths'))
    return 'It has `paths`: say which version it is, with `openapi: 3.1.0` at its top.'
  if (has(value, 'asyncapi')) return 'It is AsyncAPI, which Throughline does not read.'
  if (has(value, 'log'))
    return 'It looks like a HAR recording: `throughline import` makes a contract of it.'
  if (has(value, 'item') && has(value, 'info'))
    return 'It looks like a Postman collection: `throughline import` makes a contract of it.'
  if (has(value, '$schema') || has(value, 'properties'))
    return 'It looks like a JSON Schema: name the contract that refers to it.'
  return 'A contract begins with `openapi: 3.1.0` or `swagger: "2.0"`, or is GraphQL SDL in a file named `*.graphql`.'
}

function isIntrospection(value: unknown): boolean {
  return (
    has(value, '__schema') ||
    (isObject(value) && Object.hasOwn(value, 'data') && has(value['data'], '__schema'))
  )
}

function has(value: unknown, key: string): boolean {
  return isObject(value) && Object.hasOwn(value, key)
}

function originAtStart(document: Document): Diagnostic['origin'] {
  return {
    source: document,
    place: { kind: 'offsets', start: 0, end: Math.min(1, document.file.text.length) },
  }
}

function reasonOf(file: Unreadable, files: Files): string {
  return /^https?:/i.test(file.path)
    ? 'is an address. Save the contract as a file and name that: nothing is ever fetched.'
    : missingReason(file, files)
}

interface Remembered {
  readonly declared: string
  /** Every file that was asked for, also later, when a reference was followed. */
  readonly reads: ReadonlyMap<string, SourceFile | Unreadable>
  readonly found: ContractOrNot
}
const remembered = new WeakMap<SourceFile, readonly Remembered[]>()

function isFresh({ reads }: Remembered, files: Files): boolean {
  for (const [path, file] of reads) {
    const now = files.read(path)
    if (isReadable(file) ? now !== file : isReadable(now)) return false
  }
  return true
}

function recording(files: Files, reads: Map<string, SourceFile | Unreadable>): Files {
  return {
    paths: files.paths,
    read(path) {
      const file = reads.get(path) ?? files.read(path)
      reads.set(path, file)
      return file
    },
  }
}

/** What is declared about the API, and which operation documents there are: all that its contract depends on beside files. */
function asDeclared(api: ApiDeclaration, files: Files): string {
  const documents = api.documents.length > 0 ? documentPaths(files.paths, api.documents) : []
  return JSON.stringify({
    ...api,
    site: undefined,
    environments: [...api.environments],
    stages: [...api.stages],
    documents,
  })
}
