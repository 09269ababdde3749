import {
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import type { SelectedField, SentArgument } from '../../operation/api.ts'
import { diagnostic, quoted, type Diagnostic } from '../../text/diagnostic.ts'
import type { Offsets } from '../../text/positions.ts'
import type { Document } from '../../text/site.ts'
import { suggestion } from '../../text/suggestion.ts'
import type { SchemaDocument } from './schema-document.ts'
import { fieldsOf, listsOf, namedTypeOf, type GraphqlType } from './types.ts'

export interface Fragment {
  readonly definition: FragmentDefinitionNode
  /** The file it stands in. */
  readonly source: Document
}

export interface Selection {
  /** Top-level fields as the contract names them, in order, each once. */
  readonly fields: readonly string[]
  readonly selected: readonly SelectedField[]
  /** Every argument that it sends. */
  readonly sends: readonly SentArgument[]
  /** The fragments it uses, each once. */
  readonly fragments: readonly FragmentDefinitionNode[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Fragments can make a short text select very much; past this many fields, the rest is left out. */
const mostSelected = 20_000
const deepest = 100

/** What an operation of a document asks for: fragments followed (loops end), aliases kept, `__typename` left out. */
export function selectionOf(
  name: string,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, Fragment>,
  schema: SchemaDocument,
  api: string,
  document: Document,
): Selection {
  const root = schema.types.roots.get(operation.operation)
  const walk: Walk = {
    name,
    api,
    schema,
    fragments,
    used: new Map(),
    found: new Map(),
    fields: new Set(),
    sends: new Map(),
    diagnostics: new Map(),
    visits: 0,
  }
  if (root === undefined) {
    report(walk, document, operation.loc, `a ${operation.operation}`, [])
  } else {
    select(
      walk,
      operation.selectionSet,
      schema.types.types.get(root),
      { source: document, through: [] },
      undefined,
    )
  }
  const several = new Set([...walk.found.values()].map((one) => one.key)).size > 1
  const selected = [...walk.found.values()].flatMap(
    ({ key, path, operation, field }): readonly SelectedField[] => {
      if (several)
        return [
          {
            path: path.startsWith('[') || path === '' ? `${key}${path}` : `${key}.${path}`,
            operation,
            field,
          },
        ]
      return path === '' ? [] : [{ path, operation, field }]
    },
  )
  return {
    fields: [...walk.fields],
    selected,
    sends: [...walk.sends.values()],
    fragments: [...walk.used.values()],
    diagnostics: [...walk.diagnostics.values()],
  }
}

interface Walk {
  readonly name: string
  readonly api: string
  readonly schema: SchemaDocument
  readonly fragments: ReadonlyMap<string, Fragment>
  readonly used: Map<string, FragmentDefinitionNode>
  /** By top-level key and path. */
  readonly found: Map<string, Under & { readonly field: string }>
  readonly fields: Set<string>
  /** By field and name: a fragment may be walked many times. */
  readonly sends: Map<string, SentArgument>
  /** By place, because a fragment may be walked many times. */
  readonly diagnostics: Map<string, Diagnostic>
  visits: number
}

/** Where in the answer we are: the top-level field, its key in `data`, the path below with aliases and without. */
interface Under {
  readonly key: string
  readonly operation: string
  readonly path: string
  readonly field: string
}

/** Which file we are in, and the fragments that led here. */
interface Here {
  readonly source: Document
  readonly through: readonly string[]
}

function select(
  walk: Walk,
  set: SelectionSetNode,
  type: GraphqlType | undefined,
  here: Here,
  under: Under | undefined,
): void {
  if (type === undefined || here.through.length > deepest) return
  for (const selection of set.selections) {
    if (++walk.visits > mostSelected) return
    if (selection.kind === Kind.FIELD) {
      selectField(walk, selection, type, here, under)
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = selection.typeCondition
        ? typeNamed(walk, selection.typeCondition.name, here)
        : type
      select(walk, selection.selectionSet, inner, here, under)
    } else {
      const name = selection.name.value
      const fragment = walk.fragments.get(name)
      if (fragment === undefined) unknownFragment(walk, here, name, selection.name.loc)
      if (fragment === undefined || here.through.includes(name)) continue
      walk.used.set(name, fragment.definition)
      const within = { source: fragment.source, through: [...here.through, name] }
      select(
        walk,
        fragment.definition.selectionSet,
        typeNamed(walk, fragment.definition.typeCondition.name, within),
        within,
        under,
      )
    }
  }
}

function selectField(
  walk: Walk,
  node: FieldNode,
  type: GraphqlType,
  here: Here,
  under: Under | undefined,
): void {
  const name = node.name.value
  if (name.startsWith('__')) return
  const fields = fieldsOf(type)
  const field = fields.find((one) => one.name.value === name)
  if (field === undefined) {
    report(
      walk,
      here.source,
      node.name.loc,
      `${quoted(name)} of ${quoted(type.name)}`,
      fields.map((one) => one.name.value),
      name,
    )
    return
  }
  for (const argument of node.arguments ?? []) {
    const known = (field.arguments ?? []).map((one) => one.name.value)
    const asked = argument.name.value
    if (!known.includes(asked))
      report(
        walk,
        here.source,
        argument.name.loc,
        `the argument ${quoted(asked)} of ${quoted(name)}`,
        known,
        asked,
      )
  }
  const key = node.alias?.value ?? name
  const lists = listsOf(field.type)
  const inner: Under =
    under === undefined
      ? { key, operation: name, path: lists, field: lists }
      : {
          ...under,
          path: joined(under.path, key) + lists,
          field: joined(under.field, name) + lists,
        }
  if (under === undefined) walk.fields.add(name)
  for (const argument of node.arguments ?? []) {
    const sent: SentArgument = {
      operation: inner.operation,
      field: under === undefined ? '' : joined(under.field, name),
      name: argument.name.value,
    }
    walk.sends.set([sent.operation, sent.field, sent.name].join('\n'), sent)
  }
  const at =
    lists.length > 0 && under !== undefined
      ? {
          ...inner,
          path: inner.path.slice(0, -lists.length),
          field: inner.field.slice(0, -lists.length),
        }
      : inner
  walk.found.set(
    `${inner.key}\n${at.path}`,
    under === undefined ? { ...inner, path: '', field: '' } : at,
  )
  if (node.selectionSet) {
    select(
      walk,
      node.selectionSet,
      walk.schema.types.types.get(namedTypeOf(field.type).name.value),
      here,
      inner,
    )
  }
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function typeNamed(
  walk: Walk,
  { value, loc }: { readonly value: string; readonly loc?: Offsets | undefined },
  here: Here,
): GraphqlType | undefined {
  const { types } = walk.schema.types
  const type = types.get(value)
  if (type === undefined)
    report(walk, here.source, loc, `the type ${quoted(value)}`, [...types.keys()], value)
  return type
}

function report(
  walk: Walk,
  source: Document,
  loc: Offsets | undefined,
  field: string,
  known: readonly string[],
  written?: string,
): void {
  const [start, end] = [loc?.start ?? 0, loc?.end ?? 0]
  const key = `${source.file.path}\n${start}\n${field}`
  if (walk.diagnostics.has(key)) return
  const details = {
    document: quoted(walk.name),
    field,
    api: quoted(walk.api),
    suggestion: written === undefined ? '' : suggestion(written, known),
  }
  walk.diagnostics.set(
    key,
    diagnostic('TL2014', { source, place: { kind: 'offsets', start, end } }, details, {
      subject: `${walk.api}.${walk.name}`,
    }),
  )
}

function unknownFragment(
  walk: Walk,
  { source }: Here,
  name: string,
  loc: Offsets | undefined,
): void {
  const [start, end] = [loc?.start ?? 0, loc?.end ?? 0]
  const hint = suggestion(name, walk.fragments.keys()) || ' Define it in one of the documents.'
  walk.diagnostics.set(
    `${source.file.path}\n${start}`,
    diagnostic(
      'TL1005',
      { source, place: { kind: 'offsets', start, end } },
      { reference: quoted(`...${name}`), reason: `names no fragment of these documents.${hint}` },
    ),
  )
}
