import type { MonitorAlerts } from './declarations.ts'
import { about, listOrOne, record, text, textLike, unplaced } from './shape.ts'

const address = textLike(
  '^([Hh][Tt][Tt][Pp][Ss]?://\\S+|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\})$',
  'must be an address such as `https://hooks.example`, or an environment variable such as `${HOOK_URL}`',
)

const email = unplaced(
  record(
    'An e-mail alert',
    {
      to: about('Who is told.', listOrOne(text), 'on-call@example.com'),
      from: about('Who writes.', text, 'throughline@example.com'),
      smtp: about(
        'The mail server: `smtp://` speaks STARTTLS where the server can, `smtps://` TLS from the start.',
        textLike(
          '^(smtps?://\\S+|\\$\\{[A-Za-z_][A-Za-z0-9_]*\\})$',
          'must be an address such as `smtps://user:password@mail.example:465`, or `${SMTP_URL}`',
        ),
        'smtps://mail.example:465',
        '${SMTP_URL}',
      ),
    },
    {},
  ),
)

/** Where somebody is told of an incident: under `alerts` of a monitor and of the collector. */
export const alertChannels = {
  webhook: about(
    'Addresses that an incident is posted to as JSON.',
    listOrOne(address),
    'https://hooks.example/throughline',
  ),
  slack: about('Incoming webhooks of Slack.', listOrOne(address), '${SLACK_URL}'),
  email: about('A message over SMTP.', email),
  command: about(
    'Commands that are run with the incident as JSON on their input.',
    listOrOne(textLike('\\S', 'must be a command')),
    'scripts/page.sh',
  ),
}

/** All channels, with none where nothing is said. */
export function channelsOf(told: Partial<MonitorAlerts> | undefined): MonitorAlerts {
  return {
    webhook: told?.webhook ?? [],
    slack: told?.slack ?? [],
    command: told?.command ?? [],
    ...(told?.email && { email: told.email }),
  }
}
