import type { ReferenceOperation } from '@throughline/core'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { PartHead } from './part-head.tsx'
import { words } from './words.ts'

/** The screens that call the operation, with what they need of it. */
export function OperationCallers({
  operation: { callers },
}: {
  readonly operation: ReferenceOperation
}) {
  return (
    <section className="part" aria-label={words.callers}>
      <PartHead>{words.callers}</PartHead>
      {callers.length === 0 ? (
        <p className="quiet">{words.callersNone}</p>
      ) : (
        <ul className="card callers">
          {callers.map((one) => (
            <li key={`${one.step} ${one.call}`}>
              <DataLink url={one.url}>
                <LineDash line={one.line} />
                <b>{one.title}</b>
              </DataLink>
              <span className="quiet">{one.journey}</span>
              <span className={one.missing > 0 ? 'bad num' : 'num'}>
                {words.callerNeeds(one.needs, one.missing)}
              </span>
              <span className="num">{one.budget !== undefined && words.ms(one.budget)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
