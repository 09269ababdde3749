import type { Check } from '../check-kind.ts'

/** `connection`: no whole answer came. */
export const connection: Check = function* ({ outcome }) {
  if (outcome.kind === 'failed')
    yield {
      check: 'connection',
      severity: 'error',
      message: `No whole answer came: ${outcome.message}.`,
      cause: outcome.why,
    }
}
