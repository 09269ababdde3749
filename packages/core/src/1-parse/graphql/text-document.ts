import { rangesAt, type Offsets } from '../../text/positions.ts'
import type { Document } from '../../text/site.ts'
import type { SourceFile } from '../../text/source.ts'

/** A file without values of its own; what `spans` names stands at those offsets. */
export function textDocument(file: SourceFile, spans: ReadonlyMap<string, Offsets>): Document {
  return {
    file,
    value: Object.fromEntries([...spans.keys()].map((name) => [name, name])),
    dialect: 'json-schema-2020-12',
    base: file.path,
    open: () => undefined,
    locate: (places) =>
      rangesAt(
        file.text,
        places.map((place) =>
          place.kind === 'offsets'
            ? place
            : (spans.get(String(place.path[0])) ?? { start: 0, end: 0 }),
        ),
      ),
  }
}
