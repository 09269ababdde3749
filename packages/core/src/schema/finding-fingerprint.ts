import type { Diagnostic } from '../text/diagnostic.ts'
import { fingerprintOf } from './fingerprint.ts'

/** Details of a message that are prose, and may be reworded or depend on what else there is. */
const prose = new Set(['advice', 'because', 'problem', 'reason', 'suggestion'])

/** Names one finding, whatever its message says and wherever it stands: its rule, what it is about, and its values. */
export function findingFingerprint({
  rule,
  subject,
  details = {},
}: Pick<Diagnostic, 'rule' | 'subject' | 'details'>): string {
  const values = Object.entries(details).filter(([name]) => !prose.has(name))
  return fingerprintOf([rule, subject, Object.fromEntries(values)])
}
