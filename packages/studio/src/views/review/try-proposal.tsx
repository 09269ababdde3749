import { useMutation, useQuery } from '@tanstack/react-query'
import type { ThreadView } from '@throughline/core'
import { studio, workspaceQuery } from '../../api.ts'
import { CodeText } from '../../ui/code-text.tsx'
import { Copyable } from '../../ui/copyable.tsx'
import { operationQuery } from '../reference/reference-api.ts'
import { words } from './words.ts'

const say = words.proposal

/** The mock as if the proposal were merged: the header to send, and one call to look at. */
export function TryProposal({ thread: { id, touches, about } }: { readonly thread: ThreadView }) {
  const { data: overview } = useQuery(workspaceQuery)
  // A shared schema reaches many operations: the one that is asked for shows most.
  const name =
    touches.operations.find((one) => about.some((node) => node.id.includes(one))) ??
    touches.operations[0]
  const { data: operation } = useQuery({
    ...operationQuery(name ?? ''),
    enabled: name !== undefined,
    retry: false,
  })
  const ask = useMutation({
    mutationFn: () => {
      const draft = operation?.draft
      return studio.tryOperation({
        operation: name ?? '',
        target: 'mock',
        ...draft,
        headers: { ...draft?.headers, 'Throughline-Proposal': id },
      })
    },
  })
  if (overview === undefined) return null
  return (
    <section className="card try-proposal" aria-label={say.try}>
      <h2>{say.try}</h2>
      <p className="quiet">{say.tryLead}</p>
      <Copyable text={`Throughline-Proposal: ${id}`} />
      {operation && name !== undefined && (
        <button
          type="button"
          className="button small"
          disabled={ask.isPending}
          onClick={() => ask.mutate()}
        >
          {say.tryNow(operation.path === '' ? name : `${operation.method} ${operation.path}`)}
        </button>
      )}
      {ask.error && (
        <p role="alert" className="edit-problem">
          {say.tryFailed(ask.error.message)}
        </p>
      )}
      {ask.data && (
        <div className="code-card" role="status">
          <header>
            <b>{say.answered(ask.data.status)}</b>
          </header>
          <CodeText text={printed(ask.data.body)} label={say.answered(ask.data.status)} json />
        </div>
      )}
    </section>
  )
}

function printed(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
