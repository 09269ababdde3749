import '../../ui/labelled-field.css'
import { useMutation } from '@tanstack/react-query'
import type { ReferenceOperation, TryAnswer, TryRequest } from '@throughline/core'
import { Play } from 'lucide-react'
import { useId, useState } from 'react'
import { CodeText, CopyButton } from '../../ui/code-text.tsx'
import { NeedGlyph } from '../../ui/glyph.tsx'
import { Segments } from '../../ui/segments.tsx'
import { tryIt } from './reference-api.ts'
import { words } from './words.ts'

const say = words.try

/** A first request, ready to be sent: what comes back, and whether it keeps the contract. */
export function TryIt({ operation }: { readonly operation: ReferenceOperation }) {
  const id = useId()
  const { draft, targets, parameters } = operation
  const [target, setTarget] = useState(targets[0]?.target ?? 'mock')
  const [values, setValues] = useState(() => startingValues(operation))
  const [body, setBody] = useState(draft.body)
  const [graphql, setGraphql] = useState(() =>
    operation.protocol === 'graphql' ? graphqlOf(draft.body) : undefined,
  )
  const { mutate, data: answer, error, isPending } = useMutation({ mutationFn: tryIt })
  const chosen = targets.find((one) => one.target === target)
  const fields = parameters.filter((one) => one.in in places)
  const sent = graphql && graphqlBody(graphql)
  const notJson = graphql !== undefined && sent === undefined
  const unfilled = fields.find((one) => one.in === 'path' && (values[keyOf(one)] ?? '') === '')

  return (
    <section className="try-it">
      <header className="part-head">
        <h2>{say.title}</h2>
        {targets.length > 1 && targets.length <= 3 && (
          <Segments
            label={say.target}
            values={targets.map((one) => [one.target, one.label])}
            value={target}
            onChange={setTarget}
          />
        )}
      </header>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!unfilled && !notJson)
            mutate(requestOf(operation, target, values, graphql ? sent : body))
        }}
      >
        {targets.length > 3 && (
          <label className="labelled-field">
            <span>{say.target}</span>
            <select value={target} onChange={(event) => setTarget(event.currentTarget.value)}>
              {targets.map((one) => (
                <option key={one.target} value={one.target}>
                  {one.label}
                </option>
              ))}
            </select>
          </label>
        )}
        {chosen && chosen.kind !== 'mock' && (
          <p className="try-warning">
            {say.live} <code>{chosen.base}</code>
          </p>
        )}
        {fields.map((one) => {
          const key = keyOf(one)
          const choices = one.field.enum?.filter((value) => /^"[^"\\]*"$/.test(value))
          const change = (value: string): void => setValues({ ...values, [key]: value })
          return (
            <label key={key} className="labelled-field">
              <span>
                <code>{one.name}</code> {one.required && <span>{words.field.ux.needed}</span>}
              </span>
              {choices && choices.length > 0 && choices.length <= 40 ? (
                <select
                  value={values[key] ?? ''}
                  onChange={(event) => change(event.currentTarget.value)}
                >
                  {!choices.includes(JSON.stringify(values[key] ?? '')) && (
                    <option value={values[key] ?? ''}>{values[key] ?? ''}</option>
                  )}
                  {choices.map((value) => (
                    <option key={value} value={value.slice(1, -1)}>
                      {value.slice(1, -1)}
                    </option>
                  ))}
                  {!one.required && values[key] !== '' && <option value="" aria-label="–" />}
                </select>
              ) : (
                <input
                  type="text"
                  value={values[key] ?? ''}
                  placeholder={one.field.type}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={(event) => change(event.currentTarget.value)}
                />
              )}
            </label>
          )
        })}
        {graphql ? (
          (['query', 'variables'] as const).map((part) => (
            <BodyField
              key={part}
              label={say[part]}
              value={graphql[part]}
              onChange={(value) => setGraphql({ ...graphql, [part]: value })}
            />
          ))
        ) : body !== undefined ? (
          <BodyField label={say.body} value={body} onChange={setBody} />
        ) : null}
        <button
          type="submit"
          className="button primary try-send"
          disabled={isPending || unfilled !== undefined || notJson}
          aria-describedby={unfilled && `${id}-unfilled`}
        >
          <Play size={13} aria-hidden="true" />
          {isPending ? say.sending : say.send}
        </button>
        {unfilled && (
          <p id={`${id}-unfilled`} className="quiet try-hint">
            {say.fill(unfilled.name)}
          </p>
        )}
        {notJson && <p className="try-failed">{say.notJson}</p>}
      </form>
      <div aria-live="polite">
        {error ? (
          <p className="try-failed" role="alert">
            <b>{say.failed}.</b> {error.message}
          </p>
        ) : answer ? (
          <Answer answer={answer} />
        ) : (
          <p className="quiet try-hint">{say.idle}</p>
        )}
      </div>
    </section>
  )
}

