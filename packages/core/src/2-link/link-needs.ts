import type { NeedDeclaration } from '../1-parse/declarations.ts'
import type { GraphqlDocument, SelectedField } from '../operation/api.ts'
import { fieldsOf, findInAnswer } from '../operation/fields-of.ts'
import { successResponse, type Operation } from '../operation/operation.ts'
import type { FoundField } from '../schema/field.ts'
import { diagnostic, quoted } from '../text/diagnostic.ts'
import { originOf } from '../text/site.ts'
import { closest } from '../text/suggestion.ts'
import { closePaths, didYouMean } from './close-paths.ts'
import { joined, type Draft } from './draft.ts'
import { fieldOperation, type FoundOperation } from './find-operation.ts'
import type { CallId, FieldId, FieldNode, NeedId, NeedNode } from './graph.ts'
import { labelOf } from './label.ts'
import { operationIndexOf } from './operation-index.ts'

interface NeedingCall {
  readonly id: CallId
  readonly name: string
  /** `checkout/basket` */
  readonly step: string
  readonly found: FoundOperation
}

/** The needs of a call, each with the field it reads; a gap where the contract does not return it. */
export function linkNeeds(
  draft: Draft,
  call: NeedingCall,
  needs: readonly NeedDeclaration[],
): readonly NeedId[] {
  const ids: NeedId[] = []
  for (const { path, pathSite, label, why, absent } of needs) {
    const id: NeedId = `need:${call.name}/${path}`
    if (draft.nodes.has(id)) continue
    const field = linkField(draft, call, path, originOf(pathSite))
    const node: NeedNode = {
      kind: 'need',
      id,
      origin: originOf(pathSite),
      call: call.id,
      path,
      label: label ?? labelOf(path),
      field,
      ...(why !== undefined && { why }),
      ...(absent !== undefined && { absent }),
    }
    draft.nodes.set(id, node)
    joined(draft, 'needs', call.id, id)
    if (field !== undefined) joined(draft, 'reads', id, field)
    ids.push(id)
  }
  return ids
}

function linkField(
  draft: Draft,
  call: NeedingCall,
  path: string,
  origin: NeedNode['origin'],
): FieldId | undefined {
  if (call.found.operation === undefined) return undefined
  const answer = answerTo(draft, call.found, path)
  if (!('operation' in answer)) {
    const { operation } = call.found
    draft.diagnostics.push(
      diagnostic(
        'TL2003',
        origin,
        {
          step: call.step,
          need: quoted(path),
          operation: answered(operation, call.found),
          suggestion: answer.suggestion,
        },
        {
          subject: call.step,
          related: [related(operation)],
          fixes: [
            ...answer.replacements.map((replace) => ({
              title: `Change to \`${replace}\``,
              replace,
            })),
            {
              title: `Propose \`${path}\` to the owners of ${operation.api}`,
              propose: `need:${call.name}/${path}`,
            },
          ],
        },
      ),
    )
    return undefined
  }
  const { operation, found } = answer
  const status = successResponse(operation)?.status ?? '200'
  const id: FieldId = `field:${operation.api}.${operation.name}:${status}:${found.field.path}`
  if (!draft.nodes.has(id)) {
    const { schema } = found.field
    const node: FieldNode = {
      kind: 'field',
      id,
      origin: originOf(schema ?? operation.site),
      operation: operation.id,
      status,
      path: found.field.path,
      found,
    }
    draft.nodes.set(id, node)
    joined(draft, 'has', operation.id, id)
  }
  return id
}

type Answer =
  | { readonly operation: Operation; readonly found: FoundField }
  | { readonly suggestion: string; readonly replacements: readonly string[] }

/** Where a path leads: under the operation's answer, or for a document under the fields it asks for. */
function answerTo(draft: Draft, { operation, document }: FoundOperation, path: string): Answer {
  if (operation === undefined) return { suggestion: '', replacements: [] }
  if (document === undefined) return fieldAt(operation, path)
  const asked = askedFor(document, path)
  if (asked === undefined) return notAskedFor(operation, document, path)
  const api = draft.apis.find((one) => one.name === operation.api)
  const operations = api?.contract === undefined ? [] : operationIndexOf(api.contract).operations
  const owner = fieldOperation(operations, document.method, asked.operation)
  return owner === undefined ? { suggestion: '', replacements: [] } : fieldAt(owner, asked.field)
}

/** What a document selects under a path, in the contract's words (without aliases); also for an object on the way. */
function askedFor(
  { selected }: GraphqlDocument,
  path: string,
): Pick<SelectedField, 'operation' | 'field'> | undefined {
  const exact = selected.find((one) => one.path === path)
  if (exact !== undefined) return exact
  const inside = selected.find((one) => isBelow(one.path, path))
  if (inside === undefined) return undefined
  // Aliases change names, never how many there are: as many steps are left out at the end of both.
  const left = stepsOf(inside.path.slice(path.length)).length
  const steps = stepsOf(inside.field)
  return {
    operation: inside.operation,
    field: steps
      .slice(0, Math.max(0, steps.length - left))
      .join('')
      .replace(/^\./, ''),
  }
}

/** `.author`, `[]`, `.name`: a path as steps, each with what joins it to the one before. */
function stepsOf(path: string): readonly string[] {
  return path.match(/\[\]|\{\}|\.?[^.[{]+/g) ?? []
}

function notAskedFor(operation: Operation, document: GraphqlDocument, path: string): Answer {
  if (document.fields.length < 2 && 'operation' in fieldAt(operation, path)) {
    const advice = ` ${quoted(document.name)} does not ask for it: add it in ${document.file}.`
    return { suggestion: advice, replacements: [] }
  }
  const close = closest(path, document.selects)
  return { suggestion: didYouMean(close), replacements: close }
}

function fieldAt(operation: Operation, path: string): Answer {
  const found = findInAnswer(operation, path)
  if ('field' in found) return { operation, found }
  const close = closePaths(fieldsOf(operation), path, found)
  return { suggestion: didYouMean(close), replacements: close }
}

/** `GET /basket (200)`: what answers, as the contract says it. */
function answered(operation: Operation, { document }: FoundOperation): string {
  if (document !== undefined) return `${document.method} ${document.name}`
  if (operation.protocol === 'graphql') return `${operation.method} ${operation.path}`
  const status = successResponse(operation)?.status
  return `${operation.method} ${operation.path}${status === undefined ? '' : ` (${status})`}`
}

function related(operation: Operation): { origin: NeedNode['origin']; message: string } {
  const response = successResponse(operation)
  return response === undefined
    ? { origin: originOf(operation.site, 'key'), message: 'the operation is described here' }
    : { origin: originOf(response.site, 'key'), message: 'the response is described here' }
}

function isBelow(inner: string, outer: string): boolean {
  return inner.startsWith(outer) && /^[.[{]/.test(inner.slice(outer.length))
}
