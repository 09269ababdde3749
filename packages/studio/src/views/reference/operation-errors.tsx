import { PartHead } from './part-head.tsx'
import type { OperationPart } from './operation-part.ts'
import { words } from './words.ts'

/** How the operation fails, in the words of the contract; each leads to its answer. */
export function OperationErrors({
  operation: { errors },
  onPlace,
}: Pick<OperationPart, 'operation' | 'onPlace'>) {
  if (errors.length === 0) return null
  return (
    <section className="part" aria-label={words.errors}>
      <PartHead>{words.errors}</PartHead>
      <ul className="card errors">
        {errors.map(({ status, titles, description, types, problem }) => (
          <li key={status}>
            <button
              type="button"
              className="error-status mono"
              onClick={() => onPlace({ part: status })}
            >
              {status}
            </button>
            <span>
              <b>{titles.length > 0 ? titles.join(', ') : (description ?? words.errorNoTitle)}</b>
              {titles.length > 0 && description !== undefined && !titles.includes(description) && (
                <span className="quiet"> {description}</span>
              )}
              {types.length > 0 && (
                <span className="error-types">
                  {types.map((type) => (
                    <code key={type}>{type}</code>
                  ))}
                </span>
              )}
            </span>
            {problem && <span className="tag">{words.problemDetails}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
