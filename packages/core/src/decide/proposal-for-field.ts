import { nodeOf } from '../2-link/ask.ts'
import type { FieldNode, Graph, NeedNode, NodeId } from '../2-link/graph.ts'
import { operationIndexOf } from '../2-link/operation-index.ts'
import { findInAnswer } from '../operation/fields-of.ts'
import type { Operation } from '../operation/operation.ts'
import type { OverlayAction } from '../overlay/overlay.ts'
import { isObject, pathOf, type Site } from '../text/site.ts'
import { jsonPathTo } from './json-path-to.ts'
import { draftOf, type NoDraft, type ProposalDraft } from './proposal-draft.ts'
import { isSent, schemaOf } from './proposal-for-need.ts'

/**
 * What to propose so that a field always has a value (`always`: required and never null), or may be null (`nullable`). `id` is a
 * field, or a need that reads one (TL3003).
 */
export function proposalForField(
  graph: Graph,
  id: string,
  wanted: 'always' | 'nullable',
): ProposalDraft | NoDraft {
  const need = nodeOf(graph, 'need', id as NeedNode['id'])
  const field = nodeOf(graph, 'field', need === undefined ? (id as FieldNode['id']) : need.field)
  if (field === undefined) return { refused: `The workspace has no field \`${id}\`.` }
  const operation = nodeOf(graph, 'operation', field.operation)!
  if (operation.protocol === 'graphql')
    return { refused: 'Overlays change OpenAPI contracts, and this one is GraphQL.' }
  if (field.path.startsWith('header:') || /[\]}]$/.test(field.path))
    return { refused: `\`${field.path}\` is no property: only properties can be required or null.` }
  const found = wanted === 'nullable' ? toNullable(field) : toAlways(graph, operation, field)
  if ('refused' in found) return found
  const [title, why] =
    wanted === 'nullable'
      ? [`Let \`${field.path}\` of ${operation.method} ${operation.path} be null`, undefined]
      : [
          `Always return \`${field.path}\` from ${operation.method} ${operation.path}`,
          need === undefined
            ? undefined
            : (need.why ?? `A step shows it, and says nothing about its absence: ${need.label}.`),
        ]
  const on: readonly NodeId[] = [need?.id ?? field.id]
  return draftOf(
    { title, on, file: found.file, notes: [], ...(why !== undefined && { why }) },
    found.actions,
  )
}

interface Change {
  readonly file: string
  readonly actions: readonly OverlayAction[]
}

function toNullable({ found }: FieldNode): Change | NoDraft {
  const site = found.field.written
  if (found.field.nullable) return { refused: 'It may be null already.' }
  if (site === undefined || !isObject(site.value))
    return { refused: 'Several schemas describe it together: change it in the contract.' }
  return changed(site, nullableActions(site, site.value))
}

function nullableActions(
  site: Site,
  value: Readonly<Record<string, unknown>>,
): readonly OverlayAction[] | NoDraft {
  const target = jsonPathTo(pathOf(site))
  if (typeof value['$ref'] === 'string')
    return {
      refused:
        'It is described by a shared schema: a null there would reach every field that uses it.',
    }
  if (site.document.dialect !== 'json-schema-2020-12')
    return site.document.dialect === 'swagger-2.0'
      ? [{ target, update: { 'x-nullable': true } }]
      : [{ target, update: { nullable: true } }]
  const { type } = value
  if (Array.isArray(type)) return [{ target: `${target}.type`, update: ['null'] }]
  return typeof type === 'string'
    ? [
        // A list can't be merged into a word: it takes its place.
        { target: `${target}.type`, remove: true },
        { target, update: { type: [type, 'null'] } },
      ]
    : { refused: 'It has no `type` that null could be added to.' }
}

function toAlways(graph: Graph, operation: Operation, field: FieldNode): Change | NoDraft {
  const { required, nullable, written, name } = field.found.field
  if (required && !nullable) return { refused: 'It is always there already.' }
  const above = field.path.replace(/(^|\.)[^.]*$/, '')
  const parent = findInAnswer(operation, above)
  const holder = 'field' in parent ? schemaOf(parent.field) : undefined
  if (holder === undefined || !isObject(holder.value) || !isObject(holder.value['properties']))
    return { refused: 'Several schemas describe it together: change it in the contract.' }
  const contract = graph.apis.find((one) => one.name === operation.api)?.contract
  const operations = contract === undefined ? [] : operationIndexOf(contract).operations
  if (!required && isSent(operations, holder))
    return {
      refused:
        'Requests use the same schema, and would have to send it then. Describe the answer with a schema of its own first.',
    }
  const actions: OverlayAction[] = []
  if (!required) actions.push({ target: jsonPathTo(pathOf(holder)), update: { required: [name] } })
  if (nullable) {
    if (written === undefined || !isObject(written.value) || written.document !== holder.document)
      return { refused: 'Several schemas describe it together: change it in the contract.' }
    const target = jsonPathTo(pathOf(written))
    if (Array.isArray(written.value['type']))
      actions.push({ target: `${target}.type[?@ == 'null']`, remove: true })
    else if (written.value['nullable'] === true)
      actions.push({ target: `${target}.nullable`, remove: true })
    else return { refused: 'A shared schema says that it may be null: change it in the contract.' }
  }
  return changed(holder, actions)
}

function changed(site: Site, actions: readonly OverlayAction[] | NoDraft): Change | NoDraft {
  return 'refused' in actions ? actions : { file: site.document.file.path, actions }
}
