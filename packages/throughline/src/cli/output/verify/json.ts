import type { VerifyReport } from '../../../targets/verify/verify.ts'

/** `test --json` (FORMATS, section 5). */
export function verifyJson(target: string, report: VerifyReport): string {
  const { seed, findings, cases, requests, operations, coverage, stopped, ended, leftOut } = report
  const result = {
    version: 1,
    target,
    seed,
    findings,
    coverage,
    ...(report.collections && { collections: report.collections }),
    summary: {
      cases,
      requests,
      findings: findings.length,
      operations,
      stopped,
      ...(ended !== undefined && { ended }),
      leftOut,
    },
  }
  return `${JSON.stringify(result, null, 2)}\n`
}
