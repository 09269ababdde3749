import { useQuery } from '@tanstack/react-query'
import type {
  ReferenceContent,
  ReferenceOperation,
  ReferenceParameter,
  ReferenceResponse,
} from '@throughline/core'
import { ChevronLeft } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { ApiProblem, workspaceQuery } from '../../api.ts'
import type { Lens } from '../../address.ts'
import { CodeText, CopyButton } from '../../ui/code-text.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { LineDash } from '../../ui/glyph.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Method } from '../../ui/method.tsx'
import { Prose } from '../../ui/prose.tsx'
import { Segments } from '../../ui/segments.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { strings } from '../../strings.ts'
import { Link, useSearch } from '@tanstack/react-router'
import { Comments } from '../review/comments.tsx'
import { TestFound } from '../tests/test-marks.tsx'
import { HistoryView } from '../review/history-view.tsx'
import { CodeSamples } from './code-samples.tsx'
import { typeWords } from './field-words.ts'
import { operationQuery, type TreeSource } from './reference-api.ts'
import { SchemaTree } from './schema-tree.tsx'
import type { ReferenceSearch } from './search.ts'
import { TryIt } from './try-it.tsx'
import { words } from './words.ts'

interface PartProps {
  readonly operation: ReferenceOperation
  readonly lens: Lens
  readonly place: ReferenceSearch
  readonly onPlace: (place: ReferenceSearch) => void
}

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
        <Head operation={operation} lens={lens} />
        <Asks {...part} />
        <Answers key={`answers ${operation.id}`} {...part} />
        <Errors operation={operation} onPlace={onPlace} />
        <Callers operation={operation} />
        <Security operation={operation} />
        <Past operation={operation} />
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

