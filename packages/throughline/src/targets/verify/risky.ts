import type { Operation } from '@throughline/core'

/**
 * What an operation may do to everybody else: `never` would end the target, its data or the session; `last` looks like a switch, and
 * is asked when everything else has been, by itself. By its words alone: nobody knows before it was asked.
 */
export function riskOf(operation: Operation, all: readonly Operation[]): 'none' | 'last' | 'never' {
  const words = `${operation.path.replaceAll(/\{[^}]*\}/g, '')} ${operation.name}`
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
  if (leaving.test(words)) return 'never'
  if (['GET', 'HEAD', 'OPTIONS', 'QUERY'].includes(operation.method)) return 'none'
  if (ending.test(words)) return 'never'
  if (operation.method === 'DELETE' && takesAll(operation, all)) return 'never'
  return switching.test(words) ? 'last' : 'none'
}

const leaving = /\b(log-?(out|off)|sign-?(out|off)|shut-?down|revoke)\b/
const ending =
  /\b(restart|reboot|terminate|purge|wipe|truncate|flush|factory|reset|delete-all|remove-all|clear|password|passwd|passphrase|deactivate|uninstall|self-destruct)\b/
const switching =
  /\b(maintenance|recount|re-?index|rebuild|migrat\w*|lock|freeze|suspend|pause|disable|stop|switch|toggle|admin|cancel-all|drain|failover)\b/

/** `DELETE /orders` where `/orders/{id}` exists, and the account of whoever asks. */
function takesAll({ api, path }: Operation, all: readonly Operation[]): boolean {
  if (/\/(me|account|user|profile)$/i.test(path)) return true
  if (path.endsWith('}')) return false
  return all.some((one) => one.api === api && one.path.startsWith(`${path}/{`))
}
