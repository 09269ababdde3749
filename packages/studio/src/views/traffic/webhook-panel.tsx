import '../../ui/labelled-field.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Send } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Webhook, WebhookDelivery } from '../../client/studio-client.ts'
import { CodeText } from '../../ui/code-text.tsx'
import { DataLink } from '../../ui/data-link.tsx'
import { Method } from '../../ui/method.tsx'
import { Panel, PanelTitle, enterPanel } from '../../ui/panel.tsx'
import { sendWebhook, webhooksQuery } from './traffic-data.ts'
import { words } from './words.ts'

const said = words.webhook

/** Has the mock send a webhook or a callback now, to an address of this machine, and shows what was answered. */
export function WebhookPanel({
  id,
  onChoose,
  onClose,
}: {
  /** The one that is chosen; the first where there is no such one. */
  readonly id: string
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}) {
  const { data } = useQuery(webhooksQuery)
  useEffect(() => enterPanel(), [])
  const all = data?.webhooks ?? []
  const chosen = all.find((one) => one.id === id) ?? all[0]
  return (
    <Panel onClose={onClose} kind={<p className="kind">{said.kind}</p>}>
      <PanelTitle>{said.title}</PanelTitle>
      <p className="lead-text">{said.lead}</p>
      {chosen && (
        <>
          <label className="labelled-field">
            <span>{said.which}</span>
            <select
              value={chosen.id}
              onChange={({ currentTarget }) => onChoose(currentTarget.value)}
            >
              {all.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.id}
                </option>
              ))}
            </select>
          </label>
          <Sending key={chosen.id} webhook={chosen} />
        </>
      )}
      <Sent all={data?.sent ?? []} />
    </Panel>
  )
}

function Sending({ webhook }: { readonly webhook: Webhook }) {
  const { id, title, method, to, draft, steps } = webhook
  const [target, setTarget] = useState(lastTarget)
  const [body, setBody] = useState(draft)
  const queries = useQueryClient()
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () => {
      rememberTarget(target)
      return sendWebhook(queries, id, target, body === draft ? undefined : body)
    },
  })
  const notJson = body !== undefined && !isJson(body)
  return (
    <form
      className="webhook-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!notJson) mutate()
      }}
    >
      {title !== undefined && <p>{title}</p>}
      {to !== undefined && (
        <p className="quiet">
          {said.to} <code>{to}</code>
        </p>
      )}
      {steps.length > 0 && (
        <p>
          {said.setOff}{' '}
          {steps.map((one) => (
            <DataLink key={one.step} url={one.url} className="traffic-step-link">
              <span className={`line-dot line-${one.line}`} aria-hidden="true" />
              {one.title}
            </DataLink>
          ))}
        </p>
      )}
      <label className="labelled-field">
        <span>
          <Method method={method} /> {said.address}
        </span>
        <input
          type="url"
          required
          value={target}
          placeholder={EXAMPLE}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => setTarget(currentTarget.value)}
        />
      </label>
      {body !== undefined && (
        <label className="labelled-field">
          <span>{said.body}</span>
          <textarea
            value={body}
            rows={Math.min(16, Math.max(4, body.split('\n').length))}
            spellCheck={false}
            onChange={({ currentTarget }) => setBody(currentTarget.value)}
          />
        </label>
      )}
      {notJson && <p className="bad">{said.notJson}</p>}
      <button type="submit" className="button primary" disabled={isPending || notJson}>
        <Send size={13} aria-hidden="true" />
        {isPending ? said.sending : said.send}
      </button>
      <div aria-live="polite">
        {error ? (
          <p role="alert" className="bad">
            {error.message}
          </p>
        ) : (
          data && <Answer delivery={data} />
        )}
      </div>
    </form>
  )
}

function Answer({ delivery: { status, ms, body } }: { readonly delivery: WebhookDelivery }) {
  return (
    <section aria-label={said.answer}>
      <p>
        <b className={`status-badge ${levelOf(status)}`}>{status}</b>{' '}
        {ms !== undefined && <span className="quiet num">{words.ms(ms)}</span>}
      </p>
      {body === undefined ? (
        <p className="quiet">{said.noBody}</p>
      ) : (
        <CodeText text={body} label={said.answer} json={isJson(body)} />
      )}
    </section>
  )
}

function Sent({ all }: { readonly all: readonly WebhookDelivery[] }) {
  if (all.length === 0) return null
  return (
    <section>
      <h3 className="caps">{said.sent}</h3>
      <ul className="traffic-details">
        {all.slice(0, 20).map(({ name, url, status, problem }, index) => (
          // The same may be sent twice.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${name} ${index}`}>
            {status !== undefined && <b className={`status-badge ${levelOf(status)}`}>{status}</b>}{' '}
            <code>{name}</code> <bdi dir="ltr">{url}</bdi>{' '}
            {problem !== undefined && <span className="bad">{problem}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function levelOf(status: number | undefined): string {
  if (status === undefined || status >= 500) return 'bad'
  return status >= 400 ? 'warn' : status >= 300 ? 'plain' : 'ok'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const EXAMPLE = 'http://localhost:3000/hooks'
const KEPT = 'throughline.webhook-target'

/** Where the last one was sent: a team's receiver has one address. */
function lastTarget(): string {
  try {
    return localStorage.getItem(KEPT) ?? EXAMPLE
  } catch {
    return EXAMPLE
  }
}

function rememberTarget(target: string): void {
  try {
    localStorage.setItem(KEPT, target)
  } catch {
    // a browser that keeps nothing: it is asked for again
  }
}
