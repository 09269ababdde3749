import { OperationTypeNode, type ASTNode, type DefinitionNode, type NameNode } from 'graphql'
import { diagnostic, type Diagnostic } from '../../text/diagnostic.ts'
import type { Origin, Path, Place, Range } from '../../text/origin.ts'
import { rangesAt, type Offsets } from '../../text/positions.ts'
import { rootOf, type Document } from '../../text/site.ts'
import type { Files, SourceFile } from '../../text/source.ts'
import { documentOf } from '../document.ts'
import { emptyDocument } from '../empty-document.ts'
import { introspected } from './introspection.ts'
import { inputSchema, resultSchema, schemasOf } from './json-schema.ts'
import { lazily } from './lazily.ts'
import { parsedGraphql } from './parsed-graphql.ts'
import { fieldsOf, inputFieldsOf, typesOf, valuesOf, type GraphqlTypes } from './types.ts'

/** A GraphQL schema, whether it was written as SDL or came from introspection. */
export interface SchemaDocument {
  /**
   * The schema as JSON Schema: `$defs/<Type>`, and the fields of the root types as
   * `<query|mutation|subscription>/<field>/result` and `.../arguments/<name>`. Its positions are those of the real file.
   */
  readonly document: Document
  readonly definitions: readonly DefinitionNode[]
  readonly types: GraphqlTypes
  /** Problems of syntax. */
  readonly diagnostics: readonly Diagnostic[]
  /** Where the name of a definition, field, argument or value stands. */
  readonly originOf: (node: Named) => Origin
}

type Named = ASTNode & { readonly name: NameNode }

/** Parses a schema file once; remembered by the file's identity. */
export function schemaDocument(files: Files, file: SourceFile): SchemaDocument {
  const known = remembered.get(file)
  if (known !== undefined) return known
  const created =
    /^\s*\{\s*"/.test(file.text) || /\.(json|ya?ml)$/i.test(file.path)
      ? fromIntrospection(files, file)
      : fromSdl(file)
  remembered.set(file, created)
  return created
}

const remembered = new WeakMap<SourceFile, SchemaDocument>()

/** The schema that a contract's root document was made from; `undefined` for other documents. */
export function schemaOf(document: Document): SchemaDocument | undefined {
  const known = remembered.get(document.file)
  return known?.document === document ? known : undefined
}

function fromSdl(file: SourceFile): SchemaDocument {
  const { definitions, problems } = parsedGraphql(file.text)
  const placeOf = (node: Named): Place => {
    const { loc } = node.name
    return { kind: 'offsets', start: loc?.start ?? 0, end: loc?.end ?? 0 }
  }
  const locate = (places: readonly Place[]): readonly Range[] =>
    rangesAt(
      file.text,
      places.map((place): Offsets => (place.kind === 'offsets' ? place : { start: 0, end: 0 })),
    )
  const { document, ...created } = create(file, definitions, placeOf, locate)
  const diagnostics = problems.map(({ problem, start, end }) =>
    diagnostic('TL1001', { source: document, place: { kind: 'offsets', start, end } }, { problem }),
  )
  return { ...created, document, diagnostics }
}

function fromIntrospection(files: Files, file: SourceFile): SchemaDocument {
  const { document: json = emptyDocument(file), diagnostics } = documentOf(files, file.path)
  const { definitions, pathOf } = introspected(rootOf(json))
  const placeOf = (node: Named): Place => ({
    kind: 'value',
    path: [...(pathOf(node) ?? []), 'name'],
  })
  return { ...create(file, definitions, placeOf, (places) => json.locate(places)), diagnostics }
}

function create(
  file: SourceFile,
  definitions: readonly DefinitionNode[],
  placeOf: (node: Named) => Place,
  locate: (places: readonly Place[]) => readonly Range[],
): Omit<SchemaDocument, 'diagnostics'> {
  const types = typesOf(definitions)
  const start: Place = { kind: 'offsets', start: 0, end: 0 }
  const document: Document = {
    file,
    value: valueOf(types),
    dialect: 'json-schema-2020-12',
    base: file.path,
    open: () => undefined,
    locate: (places) =>
      locate(
        places.map((place) => {
          if (place.kind === 'offsets') return place
          const node = nodeAt(types, place.path)
          return node === undefined ? start : placeOf(node)
        }),
      ),
  }
  return {
    document,
    definitions,
    types,
    originOf: (node) => ({ source: document, place: placeOf(node) }),
  }
}

function valueOf(types: GraphqlTypes): unknown {
  const fields = (root: string | undefined): unknown => {
    const all = root === undefined ? [] : fieldsOf(types.types.get(root))
    return lazily(
      all.map((field) => field.name.value),
      (_, index) => rootField(types, all[index]!),
    )
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: schemasOf(types),
    ...Object.fromEntries(
      Object.values(OperationTypeNode).map((operation) => [
        operation,
        fields(types.roots.get(operation)),
      ]),
    ),
  }
}

function rootField(types: GraphqlTypes, field: ReturnType<typeof fieldsOf>[number]): unknown {
  const all = field.arguments ?? []
  return {
    arguments: lazily(
      all.map((argument) => argument.name.value),
      (_, index) => inputSchema(types, all[index]!),
    ),
    result: resultSchema(types, field),
  }
}

/** The node that a path into the schema's value is about: as near as the path leads. */
function nodeAt({ types, roots }: GraphqlTypes, path: Path): Named | undefined {
  const [section, first, second, third, fourth, fifth] = path.map(String)
  if (section === undefined || first === undefined) return undefined
  if (section !== '$defs') {
    const rootTypes: ReadonlyMap<string, string> = roots
    const root = types.get(rootTypes.get(section) ?? '')
    const field = fieldsOf(root).find((one) => one.name.value === first)
    return (
      (second === 'arguments'
        ? field?.arguments?.find((one) => one.name.value === third)
        : undefined) ?? field
    )
  }
  const type = types.get(first)
  const part = type?.parts[0]
  if (type === undefined || part === undefined) return undefined
  if (second === 'enum') return valuesOf(type)[Number(third)] ?? part
  if (second !== 'properties') return part
  if (type.kind === 'input')
    return inputFieldsOf(type).find((one) => one.name.value === third) ?? part
  const field = fieldsOf(type).find((one) => one.name.value === third)
  const argument =
    fourth === 'arguments' ? field?.arguments?.find((one) => one.name.value === fifth) : undefined
  return argument ?? field ?? part
}
