import { CannotRun } from '../cannot-run.ts'

export const callbacksArg = {
  callbacks: {
    type: 'string',
    valueHint: 'allow=HOST|off',
    description: 'Hosts beside this machine that callbacks and webhooks may go to',
  },
} as const

/** `allow=hooks.example,other.example:8080`, or `off`. Throws `CannotRun` (TL9003) for anything else. */
export function callbacksFrom(text: string | undefined): readonly string[] | 'none' {
  if (text === undefined || text === '') return []
  if (text === 'off') return 'none'
  const hosts = /^allow=(.+)$/
    .exec(text)?.[1]
    ?.split(',')
    .map((one) => one.trim().toLowerCase())
  if (hosts === undefined || hosts.some((one) => !/^(\[[\da-f:]+\]|[\w.-]+)(:\d+)?$/.test(one)))
    throw new CannotRun(
      'TL9003',
      '`--callbacks` is `off`, or the hosts that may be called beside this machine: `--callbacks allow=hooks.example`.',
    )
  return hosts
}
