import { useQuery } from '@tanstack/react-query'
import type { TrafficCall, TrafficWhy } from '@throughline/core'
import { ArrowRight } from 'lucide-react'
import { useEffect } from 'react'
import { ApiProblem } from '../../api.ts'
import { CodeText, CopyButton } from '../../ui/code-text.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { Method } from '../../ui/method.tsx'
import { Facts, Note, Panel, PanelTitle, enterPanel } from '../../ui/panel.tsx'
import { strings } from '../../strings.ts'
import { StatusBadge } from './status-badge.tsx'
import { whyQuery } from './traffic-data.ts'
import { words } from './words.ts'

const said = words.panel

/** Why one call was answered as it was, and how to get the same answer again. */
export function TrafficPanel({
  id,
  call,
  enter,
  onClose,
}: {
  readonly id: string
  /** What the list knows of it already. */
  readonly call: TrafficCall | undefined
  /** Whether the reader goes into the panel: it was opened just now. */
  readonly enter: boolean
  readonly onClose: () => void
}) {
  const { data: why, error } = useQuery(whyQuery(id))
  const known = why ?? call
  const isGone = error instanceof ApiProblem && error.status === 404
  useEffect(() => {
    if (enter) enterPanel()
  }, [enter])
  return (
    <Panel
      onClose={onClose}
      kind={
        <p className="kind">
          {known === undefined ? (
            words.title
          ) : (
            <>
              <Method method={known.method} /> <StatusBadge call={known} />
            </>
          )}
        </p>
      }
    >
      <PanelTitle>{known?.url ?? (isGone ? said.gone : words.title)}</PanelTitle>
      {why !== undefined ? (
        <Why why={why} />
      ) : error ? (
        <p className="lead-text" role="alert">
          {isGone ? said.goneHint : error.message}
        </p>
      ) : (
        <p role="status" aria-label={strings.loading}>
          <span className="bone wide" />
        </p>
      )}
    </Panel>
  )
}

function Why({ why }: { readonly why: TrafficWhy }) {
  return (
    <>
      <p className="lead-text">{why.why}.</p>
      <Facts
        rows={[
          [
            said.operation,
            why.route === undefined ? (
              words.noOperation
            ) : (
              <DataLink key="operation" url={why.route.url}>
                <code>{why.route.operation}</code>
              </DataLink>
            ),
          ],
          [
            said.steps,
            why.steps.length === 0
              ? words.noStep
              : why.steps.map((one) => (
                  <DataLink key={one.step} url={one.url} className="traffic-step-link">
                    <span className={`line-dot line-${one.line}`} aria-hidden="true" />
                    {one.title}
                  </DataLink>
                )),
          ],
          [
            said.took,
            `${why.fault === 'timeout' ? words.never : words.ms(why.ms)}${why.delay === undefined ? '' : `, ${said.delay(words.ms(why.delay))}`}`,
          ],
          [said.when, new Date(why.at).toLocaleString('en')],
          [
            said.session,
            why.session === undefined ? said.everybody : <code key="session">{why.session}</code>,
          ],
        ]}
      />
      {why.nearest.length > 0 && (
        <section>
          <h3 className="caps">{said.nearest}</h3>
          <ul className="traffic-details">
            {why.nearest.map((one) => (
              <li key={one}>
                <code>{one}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Validation why={why} />
      <Details title={said.decided} items={why.decisions} />
      {why.replay && (
        <section className="traffic-replay">
          <h3 className="caps">{said.again}</h3>
          <CodeText text={why.replay.curl} label={said.curl} />
          <CopyButton text={why.replay.curl} label={said.copyCurl} />
          <p className="quiet">{why.replay.portable ? said.portable : said.notPortable}</p>
        </section>
      )}
      <Details title={said.notTaken} items={why.notTaken} />
      <Message title={said.request} message={why.request} />
      <Message title={said.response} message={why.response} />
      <nav className="panel-links" aria-label={strings.inspector.related}>
        {why.steps[0] && (
          <DataLink url={why.steps[0].url} className="button">
            {why.steps[0].title}
            <ArrowRight size={14} aria-hidden="true" />
          </DataLink>
        )}
      </nav>
    </>
  )
}

function Validation({ why: { validation, route } }: { readonly why: TrafficWhy }) {
  if (validation.result === 'invalid')
    return (
      <Note title={said.violations} tone="warn">
        {validation.violations.map(({ where, message }) => (
          <span key={`${where} ${message}`} className="traffic-violation">
            <code>{where}</code> {message}
          </span>
        ))}
      </Note>
    )
  if (route === undefined) return null
  return <p className="quiet">{validation.result === 'valid' ? said.valid : said.notChecked}</p>
}

function Details({
  title,
  items,
}: {
  readonly title: string
  readonly items: TrafficWhy['decisions']
}) {
  if (items.length === 0) return null
  return (
    <section>
      <h3 className="caps">{title}</h3>
      <ul className="traffic-details">
        {items.map(({ what, detail }) => (
          <li key={`${what} ${detail}`}>
            <b>{what}</b> {detail}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Message({
  title,
  message: { headers, body, bytes },
}: {
  readonly title: string
  readonly message: TrafficWhy['request']
}) {
  return (
    <details className="traffic-message">
      <summary>
        {title} <span className="quiet">{bytes === 0 ? said.noBody : said.bytes(bytes)}</span>
      </summary>
      {headers.length > 0 && (
        <dl className="traffic-headers" aria-label={`${title}: ${said.headers}`}>
          {headers.map(({ name, value }, index) => (
            // The same header may come twice.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={`${name} ${index}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {body !== undefined && (
        <CodeText text={prettied(body)} label={`${title}: ${said.body}`} json />
      )}
    </details>
  )
}

/** JSON with lines; what is none, or is cut, as it is. */
function prettied(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
