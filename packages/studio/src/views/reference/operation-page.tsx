import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import type { Lens } from '../../address.ts'
import { DataLink } from '../../ui/data-link.tsx'
import { Prose } from '../../ui/prose.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { CodeSamples } from './code-samples.tsx'
import { OperationAnswers } from './operation-answers.tsx'
import { OperationAsks } from './operation-asks.tsx'
import { OperationCallers } from './operation-callers.tsx'
import { OperationErrors } from './operation-errors.tsx'
import { OperationHead } from './operation-head.tsx'
import { OperationPast } from './operation-past.tsx'
import { OperationSecurity } from './operation-security.tsx'
import { operationQuery } from './reference-api.ts'
import type { ReferenceSearch } from './search.ts'
import { TryIt } from './try-it.tsx'
import { words } from './words.ts'

/** All about one operation, with a way to try it beside it. */
export function OperationPage({
  id,
  lens,
  place,
  onPlace,
}: {
  readonly id: string
  readonly lens: Lens
  readonly place: ReferenceSearch
  readonly onPlace: (place: ReferenceSearch) => void
}) {
  const { data: overview } = useQuery(workspaceQuery)
  const { data: operation, error, refetch } = useQuery(operationQuery(id))
  useTitle(operation?.title ?? id, overview?.name)
  if (!operation) {
    if (error instanceof ApiProblem && error.status === 404)
      return (
        <Middle>
          <div className="empty-card">
            <h1>
              <Prose text={words.gone.title(id)} />
            </h1>
            <p>{words.gone.text}</p>
          </div>
        </Middle>
      )
    if (error && !(error instanceof ApiProblem && error.status === 0))
      return (
        <Middle>
          <div className="empty-card" role="alert">
            <h1>{strings.failed.title}</h1>
            <p>{strings.failed.text(error.message)}</p>
            <button type="button" className="button" onClick={() => void refetch()}>
              {strings.failed.again}
            </button>
          </div>
        </Middle>
      )
    return (
      <Middle>
        <div role="status" aria-label={strings.loading} className="reference-bones">
          <span className="bone" />
          <span className="bone title" />
          <span className="bone wide" />
          <span className="bone wide" />
        </div>
      </Middle>
    )
  }
  const part = { operation, lens, place, onPlace }
  return (
    <>
      <Middle>
        <OperationHead operation={operation} lens={lens} />
        <OperationAsks {...part} />
        <OperationAnswers key={`answers ${operation.id}`} {...part} />
        <OperationErrors operation={operation} onPlace={onPlace} />
        <OperationCallers operation={operation} />
        <OperationSecurity operation={operation} />
        <OperationPast operation={operation} />
      </Middle>
      <aside className="beside" aria-label={words.try.title}>
        <TryIt key={operation.id} operation={operation} />
        <CodeSamples operation={operation} />
      </aside>
    </>
  )
}

function Middle({ children }: { readonly children: ReactNode }) {
  return (
    <main id="page" tabIndex={-1} className="operation-page">
      <DataLink url="/reference" className="to-list">
        <ChevronLeft size={14} aria-hidden="true" />
        {words.toList}
      </DataLink>
      {children}
    </main>
  )
}
