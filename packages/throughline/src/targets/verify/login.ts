import { nodeOf, nodesOfKind, seededChoices, type Graph, type Operation } from '@throughline/core'
import { CannotRun } from '../../cannot-run.ts'
import { caseOf } from './case.ts'
import { jsonOf, type Exchange, type Send } from './exchange.ts'
import type { HeaderList } from './identities.ts'
import { bodyContent, usualRequest } from './usual-request.ts'

/**
 * Signs in as a person does: the calls of a step (`account/sign-in`), or one operation (`store.createSession`), with what is given as the
 * body. Cookies and the token of the answers are the credentials. Throws `CannotRun` (TL9003, TL9004) where that gives none.
 */
export async function fromLogin(
  graph: Graph,
  name: string,
  {
    send,
    body,
    of = `--login ${name}`,
    from = '--login-data',
  }: {
    readonly send: Send
    readonly body: unknown
    /** How messages call who asked, and where it says what is sent. */
    readonly of?: string
    readonly from?: string
  },
): Promise<HeaderList> {
  const operations = operationsOf(graph, name, of)
  const cookies = new Map<string, string>()
  let token: string | undefined
  for (const operation of operations) {
    const said = usualRequest(operation, { choices: seededChoices(`login ${name}`) })
    const content = bodyContent(operation)
    const one = caseOf({
      operation,
      phase: 'journeys',
      name: 'login',
      said: {
        ...said,
        ...(content !== undefined && body !== undefined && { body: { content, value: body } }),
      },
    })
    if (one === undefined) continue
    const own = headersOf(cookies, token)
    const exchange = await send(own.length === 0 ? one : { ...one, credentials: own })
    const { outcome } = exchange
    if (outcome.kind === 'failed' || outcome.status >= 400)
      throw new CannotRun(
        'TL9004',
        `\`${of}\`: ${operation.method} ${operation.path} ${outcome.kind === 'failed' ? `gave no answer: ${outcome.message}` : `answered ${outcome.status}`}. What it sends comes from ${from}.`,
      )
    cookiesOf(exchange, cookies)
    token = tokenIn(jsonOf(exchange), 0) ?? token
  }
  const headers = headersOf(cookies, token)
  if (headers.length === 0)
    throw new CannotRun(
      'TL9004',
      `\`${of}\`: no answer has a cookie or a token (\`access_token\`, \`token\`, \`jwt\` ...).`,
    )
  return headers
}

function operationsOf(graph: Graph, name: string, of: string): readonly Operation[] {
  const steps = [...nodesOfKind(graph, 'step')]
  const step = steps.find((one) => one.name === name)
  const rest = (one: Operation | undefined): readonly Operation[] =>
    one?.protocol === 'rest' ? [one] : []
  const found =
    step === undefined
      ? rest([...nodesOfKind(graph, 'operation')].find((one) => `${one.api}.${one.name}` === name))
      : step.calls.flatMap((id) =>
          rest(nodeOf(graph, 'operation', nodeOf(graph, 'call', id)?.operation)),
        )
  if (found.length === 0)
    throw new CannotRun(
      'TL9003',
      `\`${of}\` is neither a step with calls (account/sign-in) nor an operation (store.createSession).`,
    )
  return found
}

function headersOf(cookies: ReadonlyMap<string, string>, token: string | undefined): HeaderList {
  const pairs = [...cookies].map(([name, value]) => `${name}=${value}`)
  return [
    ...(token === undefined ? [] : [['authorization', `Bearer ${token}`] as const]),
    ...(pairs.length === 0 ? [] : [['cookie', pairs.join('; ')] as const]),
  ]
}

/** Lines are joined with `, `; a date has one too, and no `=` before it. */
function cookiesOf({ outcome }: Exchange, cookies: Map<string, string>): void {
  if (outcome.kind !== 'answered') return
  const lines = (outcome.headers.get('set-cookie') ?? '').split(/,\s*(?=[^\s;,=]+=)/)
  for (const line of lines) {
    const found = /^([^\s;,=]+)=([^;]*)/.exec(line)
    if (found !== null) cookies.set(found[1]!, found[2]!)
  }
}

function tokenIn(value: unknown, depth: number): string | undefined {
  if (value === null || typeof value !== 'object' || depth > 4) return undefined
  const entries: [string, unknown][] = Object.entries(value)
  for (const [name, one] of entries)
    if (/^(access_?token|id_?token|session_?token|auth_?token|token|jwt)$/i.test(name))
      if (typeof one === 'string' && /^[\x21-\x7e]+$/.test(one)) return one
  for (const [, one] of entries) {
    const found = tokenIn(one, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
