import { readFileSync } from 'node:fs'

/** The contract of the mock's own addresses. It lies beside this file, and beside the bundle when installed. */
export function controlContract(): string {
  known ??= readFileSync(new URL('control.openapi.yaml', import.meta.url), 'utf8')
  return known
}

let known: string | undefined
