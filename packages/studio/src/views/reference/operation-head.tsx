import type { ReferenceOperation } from '@throughline/core'
import type { Lens } from '../../address.ts'
import { Markdown } from '../../ui/markdown.tsx'
import { Method } from '../../ui/method.tsx'
import { strings } from '../../strings.ts'
import { TestFound } from '../tests/test-marks.tsx'
import { words } from './words.ts'

/** What an operation is called in the words of who looks, where it is found, whose it is and how far it has come. */
export function OperationHead({
  operation,
  lens,
}: {
  readonly operation: ReferenceOperation
  readonly lens: Lens
}) {
  const { api, name, method, path, title, tags, stage, owner, ownerFrom, description } = operation
  return (
    <header className="operation-head">
      <p className="crumbs">
        {[api, ...tags.slice(0, 1)].join(' / ')}
        {owner !== undefined && <span>{words.owner(owner)}</span>}
        {ownerFrom && (
          <span className="quiet">{strings.journey.ownerFrom(ownerFrom.file, ownerFrom.line)}</span>
        )}
      </p>
      <h1>{lens === 'ux' || lens === 'frontend' ? (title ?? name) : name}</h1>
      <p className="operation-facts">
        <Method method={method} />
        <code className="operation-path">{path}</code>
        {lens !== 'ux' && title !== undefined && (
          <span>{lens === 'frontend' ? <code>{name}</code> : title}</span>
        )}
        {stage !== 'live' && stage !== 'deprecated' && (
          <span className="tag">{words.stages[stage] ?? stage}</span>
        )}
        {operation.deprecated && (
          <span className="tag warn">
            {operation.sunset === undefined
              ? words.deprecated
              : words.deprecatedUntil(operation.sunset)}
          </span>
        )}
        {operation.missing > 0 && <span className="bad">{words.missing(operation.missing)}</span>}
        {lens === 'backend' && <code className="quiet">{operation.file}</code>}
      </p>
      <TestFound operation={operation.id} />
      {description !== undefined && <Markdown text={description} />}
    </header>
  )
}
