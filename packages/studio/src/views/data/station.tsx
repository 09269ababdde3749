import type { DataCaller, DataScreen } from '../../client/studio-client.ts'
import { DataLink } from '../../ui/data-link.tsx'

/** A step at the end of its journey's line; the line is broken where the data is not needed there. */
export function Station({
  of: { url, line, title, journey },
  needed = true,
}: {
  readonly of: DataScreen | DataCaller
  readonly needed?: boolean
}) {
  return (
    <DataLink url={url}>
      <span className={`data-line line-${line}${needed ? '' : ' unneeded'}`} aria-hidden="true" />
      <span>
        <b>{title}</b>
        <small>{journey}</small>
      </span>
    </DataLink>
  )
}
