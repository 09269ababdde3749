import {
  Kind,
  print,
  type DefinitionNode,
  type NameNode,
  type OperationDefinitionNode,
} from 'graphql'
import type { GraphqlDocument } from '../../operation/api.ts'
import { diagnostic, quoted, type Diagnostic } from '../../text/diagnostic.ts'
import type { Origin } from '../../text/origin.ts'
import type { Offsets } from '../../text/positions.ts'
import { child, rootOf, type Document } from '../../text/site.ts'
import { isReadable, type Files, type SourceFile } from '../../text/source.ts'
import { documentOf } from '../document.ts'
import { once } from '../openapi/own.ts'
import { embeddedGraphql, mayEmbedGraphql } from './embedded.ts'
import { parsedGraphql } from './parsed-graphql.ts'
import type { SchemaDocument } from './schema-document.ts'
import { selectionOf, type Fragment } from './selection.ts'
import { textDocument } from './text-document.ts'

export interface DocumentsOf {
  readonly documents: readonly GraphqlDocument[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The operation documents of an API. Fragments may stand in any of the files. A field that the schema lacks, a
 * fragment that nobody defines and a name that is taken are reported, and the rest still counts.
 */
export function documentsOf(
  files: Files,
  paths: readonly string[],
  schema: SchemaDocument,
  api: string,
): DocumentsOf {
  const diagnostics: Diagnostic[] = []
  const fragments = new Map<string, Fragment>()
  const operations = new Map<string, Written>()
  for (const path of paths) {
    const file = files.read(path)
    if (!isReadable(file)) {
      diagnostics.push(...documentOf(files, path).diagnostics)
      continue
    }
    const { definitions, document, problems } = definitionsIn(file)
    for (const { problem, start, end } of problems) {
      diagnostics.push(
        diagnostic(
          'TL1001',
          { source: document, place: { kind: 'offsets', start, end } },
          { problem },
        ),
      )
    }
    for (const definition of definitions) {
      const origin = originAt(document, nameOf(definition)?.loc ?? definition.loc)
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        const known = fragments.get(definition.name.value)
        if (known === undefined)
          fragments.set(definition.name.value, { definition, source: document })
        else
          diagnostics.push(
            twice(
              `The fragment ${quoted(definition.name.value)}`,
              origin,
              originAt(known.source, known.definition.name.loc),
            ),
          )
      } else if (definition.kind === Kind.OPERATION_DEFINITION) {
        const name = operationName(definition, file)
        const known = operations.get(name)
        if (known === undefined) operations.set(name, { name, definition, document, origin })
        else
          diagnostics.push(
            twice(`The ${definition.operation} ${quoted(name)}`, origin, known.origin),
          )
      }
    }
  }
  const documents = [...operations.values()].map((written): GraphqlDocument => {
    const { name, definition, document } = written
    const selection = selectionOf(name, definition, fragments, schema, api, document)
    diagnostics.push(...selection.diagnostics)
    const root = rootOf(document)
    const text = once(() =>
      [definition, ...selection.fragments].map((one) => print(one)).join('\n\n'),
    )
    return {
      name,
      method: definition.operation,
      file: document.file.path,
      get text() {
        return text()
      },
      fields: selection.fields,
      selects: selection.selected.map((one) => one.path),
      selected: selection.selected,
      sends: selection.sends,
      site: child(root, name) ?? root,
    }
  })
  return { documents, diagnostics }
}

interface Written {
  readonly name: string
  readonly definition: OperationDefinitionNode
  readonly document: Document
  readonly origin: Origin
}

interface Definitions {
  readonly definitions: readonly DefinitionNode[]
  readonly document: Document
  readonly problems: ReturnType<typeof parsedGraphql>['problems']
}

const remembered = new WeakMap<SourceFile, Definitions>()

function definitionsIn(file: SourceFile): Definitions {
  const known = remembered.get(file)
  if (known !== undefined) return known
  const text = mayEmbedGraphql(file.path) ? embeddedGraphql(file.text) : file.text
  const { definitions, problems } = parsedGraphql(text)
  const spans = new Map<string, Offsets>()
  for (const definition of definitions) {
    const { loc } = nameOf(definition) ?? definition
    if (definition.kind === Kind.OPERATION_DEFINITION && loc)
      spans.set(operationName(definition, file), loc)
  }
  const created = { definitions, document: textDocument(file, spans), problems }
  remembered.set(file, created)
  return created
}

/** An operation without a name is called as its file. */
function operationName({ name }: OperationDefinitionNode, { path }: SourceFile): string {
  return name?.value ?? (path.split('/').at(-1) ?? path).replace(/\.\w+$/, '')
}

function nameOf(definition: DefinitionNode): NameNode | undefined {
  return 'name' in definition ? definition.name : undefined
}

function originAt(source: Document, offsets: Offsets | undefined): Origin {
  return { source, place: { kind: 'offsets', start: offsets?.start ?? 0, end: offsets?.end ?? 0 } }
}

function twice(id: string, origin: Origin, first: Origin): Diagnostic {
  return diagnostic(
    'TL2006',
    origin,
    { id },
    { related: [{ origin: first, message: 'It is declared here first.' }] },
  )
}
