import type { ReferenceOperation } from '@throughline/core'
import { PartHead } from './part-head.tsx'
import { words } from './words.ts'

/** Who may call the operation: each line one way in. */
export function OperationSecurity({
  operation: { security },
}: {
  readonly operation: ReferenceOperation
}) {
  const ways = security.filter((all) => all.length > 0)
  if (ways.length === 0) return null
  return (
    <section className="part" aria-label={words.security}>
      <PartHead>{words.security}</PartHead>
      <ul className="security">
        {ways.map((all) => (
          <li key={all.map(({ scheme }) => scheme).join(' ')}>
            {all.map(({ scheme, scopes, words: said }) => (
              <span key={scheme}>
                {said} <code>{scheme}</code>
                {scopes.length > 0 && <> {words.scopes(scopes.join(', '))}</>}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
