import { located, locatedChanges, type Change, type Report, type Waived } from '@throughline/core'
import type { Plan } from './plan.ts'

/** `diff --json` (FORMATS, section 5), with positions, what waivers accepted, and the plan where it was asked for. */
export function diffJson(
  { changes, summary }: Report,
  { waived, diagnostics, unused }: Omit<Waived, 'report'>,
  plan?: Plan,
): string {
  const accepted = written(waived.map((one) => one.change))
  const whole = {
    version: 1,
    changes: written(changes),
    summary,
    waived: waived.map(({ reason, by, expires }, index) => ({
      ...accepted[index],
      reason,
      by: by ?? null,
      expires: expires ?? null,
    })),
    diagnostics: located([...diagnostics, ...unused]),
    ...(plan !== undefined && { plan: plan.entries, overlays: plan.overlays }),
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

function written(changes: readonly Change[]): readonly object[] {
  return locatedChanges(changes).map(
    ({
      fingerprint,
      code,
      level,
      api,
      operation,
      location,
      message,
      from,
      to,
      impact,
      ...rest
    }) => ({
      code,
      level,
      api: api ?? null,
      operation: operation ?? null,
      location,
      message,
      from: from ?? null,
      to: to ?? null,
      impact,
      fingerprint,
      ...rest,
    }),
  )
}