function Head({
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

function Heading({
  children,
  beside,
}: {
  readonly children: ReactNode
  readonly beside?: ReactNode
}) {
  return (
    <header className="part-head">
      <h2>{children}</h2>
      {beside}
    </header>
  )
}

/** Parameters and body: what a caller says. */
function Asks(part: PartProps) {
  const { operation, place } = part
  const { parameters, request } = operation
  const [type, setType] = useState<string>()
  const content = request?.content.find((one) => one.type === type) ?? request?.content[0]
  return (
    <section className="part" aria-label={words.asks}>
      <Heading>{words.asks}</Heading>
      {parameters.length === 0 && !request && <p className="quiet">{words.asksNothing}</p>}
      {parameters.length > 0 && (
        <ul className="card parameters">
          {parameters.map((one) => (
            <Parameter key={`${one.in}:${one.name}`} parameter={one} {...part} />
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
          {content && <Examples content={content} />}
        </div>
      )}
    </section>
  )
}

function Parameter({
  parameter,
  operation,
  lens,
  place,
  onPlace,
}: PartProps & { readonly parameter: ReferenceParameter }) {
  const { name, in: where, required, deprecated, description, field, sentBy, style } = parameter
  const key = `${where}:${name}`
  const current = place.part === key
  const say = words.field[lens]
  const source: TreeSource = { kind: 'parameter', operation: operation.id, parameter: key }
  return (
    <li>
      <div className={current && place.field === undefined ? 'field current' : 'field'}>
        <div className="field-words">
          <p className="field-head">
            <button
              type="button"
              className="field-name"
              aria-pressed={current}
              onClick={() => onPlace(current ? {} : { part: key })}
            >
              {name}
            </button>{' '}
            <code className="field-type">{typeWords(field, lens)}</code>{' '}
            <span className="field-presence">{required ? say.needed : say.free}</span>
            {lens !== 'ux' && (
              <span className="field-presence">
                {where}
                {style !== undefined && `, ${style}`}
              </span>
            )}
            {deprecated && <span className="tag warn">{words.deprecatedField}</span>}
          </p>
          {description !== undefined && <Markdown text={description} />}
          <p className="field-rules-line">
            {[
              ...field.constraints,
              ...(field.default === undefined ? [] : [`${words.default} ${field.default}`]),
              ...(field.enum && field.enum.length > 0
                ? [
                    `${words.oneOf} ${field.enum.slice(0, 8).join(', ')}${field.enum.length > 8 ? ', …' : ''}`,
                  ]
                : []),
            ].join(' · ')}
          </p>
          {field.hasChildren && field.children && (
            <SchemaTree
              root={field}
              source={source}
              api={operation.api}
              lens={lens}
              asked
              selected={current ? place.field : undefined}
              onSelect={(path) => onPlace(placeOf(key, path))}
            />
          )}
        </div>
        {sentBy.length > 0 && (
          <span className="field-users">
            {sentBy.slice(0, 3).map((one) => (
              <DataLink key={one.step} url={one.url}>
                <LineDash line={one.line} />
                <span>{one.title}</span>
              </DataLink>
            ))}
          </span>
        )}
      </div>
    </li>
  )
}

/** The answers, one at a time: the fields of screens first. */
function Answers({ operation, lens, place, onPlace }: PartProps) {
  const { responses, success } = operation
  const asked = responses.find(({ status }) => status === place.part)
  const response = asked ?? responses.find(({ status }) => status === success) ?? responses[0]
  const [type, setType] = useState<string>()
  if (!response)
    return (
      <section className="part" aria-label={words.answers}>
        <Heading>{words.answers}</Heading>
        <p className="quiet">{words.answersNothing}</p>
      </section>
    )
  const content = response.content.find((one) => one.type === type) ?? response.content[0]
  const isSuccess = response.status === success
  // The success answer is what an address without a part is about.
  const part = isSuccess ? undefined : response.status
  return (
    <section className="part" aria-label={words.answers}>
      <Heading
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
      </Heading>
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
      {content && <Examples key={`examples ${response.status}`} content={content} />}
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

/** Examples of a body, by name; a broken one says how it breaks its own schema. */
function Examples({ content: { type, examples } }: { readonly content: ReferenceContent }) {
  const [name, setName] = useState<string>()
  const example = examples.find((one) => one.name === name) ?? examples[0]
  if (!example) return null
  return (
    <div className="part-body">
      <div className="code-card">
        <header>
          {examples.length > 1 ? (
            <Segments
              label={words.example}
              values={examples.map((one) => [one.name, one.name])}
              value={example.name}
              onChange={setName}
            />
          ) : (
            <b>{words.example}</b>
          )}
          <span className="code-note">{example.generated ? words.generated : example.summary}</span>
          <CopyButton text={example.text} label={words.copy} />
        </header>
        {example.problems.length > 0 && (
          <div className="code-problems">
            <b>{words.invalid}</b>
            <ul>
              {example.problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </div>
        )}
        <CodeText text={example.text} label={words.example} json={/json|graphql/.test(type)} />
        {example.cut && <p className="code-foot quiet">{words.cut}</p>}
      </div>
    </div>
  )
}

function Errors({
  operation: { errors },
  onPlace,
}: {
  readonly operation: ReferenceOperation
  readonly onPlace: (place: ReferenceSearch) => void
}) {
  if (errors.length === 0) return null
  return (
    <section className="part" aria-label={words.errors}>
      <Heading>{words.errors}</Heading>
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

function Callers({ operation: { callers } }: { readonly operation: ReferenceOperation }) {
  return (
    <section className="part" aria-label={words.callers}>
      <Heading>{words.callers}</Heading>
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

function Security({ operation: { security } }: { readonly operation: ReferenceOperation }) {
  const ways = security.filter((all) => all.length > 0)
  if (ways.length === 0) return null
  return (
    <section className="part" aria-label={words.security}>
      <Heading>{words.security}</Heading>
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

/** What was said about it, and what happened to it when somebody wants to know. */
function Past({ operation: { id } }: { readonly operation: ReferenceOperation }) {
  const { as, history, ...rest } = useSearch({ from: '/reference' })
  return (
    <>
      <section className="part" aria-label={words.history}>
        <Heading>{words.history}</Heading>
        {history === 'open' ? (
          <HistoryView of={{ operation: id }} />
        ) : (
          <p>
            <Link
              to="/reference/$operation"
              params={{ operation: id }}
              search={{ ...rest, ...(as !== undefined && { as }), history: 'open' }}
              resetScroll={false}
              replace
              className="button small"
            >
              {words.showHistory}
            </Link>
          </p>
        )}
      </section>
      <section className="part">
        <Comments key={id} on={`op:${id}`} />
      </section>
    </>
  )
}

function placeOf(part: string | undefined, field: string | undefined): ReferenceSearch {
  return {
    ...(part !== undefined && { part }),
    ...(field !== undefined && field !== '' && { field }),
  }
}
