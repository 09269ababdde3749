import { spawn } from 'node:child_process'
import type { MonitorAlerts } from '@throughline/core'
import type { Notice } from './notice.ts'
import { sendMail } from './mail.ts'

export interface AlertOptions {
  /** Where commands run. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Posts JSON and resolves to the status; over the network unless said. */
  readonly post?: (url: string, body: unknown) => Promise<number>
}

/** Tells everybody of one notice, all at once. Resolves to what could not be told, a line each; never rejects. */
export async function alert(
  notice: Notice,
  { webhook, slack, command, email }: MonitorAlerts,
  { cwd, env, post = postedByFetch }: AlertOptions,
): Promise<readonly string[]> {
  const problems: string[] = []
  const tries = async (what: string, act: () => Promise<void>): Promise<void> => {
    try {
      // A hook that hiccups once should not swallow an incident.
      await act().catch(act)
    } catch (error) {
      problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  await Promise.all([
    ...webhook.map((url) =>
      tries(`webhook ${hostOf(url)}`, () => posted(post, url, { version: 1, ...notice })),
    ),
    ...slack.map((url) =>
      tries(`Slack ${hostOf(url)}`, () => posted(post, url, { text: slackText(notice) })),
    ),
    ...command.map((line) => tries(`command ${line}`, () => ran(line, notice, { cwd, env }))),
    ...(email === undefined
      ? []
      : [
          tries(`e-mail to ${email.to.join(', ')}`, () =>
            sendMail(email.smtp, {
              from: email.from,
              to: email.to,
              subject: headline(notice),
              text: `${headline(notice)}\n\n${notice.lines.join('\n')}\n\nSince ${notice.since}, seen ${notice.at}.\n`,
              date: new Date(notice.at),
            }),
          ),
        ]),
  ])
  return problems
}

/** `Can people buy? fails on staging: checkout/basket` */
export function headline({ event, kind, title, environment, steps }: Notice): string {
  const what =
    event === 'recovered'
      ? words[kind].over
      : `${words[kind].begun}${steps.length === 0 ? '' : `: ${steps.slice(0, 4).join(', ')}`}`
  return `${title} on ${environment}: ${what}`
}

const words = {
  failure: { begun: 'it fails', over: 'it works again' },
  budget: { begun: 'a budget burns', over: 'the budgets hold again' },
  errors: { begun: 'too many calls fail', over: 'calls succeed again' },
  anomaly: { begun: 'it is slower than usual', over: 'it is as fast as usual again' },
} as const

function slackText(notice: Notice): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const mark = notice.event === 'recovered' ? ':white_check_mark:' : ':rotating_light:'
  const lines = notice.lines.slice(0, 10).map((line) => `• ${escaped(line)}`)
  return [`${mark} *${escaped(headline(notice))}*`, ...lines].join('\n')
}

async function posted(
  post: NonNullable<AlertOptions['post']>,
  url: string,
  body: unknown,
): Promise<void> {
  const status = await post(url, body)
  if (status < 200 || status >= 300) throw new Error(`it answered ${status}`)
}

async function postedByFetch(url: string, body: unknown): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  })
  await response.body?.cancel()
  return response.status
}

function ran(
  line: string,
  notice: Notice,
  { cwd, env }: Pick<AlertOptions, 'cwd' | 'env'>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(line, {
      shell: true,
      cwd,
      env: { ...env, THROUGHLINE_EVENT: notice.event, THROUGHLINE_MONITOR: notice.monitor },
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: 30_000,
    })
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`it ended with ${code ?? 'a signal'}`)),
    )
    child.stdin.on('error', () => {}) // it need not read
    child.stdin.end(JSON.stringify({ version: 1, ...notice }))
  })
}

/** An address of a hook is itself a secret. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'without an address'
}
