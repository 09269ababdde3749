import { useState } from 'react'
import { Markdown } from '../../ui/markdown.tsx'
import { Segments } from '../../ui/segments.tsx'
import { BodyExamples } from './body-examples.tsx'
import { OperationParameter } from './operation-parameter.tsx'
import { placeOf, type OperationPart } from './operation-part.ts'
import { PartHead } from './part-head.tsx'
import { SchemaTree } from './schema-tree.tsx'
import { words } from './words.ts'

/** Parameters and body: what a caller says. */
export function OperationAsks(part: OperationPart) {
  const { operation, place } = part
  const { parameters, request } = operation
  const [type, setType] = useState<string>()
  const content = request?.content.find((one) => one.type === type) ?? request?.content[0]
  return (
    <section className="part" aria-label={words.asks}>
      <PartHead>{words.asks}</PartHead>
      {parameters.length === 0 && !request && <p className="quiet">{words.asksNothing}</p>}
      {parameters.length > 0 && (
        <ul className="card parameters">
          {parameters.map((one) => (
            <OperationParameter key={`${one.in}:${one.name}`} parameter={one} {...part} />
          ))}
        </ul>
      )}
      {request && (
        <div className="part-body">
          <p className="part-note">
            <b>{words.body}</b> {words.bodyNeeded[request.required ? 'true' : 'false']}
            {content && <code>{content.type}</code>}
          </p>
          {request.description !== undefined && <Markdown text={request.description} />}
          {request.content.length > 1 && content && (
            <Segments
              label={words.body}
              values={request.content.map((one) => [one.type, one.type])}
              value={content.type}
              onChange={setType}
            />
          )}
          {content?.root && (
            <SchemaTree
              key={content.type}
              root={content.root}
              source={{ kind: 'request', operation: operation.id, type: content.type }}
              api={operation.api}
              lens={part.lens}
              asked
              selected={place.part === 'request' ? place.field : undefined}
              onSelect={(field) => part.onPlace(placeOf('request', field))}
            />
          )}
          {content && <BodyExamples content={content} />}
        </div>
      )}
    </section>
  )
}
