import { useState } from 'react'
import type { ReferenceContent, ReferenceResponse } from '@throughline/core'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Segments } from '../../ui/segments.tsx'
import { BodyExamples } from './body-examples.tsx'
import { typeWords } from './field-words.ts'
import { placeOf, type OperationPart } from './operation-part.ts'
import { PartHead } from './part-head.tsx'
import { SchemaTree } from './schema-tree.tsx'
import { words } from './words.ts'

/** The answers, one at a time: the fields of screens first. */
export function OperationAnswers({ operation, lens, place, onPlace }: OperationPart) {
  const { responses, success } = operation
  const asked = responses.find(({ status }) => status === place.part)
  const response = asked ?? responses.find(({ status }) => status === success) ?? responses[0]
  const [type, setType] = useState<string>()
  if (!response)
    return (
      <section className="part" aria-label={words.answers}>
        <PartHead>{words.answers}</PartHead>
        <p className="quiet">{words.answersNothing}</p>
      </section>
    )
  const content = response.content.find((one) => one.type === type) ?? response.content[0]
  const isSuccess = response.status === success
  // The success answer is what an address without a part is about.
  const part = isSuccess ? undefined : response.status
  return (
    <section className="part" aria-label={words.answers}>
      <PartHead
        beside={
          responses.length > 1 && (
            <Segments
              label={words.answers}
              values={responses.map(({ status }) => [status, status])}
              value={response.status}
              onChange={(status) => onPlace(status === success ? {} : { part: status })}
            />
          )
        }
      >
        {words.answers}
      </PartHead>
      <AnswerNote response={response} content={content} />
      {response.content.length > 1 && content && (
        <Segments
          label={words.body}
          values={response.content.map((one) => [one.type, one.type])}
          value={content.type}
          onChange={setType}
        />
      )}
      {content?.root ? (
        <SchemaTree
          key={`${response.status} ${content.type}`}
          root={content.root}
          source={{
            kind: 'response',
            operation: operation.id,
            status: response.status,
            type: content.type,
          }}
          api={operation.api}
          lens={lens}
          asked={false}
          selected={place.part === part ? place.field : undefined}
          onSelect={(field) => onPlace(placeOf(part, field))}
          tellsUnused={isSuccess && content.root.usedInside > 0}
          needable={
            isSuccess
              ? {
                  operation: operation.id,
                  operationPath: operation.path,
                  method: operation.method,
                }
              : undefined
          }
        />
      ) : (
        <p className="quiet">{words.noBody}</p>
      )}
      {response.headers.length > 0 && (
        <div className="part-body">
          <p className="part-note">
            <b>{words.headers}</b>
          </p>
          <ul className="card parameters">
            {response.headers.map(({ name, field, description }) => (
              <li key={name}>
                <div className="field">
                  <div className="field-words">
                    <p className="field-head">
                      <code className="field-name">{name}</code>{' '}
                      <code className="field-type">{typeWords(field, lens)}</code>
                    </p>
                    {description !== undefined && <Markdown text={description} />}
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </div>
      )}
      {content && <BodyExamples key={`examples ${response.status}`} content={content} />}
    </section>
  )
}

function AnswerNote({
  response: { description, designedBy },
  content,
}: {
  readonly response: ReferenceResponse
  readonly content: ReferenceContent | undefined
}) {
  return (
    <div className="part-note">
      {description !== undefined && <Markdown text={description} />}
      {content && <code>{content.type}</code>}
      {designedBy.length > 0 && (
        <p className="designed-by">
          {words.designedBy}{' '}
          {designedBy.map((one) => (
            <DataLink key={`${one.step} ${one.url}`} url={one.url}>
              <LineDash line={one.line} />
              <span>{one.title}</span>
            </DataLink>
          ))}
        </p>
      )}
    </div>
  )
}