function BodyField({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  return (
    <label className="labelled-field">
      <span>{label}</span>
      <textarea
        value={value}
        rows={Math.min(16, Math.max(3, value.split('\n').length))}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  )
}

interface GraphqlText {
  readonly query: string
  readonly variables: string
}

/** A GraphQL body taken apart, so that the query can be read; `undefined` where it is no such body. */
function graphqlOf(body: string | undefined): GraphqlText | undefined {
  try {
    const value: unknown = JSON.parse(body ?? '')
    if (typeof value !== 'object' || value === null || !('query' in value)) return undefined
    if (typeof value.query !== 'string') return undefined
    const variables = 'variables' in value ? value.variables : {}
    return { query: value.query, variables: JSON.stringify(variables, null, 2) }
  } catch {
    return undefined
  }
}

/** `undefined` while the variables are not JSON. */
function graphqlBody({ query, variables }: GraphqlText): string | undefined {
  try {
    const value: unknown = JSON.parse(variables.trim() === '' ? '{}' : variables)
    return JSON.stringify({ query, variables: value })
  } catch {
    return undefined
  }
}

function Answer({ answer }: { readonly answer: TryAnswer }) {
  const { status, statusText, ms, bytes, matches, violations, described, headers } = answer
  const level = matches === false ? 'bad' : status >= 400 ? 'warn' : 'ok'
  return (
    <section className="code-card answer" aria-label={say.answer}>
      <header>
        {matches !== undefined && <NeedGlyph status={matches ? 'covered' : 'missing'} />}
        <b className={`answer-status ${level} num`} title={statusText}>
          {status}
        </b>
        <span className="code-note num">
          {words.ms(ms)} · {words.bytes(bytes)} ·{' '}
          {described === undefined
            ? say.undescribed
            : matches === undefined
              ? say.untold
              : matches
                ? say.matches
                : say.breaks(violations.length)}
        </span>
        <CopyButton text={answer.body} label={words.copy} />
      </header>
      {violations.length > 0 && (
        <ul className="answer-violations">
          {violations.slice(0, 20).map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code>{path === '' ? say.whole : path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      {answer.binary ? (
        <p className="code-foot quiet">{say.binary(words.bytes(bytes))}</p>
      ) : answer.body === '' ? (
        <p className="code-foot quiet">{say.noBody}</p>
      ) : (
        <CodeText text={prettyOf(answer.body)} label={say.answer} json />
      )}
      {answer.cut && <p className="code-foot quiet">{say.cut}</p>}
      <details className="answer-headers">
        <summary>{say.headers}</summary>
        <dl>
          {headers.map(({ name, value }) => (
            <div key={`${name} ${value}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}

/** Where a parameter stands in a request. Cookies stay with the browser, and arguments are in the body. */
const places = { path: 'pathParameters', query: 'query', header: 'headers' } as const

function keyOf(one: { readonly in: string; readonly name: string }): string {
  return `${one.in}:${one.name}`
}

function startingValues({
  parameters,
  draft,
}: ReferenceOperation): Readonly<Record<string, string>> {
  return Object.fromEntries(
    parameters.flatMap((one) => {
      if (!(one.in in places)) return []
      const group = draft[places[one.in as keyof typeof places]]
      const value = Object.hasOwn(group, one.name) ? group[one.name] : undefined
      return [[keyOf(one), typeof value === 'string' ? value : (value?.join(',') ?? '')]]
    }),
  )
}

/** What is sent: parameters left empty are left out; whatever else the draft has stays. */
function requestOf(
  { id, parameters, draft }: ReferenceOperation,
  target: string,
  values: Readonly<Record<string, string>>,
  body: string | undefined,
): TryRequest {
  const part = (where: keyof typeof places): Record<string, string> => {
    const known = parameters.filter((one) => one.in === where)
    const rest = Object.entries(draft[places[where]]).filter(
      ([name]) => !known.some((one) => one.name === name),
    )
    return Object.fromEntries([
      ...rest.map(([name, value]) => [name, typeof value === 'string' ? value : value.join(',')]),
      ...known.flatMap((one) => {
        const value = values[keyOf(one)] ?? ''
        return value === '' ? [] : [[one.name, value]]
      }),
    ]) as Record<string, string>
  }
  // A list keeps its several values as long as nobody changed them.
  const query = Object.fromEntries(
    Object.entries(part('query')).map(([name, value]) => {
      const drafted = draft.query[name]
      return [
        name,
        drafted !== undefined && typeof drafted !== 'string' && drafted.join(',') === value
          ? drafted
          : value,
      ]
    }),
  )
  return {
    operation: id,
    target,
    pathParameters: part('path'),
    query,
    headers: part('header'),
    ...(body !== undefined && body !== '' && { body }),
  }
}

function prettyOf(body: string): string {
  if (body.length > 200_000) return body
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
