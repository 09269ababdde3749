import { nodeOf } from '../2-link/ask.ts'
import type { CallNode, Graph, StateNode } from '../2-link/graph.ts'
import { child, isObject, pathOf } from '../text/site.ts'
import { jsonPathTo } from './json-path-to.ts'
import { draftOf, type NoDraft, type ProposalDraft } from './proposal-draft.ts'

/**
 * What to propose so that a contract documents the status that a step designs a state for (TL2009): a response with
 * problem+json (RFC 9457), in the words of the state. A state of a whole step is proposed to one of its calls.
 */
export function proposalForState(
  graph: Graph,
  id: string,
  call?: CallNode['id'],
): ProposalDraft | NoDraft {
  const state = nodeOf(graph, 'state', id as StateNode['id'])
  if (state === undefined) return { refused: `The workspace has no state \`${id}\`.` }
  const status = /^[1-5](?:\d\d|xx)$/i.exec(state.condition)?.[0].toUpperCase()
  if (status === undefined)
    return {
      refused: `\`${state.condition}\` is nothing that a contract documents: only statuses are.`,
    }
  const asked = nodeOf(graph, 'call', call ?? (state.on as CallNode['id']))
  if (asked === undefined)
    return {
      refused: 'The state stands on the whole step: say which of its calls should document it.',
    }
  const operation = nodeOf(graph, 'operation', asked.operation)
  if (operation === undefined || operation.protocol === 'graphql')
    return { refused: 'Overlays change OpenAPI contracts, and this call has none.' }
  if (operation.responses().some((one) => one.status === status))
    return { refused: `${operation.method} ${operation.path} documents ${status} already.` }
  const { site } = operation
  const isOld = site.document.dialect === 'swagger-2.0'
  const schema = {
    type: 'object',
    required: ['type', 'title', 'status'],
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
    },
  }
  const response = {
    description: state.show ?? `What leads to the state ${state.condition}`,
    ...(isOld ? { schema } : { content: { 'application/problem+json': { schema } } }),
  }
  const target = jsonPathTo(pathOf(site))
  const hasResponses = isObject(child(site, 'responses')?.value)
  return draftOf(
    {
      title: `Document ${status} of ${operation.method} ${operation.path}`,
      why: `A state is designed for it${state.show === undefined ? '' : `: ${state.show}`}`,
      on: [state.id],
      file: site.document.file.path,
      notes: [],
    },
    hasResponses
      ? [{ target: `${target}.responses`, update: { [status]: response } }]
      : [{ target, update: { responses: { [status]: response } } }],
  )
}
