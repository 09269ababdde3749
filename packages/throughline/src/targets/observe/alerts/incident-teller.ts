import type { Graph, MonitorAlerts } from '@throughline/core'
import { alert, headline, type AlertOptions } from '../../../alerts/alert.ts'
import type { Notice } from '../../../alerts/notice.ts'

/** Tells a notice over the channels of `collector.alerts` as they are now. What can't be told is said. Never rejects. */
export function incidentTeller(
  graph: () => Graph,
  { onNotice, ...options }: AlertOptions & { readonly onNotice?: (line: string) => void },
): (notice: Notice) => Promise<void> {
  return async (notice) => {
    const channels = graph().declarations.workspace.collector?.alerts
    if (channels === undefined) return
    onNotice?.(`${notice.event}  ${headline(notice)}`)
    const { filled, missing } = filledIn(channels, options.env)
    for (const name of missing)
      onNotice?.(`The environment variable ${name} is not set; \`collector.alerts\` names it.`)
    for (const problem of await alert(notice, filled, options))
      onNotice?.(`Could not be told: ${problem}`)
  }
}

/** Addresses with their environment variables; those that lack one are left out. */
function filledIn(
  { webhook, slack, command, email }: MonitorAlerts,
  env: AlertOptions['env'],
): { readonly filled: MonitorAlerts; readonly missing: ReadonlySet<string> } {
  const missing = new Set<string>()
  const fill = (text: string): readonly string[] => {
    let whole = true
    const done = text.replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => {
      const value = env[name] ?? ''
      if (value === '') {
        whole = false
        missing.add(name)
      }
      return value
    })
    return whole ? [done] : []
  }
  const [smtp] = email === undefined ? [] : fill(email.smtp)
  const filled = {
    webhook: webhook.flatMap(fill),
    slack: slack.flatMap(fill),
    command,
    ...(email !== undefined && smtp !== undefined && { email: { ...email, smtp } }),
  }
  return { filled, missing }
}
